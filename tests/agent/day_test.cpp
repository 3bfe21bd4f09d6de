#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/agent/installation.hpp"

namespace agent_test {
namespace {

using nlohmann::json;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// The steps of all cycles.
std::vector<json> steps(const Output& day) {
  std::vector<json> all;
  const json printed = day.json();
  for (const json& cycle : printed["cycles"])
    all.insert(all.end(), cycle["steps"].begin(), cycle["steps"].end());
  return all;
}

std::set<std::string> kinds(const Output& day) {
  std::set<std::string> names;
  for (const json& step : steps(day)) names.insert(step["kind"]);
  return names;
}

/// The waiting card of one kind whose text holds `words`.
std::optional<std::int64_t> find_card(const Installation& installation, const std::string& kind,
                                      const std::string& words = "") {
  for (const json& card : installation.run({"pending", "--json"}).json()) {
    if (card.value("kind", "") == kind && card.dump().find(words) != std::string::npos)
      return card["card"].get<std::int64_t>();
  }
  return std::nullopt;
}

TEST(Day, ShowsWhatTheIssueAsksOnTheSample) {
  const Installation installation;
  installation.feed();

  const Output day = installation.day({"--from", "07:30", "--to", "09:30", "--autonomy", "demo"});

  ASSERT_EQ(day.status, 0) << day.err;
  EXPECT_EQ(day.json()["autonomy"], "demo");
  EXPECT_EQ(day.json()["unseen"], json::array());
  for (const char* kind :
       {"flag", "reply", "archive", "spam", "invitation", "focus_block", "task_block", "send"})
    EXPECT_THAT(kinds(day), Contains(kind));
  for (const json& step : steps(day)) {
    EXPECT_TRUE(step["reason"].get<std::string>().ends_with('.')) << step;
    EXPECT_EQ(step.contains("card"), step["kind"] == "send") << step;
    EXPECT_FALSE(step.value("failed", false)) << step;
  }
}

TEST(Day, IsTheSameWhenItBeginsAnew) {
  std::vector<json> seen;
  for (int i = 0; i < 2; ++i) {
    const Installation installation;
    installation.feed();
    json titles = json::array();
    for (const json& step : steps(installation.day({"--autonomy", "demo"})))
      titles.push_back(step["title"]);
    seen.push_back(titles);
  }
  EXPECT_GT(seen[0].size(), 10U);
  EXPECT_EQ(seen[0], seen[1]);
}

TEST(Day, ASecondRunProposesNothingNew) {
  const Installation installation;
  installation.feed();
  EXPECT_THAT(steps(installation.day({})), Not(IsEmpty()));
  EXPECT_THAT(steps(installation.day({})), IsEmpty());
}

TEST(Day, OnTheUsersOwnDataChangesNothingThatTheUserNamed) {
  const Installation installation;
  const auto before = installation.belongings();

  const Output day = installation.day({});

  ASSERT_EQ(day.status, 0) << day.err;
  EXPECT_EQ(installation.belongings(), before);
  EXPECT_TRUE(find_card(installation, "archive"));
  EXPECT_TRUE(find_card(installation, "spam"));
  EXPECT_TRUE(find_card(installation, "flag"));
}

TEST(Day, TheControlWithDemoChangesTheMail) {
  const Installation installation;
  const auto before = installation.belongings();
  ASSERT_EQ(installation.day({"--autonomy", "demo"}).status, 0);
  EXPECT_NE(installation.belongings(), before);
}

TEST(Day, AnApprovedSendingPutsTheDraftIntoTheOutboxAndUndoTakesItBack) {
  const Installation installation;
  ASSERT_EQ(installation.day({}).status, 0);
  const std::optional<std::int64_t> card = find_card(installation, "send");
  ASSERT_TRUE(card);
  const json shown = installation.run({"show", std::to_string(*card), "--json"}).json();
  EXPECT_EQ(shown["arguments"]["ids"].size(), 1U);
  EXPECT_THAT(shown["preview"].get<std::string>(), HasSubstr("@example"));

  const Output approved = installation.run({"approve", std::to_string(*card), "--json"});

  ASSERT_EQ(approved.status, 0) << approved.err;
  EXPECT_EQ(approved.json()["state"], "done");
  const std::string change = approved.json()["change_id"];
  const Output undone = installation.run({"undo", "--json"});
  ASSERT_EQ(undone.status, 0) << undone.err;
  EXPECT_EQ(undone.json()["undone"][0]["change_id"], change);
  EXPECT_EQ(installation.run({"approve", std::to_string(*card)}).status, 1);
  EXPECT_EQ(installation.run({"audit", "verify"}).status, 0);
}

TEST(Day, AnApprovedBatchIsDoneAndWhatWasUndoneIsNotProposedAgain) {
  const Installation installation;
  const auto before = installation.belongings();
  ASSERT_EQ(installation.day({}).status, 0);
  const std::string card = std::to_string(find_card(installation, "spam").value());

  ASSERT_EQ(installation.run({"approve", card}).status, 0);
  EXPECT_NE(installation.belongings(), before);
  const Output undone = installation.run({"undo"});

  ASSERT_EQ(undone.status, 0) << undone.err;
  EXPECT_THAT(kinds(installation.day({})), Not(Contains("spam")));
}

TEST(Day, TwoThatApproveOneCardAtTheSameTimeRunItOnce) {
  const Installation installation;
  ASSERT_EQ(installation.day({}).status, 0);
  const std::string card = std::to_string(find_card(installation, "send").value());
  installation.count_calls();

  const Installation::Running first = installation.start({"approve", card});
  const Installation::Running second = installation.start({"approve", card});
  const int one = Installation::wait(first).status;
  const int other = Installation::wait(second).status;

  EXPECT_EQ(one + other, 1) << one << " and " << other;
  std::set<std::string> sends;
  for (const std::string& call : installation.calls()) {
    if (call.starts_with("email send_drafts")) sends.insert(call);
  }
  EXPECT_EQ(sends.size(), 2U);  // The dry run that approving begins with, and the call itself.
  std::int64_t real = 0;
  for (const json& record : installation.run({"audit", "show", "--limit", "500", "--json"}).json())
    real += record["action_class"] == "send" && record["phase"] == "done" ? 1 : 0;
  EXPECT_EQ(real, 1);
}

/// One more letter of a newsletter that the sample has, under another id.
void put_letter(const Installation& installation, const std::string& number) {
  const auto sample = installation.mail() / "cur" / "1773633609.newsletter-catalogue.lumen:2,";
  static const std::string letter = read(sample);
  std::string text = letter;
  const std::string id = "catalogue-118@";
  text.replace(text.find(id), id.size(), "catalogue-" + number + "@");
  write(installation.mail() / "new" / ("1773640000.catalogue-" + number + ".lumen"), text);
}

std::vector<std::string> archived(const Output& day) {
  std::vector<std::string> keys;
  for (const json& step : steps(day)) {
    if (step["kind"] != "archive") continue;
    for (const json& key : step["keys"]) keys.push_back(key);
  }
  return keys;
}

/// Days on which a letter of the newsletter came. With `reject`, the user says no each time.
Output third_day(const Installation& installation, bool reject) {
  write(installation.data() / "config.toml", "");
  EXPECT_EQ(installation
                .run({"call", "memory", "update_profile", "--json",
                      R"({"set":[{"key":"preferences.communication.email_summary_frequency",)"
                      R"("value":"each"}]})"})
                .status,
            0);
  for (const char* number : {"119", "120"}) {
    EXPECT_THAT(archived(installation.day({"--once"})), Not(IsEmpty()));
    const std::optional<std::int64_t> card = find_card(installation, "archive");
    EXPECT_TRUE(card);
    if (reject) {
      EXPECT_EQ(installation.run({"reject", std::to_string(*card)}).status, 0);
    }
    put_letter(installation, number);
  }
  return installation.day({"--once"});
}

TEST(Learning, TheSameInputWithAHistoryOfRejectionsGivesAnotherPlan) {
  const Installation patient;
  const Installation refusing;
  std::filesystem::create_directories(patient.data());
  std::filesystem::create_directories(refusing.data());

  const Output with = third_day(refusing, true);
  const Output without = third_day(patient, false);

  EXPECT_THAT(archived(without), Not(IsEmpty()));
  EXPECT_THAT(archived(with), IsEmpty());
  EXPECT_THAT(with.json()["cycles"][0]["left_out"].dump(), HasSubstr("The Catalogue"));
  EXPECT_EQ(without.json()["cycles"][0]["left_out"], json::array());
}

TEST(Day, GoalsOfTheProfileRaiseTasks) {
  const Installation installation;
  ASSERT_EQ(installation
                .run({"call", "tasks", "add_tasks", "--json",
                      R"({"tasks":[{"title":"Water the plants"},{"title":"Sort the shelf"},)"
                      R"({"title":"Oil the door"},{"title":"Practise the aria"}]})"})
                .status,
            0);
  const json before = installation.run({"brief", "--json"}).json()["focus"];
  ASSERT_EQ(
      installation
          .run({"call", "memory", "update_profile", "--json",
                R"({"set":[{"key":"goals.short_term","value":"[\"Practise the aria daily\"]"}]})"})
          .status,
      0);
  const json after = installation.run({"brief", "--json"}).json()["focus"];
  EXPECT_NE(before[0], after[0]);
  EXPECT_THAT(before, Not(Contains(after[0])));
}

TEST(Learning, OutcomesBecomeEpisodes) {
  const Installation installation;
  installation.feed();
  ASSERT_EQ(installation.day({}).status, 0);
  const std::string card = std::to_string(find_card(installation, "archive").value());
  ASSERT_EQ(installation.run({"reject", card}).status, 0);

  const Output episodes =
      installation.run({"call", "memory", "list_memories", "kinds=episode", "--json"});

  EXPECT_THAT(episodes.out, HasSubstr("Keep 09:30-11:00 free"));
  EXPECT_THAT(episodes.out, HasSubstr("Card " + card));
}

TEST(Call, ChangesOfTheMailQueueACardWithoutATerminal) {
  const Installation installation;
  const auto before = installation.belongings();
  ASSERT_EQ(installation.day({"--once"}).status, 0);
  const Output triage = installation.run({"call", "email", "triage_inbox", "--json"});
  const std::string id = triage.json()["messages"][0]["id"];

  const Output moved =
      installation.run({"call", "email", "move_messages", "ids=" + id, "mailbox=trash", "--json"});

  EXPECT_EQ(moved.status, 3);
  EXPECT_EQ(moved.json()["action_class"], "delete");
  EXPECT_EQ(moved.json()["arguments"]["ids"], json::array({id}));
  EXPECT_EQ(installation.belongings(), before);
}

TEST(Call, AToolsComplaintIsStatusOne) {
  const Installation installation;
  const Output failed = installation.run({"call", "tasks", "get_tasks", "ids=t99", "colour=red"});
  EXPECT_EQ(failed.status, 1);
  EXPECT_THAT(failed.err, HasSubstr("/colour"));
  EXPECT_EQ(installation.run({"call", "nobody", "x"}).status, 1);
  EXPECT_EQ(installation.run({"call", "tasks", "no_such_tool"}).status, 1);
}

}  // namespace
}  // namespace agent_test
