#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/unit/memory/world.hpp"

namespace memory {
namespace {

std::vector<std::string> ids_in(const Json& rows) {
  std::vector<std::string> ids;
  for (const Json& row : rows) ids.push_back(row["id"]);
  return ids;
}

using Ids = std::vector<std::string>;

TEST(RecordEpisode, KeepsWhatWasDoneAndHowItWent) {
  World world;
  const Json answer =
      world.call("record_episode",
                 Json::parse(R"({"text": "Moved the review to 11:30", "action": "meeting_moved",
                      "outcome": "success", "feedback": "fine", "at": "yesterday 5pm"})"));
  EXPECT_EQ(answer["id"], "m1");
  const Json context = world.call("get_context", {{"task", "move a meeting"}});
  EXPECT_EQ(context["similar"], Json::parse(R"([{"id": "m1", "text": "Moved the review to 11:30",
      "at": "2026-03-15T17:00:00+01:00", "action": "meeting_moved", "outcome": "success",
      "feedback": "fine"}])"));
}

TEST(RecordEpisode, MarksWordsThatComeFromElsewhere) {
  World world;
  world.call("record_episode", Json::parse(R"({"text": "mine"})"));
  world.call("record_episode", Json::parse(R"({"text": "theirs", "origin": "mail-7"})"));
  const Json rows = world.call("list_memories", Json::object())["memories"];
  EXPECT_EQ(rows[0]["origin"], "mail-7");
  EXPECT_EQ(rows[0]["untrusted"], true);
  EXPECT_EQ(rows[1]["origin"], "me");
  EXPECT_FALSE(rows[1].contains("untrusted"));
}

TEST(RecordEpisode, RefusesATagOfSeveralLines) {
  World world;
  const std::string why =
      world.refusal("record_episode", Json::parse(R"({"text": "x", "tags": ["a", "b\nc"]})"));
  EXPECT_NE(why.find("/tags/1"), std::string::npos) << why;
}

TEST(GetContext, FindsEpisodesByStemsWithoutAccentsBestFirst) {
  World world;
  const auto record = [&](std::string_view text) {
    world.call("record_episode", {{"text", text}});
  };
  record("Booked the train to Łódź");
  record("Wrote the report about the meetings in Łódź and met Jørgen from Straße 5");
  record("Watered the plants");
  const auto similar = [&](std::string_view task) {
    return ids_in(world.call("get_context", {{"task", task}})["similar"]);
  };
  EXPECT_EQ(similar("writing reports for jorgen"), Ids({"m2"}));
  EXPECT_EQ(similar("a trip to Lodz by train"), Ids({"m1", "m2"}));
  EXPECT_EQ(similar("strasse"), Ids({"m2"}));
  EXPECT_EQ(similar("PLANT"), Ids({"m3"}));
  EXPECT_EQ(similar("what should they have done with this"), Ids());
  EXPECT_EQ(similar("\" OR words: NEAR( * -"), Ids());
}

TEST(GetContext, ShowsEachEpisodeOnceAndTheProfileByWhatItIs) {
  World world;
  world.set("identity.role", "Product lead");
  world.set("preferences.productivity.break_reminders", "true");
  world.set("preferences.scheduling.focus_blocks", R"(["09:30-11:00"])");
  world.set("goals.short_term", R"(["Release Shelfmate"])");
  world.call("record_episode", Json::parse(R"({"text": "Placed a focus block"})"));
  world.call("record_episode", Json::parse(R"({"text": "Answered Anna"})"));
  const Json context = world.call("get_context", {{"task", "focus on the release"}});
  EXPECT_EQ(ids_in(context["similar"]), Ids({"m1"}));
  EXPECT_EQ(ids_in(context["recent"]), Ids({"m2"}));
  EXPECT_EQ(ids_in(context["preferences"]), Ids({"preferences.scheduling.focus_blocks",
                                                 "preferences.productivity.break_reminders"}));
  EXPECT_EQ(ids_in(context["knowledge"]), Ids({"goals.short_term", "identity.role"}));
  EXPECT_EQ(context["preferences"][0]["text"], "scheduling: focus blocks: 09:30-11:00");
}

TEST(GetContext, StaysWithinItsTokensWhateverThereIs) {
  World world;
  for (int i = 0; i < 40; ++i) {
    world.call("record_episode",
               {{"text", "Moved meeting number " + std::to_string(i) + " " +
                             std::string(static_cast<std::size_t>(i * 20), 'x')}});
  }
  world.set("identity.role", std::string(300, 'r'));
  for (const int max_tokens : {100, 150, 400, 1500, 20000}) {
    const Json context =
        world.call("get_context", {{"task", "move a meeting"}, {"max_tokens", max_tokens}});
    EXPECT_LE(context.dump().size(), static_cast<std::size_t>(max_tokens) * 4) << max_tokens;
    EXPECT_EQ(context,
              world.call("get_context", {{"task", "move a meeting"}, {"max_tokens", max_tokens}}));
  }
  // The control: with more room there is more.
  const auto shown = [&](int max_tokens) {
    return world.call("get_context", {{"task", "move a meeting"}, {"max_tokens", max_tokens}})
        .dump()
        .size();
  };
  EXPECT_GT(shown(1500), shown(400));
  EXPECT_GT(shown(20000), std::size_t{1500} * 4);
}

TEST(ListMemories, PagesThroughAllNewestFirst) {
  World world;
  world.set("identity.name", "Maja");
  for (int i = 0; i < 7; ++i) {
    if (i == 4) world.clock.at += std::chrono::minutes(1);
    world.call("record_episode", {{"text", "episode"}});
  }
  world.set("identity.role", "Lead");
  Ids seen;
  Json arguments = {{"limit", 2}};
  for (int page = 0; page < 10; ++page) {
    const Json answer = world.call("list_memories", arguments);
    EXPECT_EQ(answer["total"], 9);
    for (const std::string& id : ids_in(answer["memories"])) seen.push_back(id);
    if (!answer.contains("next_cursor")) break;
    arguments["cursor"] = answer["next_cursor"];
  }
  EXPECT_EQ(seen,
            Ids({"identity.role", "m7", "m6", "m5", "identity.name", "m4", "m3", "m2", "m1"}));
  EXPECT_NE(world.refusal("list_memories", {{"cursor", "that is none"}}).find("/cursor"),
            std::string::npos);
}

TEST(ListMemories, TakesKindsOriginAndTime) {
  World world;
  world.set("identity.name", "Maja");
  world.set("preferences.productivity.focus_mode", "true");
  world.call("record_episode", Json::parse(R"({"text": "old", "origin": "mail-1"})"));
  world.clock.at += std::chrono::days(3);
  world.call("record_episode", Json::parse(R"({"text": "new"})"));
  const auto listed = [&](const char* arguments) {
    return ids_in(world.call("list_memories", Json::parse(arguments))["memories"]);
  };
  EXPECT_EQ(listed(R"({"kinds": ["episode"]})"), Ids({"m2", "m1"}));
  EXPECT_EQ(listed(R"({"kinds": ["preference"]})"), Ids({"preferences.productivity.focus_mode"}));
  EXPECT_EQ(listed(R"({"kinds": ["fact", "turn"]})"), Ids({"identity.name"}));
  EXPECT_EQ(listed(R"({"origin": "mail-1"})"), Ids({"m1"}));
  EXPECT_EQ(listed(R"({"start": "today"})"), Ids({"m2"}));
  EXPECT_EQ(listed(R"({"kinds": ["episode"], "end": "3 days ago"})"), Ids({"m1"}));
  EXPECT_EQ(listed(R"({"start": "tomorrow"})"), Ids());
}

TEST(UndoMemoryChange, TakesAnEpisodeBackFromTheSearchToo) {
  World world;
  world.call("record_episode", Json::parse(R"({"text": "Moved the review"})"));
  const auto found = [&] {
    return world.call("get_context", {{"task", "review"}})["similar"].size();
  };
  EXPECT_EQ(found(), 1U);
  const Json undo = world.call("undo_memory_change", Json::object());
  EXPECT_EQ(found(), 0U);
  EXPECT_EQ(world.call("list_memories", Json::object())["total"], 0);
  world.call("undo_memory_change", {{"change_id", undo["change_id"]}});
  EXPECT_EQ(found(), 1U);
  // An id that was given out means one memory for ever.
  world.call("undo_memory_change", Json::object());
  EXPECT_EQ(world.call("record_episode", Json::parse(R"({"text": "another"})"))["id"], "m2");
}

}  // namespace
}  // namespace memory
