#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "servers/memory/formats/profile.hpp"
#include "tests/unit/memory/world.hpp"

namespace memory {
namespace {

struct Value {
  std::string_view key{};
  std::string_view given{};
  std::string_view kept{};  ///< JSON; of a refused one, what was expected.
};

TEST(ProfileValues, AreKeptAsWhatTheirKeyHolds) {
  constexpr Value kValues[] = {
      {"identity.name", "Maja Nowak", R"("Maja Nowak")"},
      {"identity.name", "42", R"("42")"},
      {"identity.expertise", R"(["maps", "libraries"])", R"(["maps","libraries"])"},
      {"identity.working_hours", "09:00-17:00", R"("09:00-17:00")"},
      {"identity.timezone", "Europe/Warsaw", R"("Europe/Warsaw")"},
      {"preferences.communication.email_summary_frequency", "daily", R"("daily")"},
      {"preferences.communication.meeting_reminders", "15", "15"},
      {"preferences.communication.notification_style", "silent", R"("silent")"},
      {"preferences.scheduling.preferred_meeting_times", R"(["13:00-16:00"])",
       R"(["13:00-16:00"])"},
      {"preferences.scheduling.buffer_between_meetings", "0", "0"},
      {"preferences.scheduling.focus_blocks", "[]", "[]"},
      {"preferences.productivity.task_prioritization", "deadline", R"("deadline")"},
      {"preferences.productivity.break_reminders", "true", "true"},
      {"preferences.productivity.focus_mode", "false", "false"},
      {"goals.short_term", R"(["Release 2.4"])", R"(["Release 2.4"])"},
  };
  for (const Value& value : kValues) {
    common::Json kept;
    const auto problem = read_value(value.key, value.given, kept);
    EXPECT_FALSE(problem) << value.key << ": " << problem.value_or("");
    EXPECT_EQ(kept.text, value.kept);
  }
}

TEST(ProfileValues, OfAnotherTypeOrRangeAreRefused) {
  constexpr Value kValues[] = {
      {"identity.expertise", "maps", "expected a JSON list of at most 50 texts"},
      {"identity.expertise", "[1]", "expected a JSON list"},
      {"identity.expertise", R"([""])", "expected a JSON list"},
      {"identity.working_hours", "9-17", "expected hours such as 09:00-17:00"},
      {"identity.working_hours", "17:00-09:00", "expected hours"},
      {"identity.working_hours", "09:00-24:00", "expected hours"},
      {"identity.timezone", "Europe/Atlantis", "expected an IANA time zone"},
      {"preferences.communication.email_summary_frequency", "sometimes",
       "expected one of each hourly daily weekly never"},
      {"preferences.communication.email_summary_frequency", "hourly daily", "expected one of"},
      {"preferences.communication.meeting_reminders", "1441", "from 0 to 1440"},
      {"preferences.scheduling.buffer_between_meetings", "-5", "from 0 to 240"},
      {"preferences.scheduling.buffer_between_meetings", "10.5", "expected whole minutes"},
      {"preferences.scheduling.buffer_between_meetings", "wide", "expected whole minutes"},
      {"preferences.scheduling.focus_blocks", R"(["morning"])", "a JSON list of hours"},
      {"preferences.productivity.break_reminders", "yes", "expected true or false"},
      {"preferences.productivity.break_reminders", "1", "expected true or false"},
      {"identity.shoe_size", "39", "no key identity.shoe_size"},
  };
  for (const Value& value : kValues) {
    common::Json kept;
    const std::string problem = read_value(value.key, value.given, kept).value_or("accepted");
    EXPECT_NE(problem.find(value.kept), std::string::npos) << value.key << " -> " << problem;
  }
  common::Json kept;
  EXPECT_TRUE(read_value("identity.name", std::string(501, 'a'), kept));
  EXPECT_FALSE(read_value("identity.name", std::string(500, 'a'), kept));
}

TEST(GetProfile, ShowsAllAGroupOrOneKey) {
  World world;
  EXPECT_EQ(world.call("get_profile", Json::object())["profile"], Json::object());
  world.set("identity.name", "Maja");
  world.set("preferences.scheduling.buffer_between_meetings", "10");
  EXPECT_EQ(world.call("get_profile", Json::object())["profile"],
            Json::parse(R"({"identity":{"name":"Maja"},
                            "preferences":{"scheduling":{"buffer_between_meetings":10}}})"));
  EXPECT_EQ(world.call("get_profile", {{"key", "preferences"}})["profile"],
            Json::parse(R"({"scheduling":{"buffer_between_meetings":10}})"));
  EXPECT_EQ(world.call("get_profile", {{"key", "identity.name"}})["profile"], "Maja");
  EXPECT_EQ(world.call("get_profile", {{"key", "identity.role"}})["profile"], nullptr);
  EXPECT_EQ(world.call("get_profile", {{"key", "goals"}})["profile"], Json::object());
  EXPECT_NE(world.refusal("get_profile", {{"key", "identity.nam"}}).find("/key: no key"),
            std::string::npos);
}

TEST(UpdateProfile, AnswersWhatChangedAndOnlyThat) {
  World world;
  world.set("identity.name", "Maja");
  const Json answer = world.call("update_profile",
                                 Json::parse(R"({"set": [{"key": "identity.name", "value": "Maja"},
                                                {"key": "identity.role", "value": "Lead"}]})"));
  EXPECT_EQ(answer["changes"], Json::parse(R"([{"key": "identity.role", "after": "Lead"}])"));
  const Json cleared = world.call("update_profile", Json::parse(R"({"clear": ["identity"]})"));
  EXPECT_EQ(cleared["changes"], Json::parse(R"([{"key": "identity.name", "before": "Maja"},
                                                {"key": "identity.role", "before": "Lead"}])"));
  EXPECT_EQ(world.call("get_profile", Json::object())["profile"], Json::object());
}

TEST(UpdateProfile, SetsNothingWhereOneKeyIsWrong) {
  World world;
  const std::string why = world.refusal(
      "update_profile", Json::parse(R"({"set": [{"key": "identity.name", "value": "Maja"},
                              {"key": "identity.shoe_size", "value": "39"},
                              {"key": "preferences.scheduling", "value": "{}"},
                              {"key": "identity.name", "value": "Anna"},
                              {"key": "preferences.productivity.focus_mode", "value": "maybe"}],
                      "clear": ["hobbies"]})"));
  for (const std::string_view complaint :
       {"/set/1/key: no key identity.shoe_size", "/set/2/key: preferences.scheduling is a group",
        "/set/3/key: identity.name is given twice", "/set/4/value: expected true or false",
        "/clear/0: no key hobbies"}) {
    EXPECT_NE(why.find(complaint), std::string::npos) << complaint << " in " << why;
  }
  EXPECT_EQ(world.call("get_profile", Json::object())["profile"], Json::object());
  EXPECT_NE(world.refusal("update_profile", Json::object()).find("got none"), std::string::npos);
}

TEST(UpdateProfile, ChangesNothingInADryRun) {
  World world;
  const Json answer = world.call(
      "update_profile",
      Json::parse(R"({"set": [{"key": "identity.name", "value": "Maja"}], "dry_run": true})"));
  EXPECT_EQ(answer["changes"], Json::parse(R"([{"key": "identity.name", "after": "Maja"}])"));
  EXPECT_EQ(world.call("get_profile", Json::object())["profile"], Json::object());
  EXPECT_TRUE(world.context.store.history("identity.name").empty());
}

TEST(UpdateProfile, KeepsTheHistoryOfEachKey) {
  World world;
  const auto first = world.clock.at;
  world.set("identity.role", "Engineer");
  world.clock.at += std::chrono::hours(1);
  world.call("update_profile", Json::parse(R"({"set": [{"key": "identity.role", "value": "Lead"}],
                             "origin": "https://example.org/about"})"));
  world.clock.at += std::chrono::hours(1);
  world.call("update_profile", Json::parse(R"({"clear": ["identity.role"]})"));
  const std::vector<Version> expected = {
      {.value = common::Json{R"("Engineer")"}, .origin = "me", .learned = first},
      {.value = common::Json{R"("Lead")"},
       .origin = "https://example.org/about",
       .learned = first + std::chrono::hours(1)},
      {.value = std::nullopt, .origin = "me", .learned = first + std::chrono::hours(2)}};
  EXPECT_EQ(world.context.store.history("identity.role"), expected);
  EXPECT_TRUE(world.context.store.history("identity.name").empty());
}

TEST(UndoMemoryChange, RestoresTheProfileAndItsHistory) {
  World world;
  world.set("identity.name", "Maja");
  const auto history = world.context.store.history("identity.name");
  world.set("identity.name", "Anna");
  EXPECT_EQ(world.call("undo_memory_change", Json::object())["undone"].size(), 1U);
  EXPECT_EQ(world.call("get_profile", {{"key", "identity.name"}})["profile"], "Maja");
  EXPECT_EQ(world.context.store.history("identity.name"), history);
}

TEST(UndoMemoryChange, RefusesWhereSomebodyElseChangedTheSameKeySince) {
  World world;
  const Json mine = world.set("identity.name", "Maja", "me");
  world.set("identity.name", "Anna", "another");
  const std::string why =
      world.refusal("undo_memory_change", {{"change_id", mine["change_id"]}}, "me");
  EXPECT_NE(why.find("another"), std::string::npos) << why;
  EXPECT_EQ(world.call("get_profile", {{"key", "identity.name"}})["profile"], "Anna");
  // The control: nobody touched the key, and the same undo succeeds.
  const Json role = world.set("identity.role", "Lead", "me");
  world.call("undo_memory_change", {{"change_id", role["change_id"]}}, "me");
  EXPECT_EQ(world.call("get_profile", {{"key", "identity.role"}})["profile"], nullptr);
}

}  // namespace
}  // namespace memory
