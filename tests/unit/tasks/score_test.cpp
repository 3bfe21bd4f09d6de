#include "servers/tasks/score.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "tests/unit/tasks/task_world.hpp"

namespace {

using test::Client;
using test::Json;
using test::TaskWorld;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Json breakdown(int due, int importance, int goal, int habit) {
  return {{"due", due}, {"importance", importance}, {"goal", goal}, {"habit", habit}};
}

/// How the one task that there is scores.
Json scored(const Json& task, const Json& arguments = Json::object()) {
  TaskWorld world;
  Client ann(world);
  ann.add(task);
  const Json row = ann.call("prioritize_tasks", arguments)["tasks"][0];
  int sum = 0;
  for (const Json& part : row["breakdown"]) sum += part.get<int>();
  EXPECT_EQ(row["score"], std::min(100, sum));
  return row["breakdown"];
}

TEST(Score, CountsHowSoonATaskIsDue) {
  const auto due = [](const char* when) {
    return scored({{"title", "a"}, {"due", when}})["due"].get<int>();
  };
  EXPECT_EQ(due("2026-03-10"), 50);  // overdue
  EXPECT_EQ(due("2026-03-16T08:59:59+01:00"), 50);
  EXPECT_EQ(due("2026-03-17T09:00:00+01:00"), 50);
  EXPECT_EQ(due("2026-03-17T09:00:01+01:00"), 30);
  EXPECT_EQ(due("2026-03-19T09:00:00+01:00"), 30);
  EXPECT_EQ(due("2026-03-19T09:00:01+01:00"), 10);
  EXPECT_EQ(due("2026-03-23T09:00:00+01:00"), 10);
  EXPECT_EQ(due("2026-03-23T09:00:01+01:00"), 0);
}

TEST(Score, CountsAWholeDayFromItsMidnight) {
  const auto due = [](const char* when) {
    return scored({{"title", "a"}, {"due", when}})["due"].get<int>();
  };
  EXPECT_EQ(due("today"), 50);
  EXPECT_EQ(due("tomorrow"), 50);
  EXPECT_EQ(due("2026-03-18"), 30);
  EXPECT_EQ(due("2026-03-19"), 30);
  EXPECT_EQ(due("2026-03-20"), 10);
  EXPECT_EQ(due("2026-03-23"), 10);
  EXPECT_EQ(due("2026-03-24"), 0);
}

TEST(Score, CountsTenForEachDegreeOfImportance) {
  EXPECT_EQ(scored({{"title", "a"}}), breakdown(0, 0, 0, 0));
  EXPECT_EQ(scored({{"title", "a"}, {"priority", "medium"}}), breakdown(0, 30, 0, 0));
  EXPECT_EQ(scored({{"title", "a"}, {"importance", 4}}), breakdown(0, 40, 0, 0));
}

TEST(Score, CountsAGoalThatIsNamedOrSharesTwoStems) {
  const Json task = {{"title", "Writing the pilot report"}, {"notes", "for Fernway"}};
  const auto goal = [&](const char* text) {
    return scored(task, {{"goals", {text}}})["goal"].get<int>();
  };
  EXPECT_EQ(goal("PILOT"), 20);                           // named
  EXPECT_EQ(goal("Win the Fernway deal"), 0);             // one stem
  EXPECT_EQ(goal("Write reports that people read"), 20);  // write, report
  EXPECT_EQ(goal("Run the marathon"), 0);
  EXPECT_EQ(goal("--"), 0);
}

TEST(Score, CountsWhatTheUserUsuallyDoesFirst) {
  const Json task = {{"title", "a"}, {"project", "Shelfmate"}, {"tags", {"Release"}}};
  EXPECT_EQ(scored(task, {{"usual_first", {"release"}}}), breakdown(0, 0, 0, 15));
  EXPECT_EQ(scored(task, {{"usual_first", {"SHELFMATE"}}}), breakdown(0, 0, 0, 15));
  EXPECT_EQ(scored(task, {{"usual_first", {"family"}}}), breakdown(0, 0, 0, 0));
}

TEST(Score, IsAtMostAHundred) {
  TaskWorld world;
  Client ann(world);
  ann.add({{"title", "pilot"}, {"due", "today"}, {"importance", 5}, {"tags", {"x"}}});
  const Json arguments = {{"goals", {"pilot"}}, {"usual_first", {"x"}}};
  const Json row = ann.call("prioritize_tasks", arguments)["tasks"][0];
  EXPECT_EQ(row["score"], 100);
  EXPECT_EQ(row["breakdown"], breakdown(50, 50, 20, 15));
}

TEST(Score, LearnsFromCompletionsWhatComesFirst) {
  TaskWorld world;
  Client ann(world);
  const auto complete = [&](const char* tag, const std::string& at) {
    const std::string id = ann.add({{"title", "a"}, {"tags", {tag}}});
    ann.call("complete_tasks", {{"ids", {id}}, {"at", at}});
  };
  const auto habits = [&] {
    const std::string id = ann.add({{"title", "b"}, {"tags", {"mail"}}});
    const Json row = ann.call("prioritize_tasks")["tasks"][0];
    ann.call("delete_tasks", {{"ids", {id}}});
    return row["breakdown"]["habit"];
  };
  for (const char* day : {"2026-03-09", "2026-03-10"}) {
    complete("code", std::string(day) + "T11:00:00+01:00");
    complete("mail", std::string(day) + "T08:00:00+01:00");
  }
  EXPECT_EQ(habits(), 0);  // two days are no habit
  complete("mail", "2026-03-11T08:00:00+01:00");
  EXPECT_EQ(habits(), 0);  // nothing was done beside it
  complete("code", "2026-03-11T09:00:00+01:00");
  EXPECT_EQ(habits(), 15);
}

TEST(Prioritize, PutsTheHighestFirstThenTheEarlierDueThenTheOlder) {
  TaskWorld world;
  Client ann(world);
  ann.add({{"title", "a"}, {"importance", 1}});
  ann.add({{"title", "b"}, {"due", "2026-03-23"}});
  ann.add({{"title", "c"}, {"due", "2026-03-22"}});
  ann.add({{"title", "d"}, {"due", "2026-03-22"}});
  ann.add({{"title", "e"}, {"importance", 5}});
  ann.add({{"title", "f"}, {"status", "done"}, {"importance", 5}});
  EXPECT_THAT(Client::ids(ann.call("prioritize_tasks")), ElementsAre("t5", "t3", "t4", "t2", "t1"));
}

/// With room for all nothing is left unread; with less, what cannot be among the first is.
TEST(Prioritize, FindsTheSameFirstOnesWhereItKeepsFew) {
  TaskWorld world;
  Client ann(world);
  std::mt19937 random(11);
  const auto pick = [&](const std::vector<std::string>& from) {
    return from[random() % from.size()];
  };
  Json tasks = Json::array();
  for (int i = 0; i < 120; ++i) {
    Json task = {{"title", pick({"Write the report", "Sing", "Report sales", "Buy bread"})},
                 {"project", pick({"Home", "Office", "Choir"})},
                 {"priority", pick({"none", "low", "medium", "high"})}};
    if (i % 3 > 0) task["due"] = "2026-03-" + std::to_string(12 + random() % 18);
    if (i % 7 == 0) task["importance"] = random() % 6;
    tasks.push_back(task);
  }
  ann.call("add_tasks", {{"tasks", tasks}});
  for (Json leanings : {Json::object(), Json{{"goals", {"sing", "write a sales report"}}},
                        Json{{"goals", {"bread"}}, {"usual_first", {"choir"}}}}) {
    leanings["limit"] = 200;
    const Json all = ann.call("prioritize_tasks", leanings);
    ASSERT_EQ(all["tasks"].size(), 120U);
    for (const std::size_t limit : {1U, 3U, 4U, 20U, 90U}) {
      leanings["limit"] = limit;
      const Json some = ann.call("prioritize_tasks", leanings);
      EXPECT_EQ(some["tasks"],
                Json(std::vector<Json>(all["tasks"].begin(),
                                       all["tasks"].begin() + static_cast<int>(limit))));
      EXPECT_EQ(some["focus"], all["focus"]);
      EXPECT_THAT(some["recommendation"].get<std::string>(), HasSubstr(" of 120 unfinished tasks"));
    }
  }
}

TEST(Prioritize, GivesAFocusListWithItsMinutesAndReasons) {
  TaskWorld world;
  Client ann(world);
  ann.add({{"title", "a"}, {"due", "2026-03-12"}, {"importance", 5}, {"estimate_minutes", 30}});
  ann.add({{"title", "Talk"}, {"importance", 4}, {"estimate_minutes", 45}});
  ann.add({{"title", "c"}, {"importance", 3}});
  ann.add({{"title", "d"}, {"estimate_minutes", 500}});
  const Json answer = ann.call("prioritize_tasks", {{"goals", {"talk"}}, {"limit", 2}});
  EXPECT_THAT(Client::ids(answer), ElementsAre("t1", "t2"));
  EXPECT_EQ(answer["focus"], (Json{"t1", "t2", "t3"}));
  EXPECT_EQ(answer["focus_minutes"], 75);
  EXPECT_EQ(answer["recommendation"],
            "Begin with \"a\", which is overdue; then \"Talk\" and \"c\". That takes 75 minutes, "
            "without \"c\", which has no estimate. Shown are the first 2 of 4 unfinished tasks.");
  EXPECT_EQ(answer["tasks"][0]["why"], "it is overdue and has importance 5");
  EXPECT_EQ(answer["tasks"][1]["why"], "it has importance 4 and names the goal \"talk\"");
}

TEST(Prioritize, MarksTheTitlesOfStrangersThatItSpeaksOf) {
  TaskWorld world;
  Client ann(world);
  ann.add({{"title", "Mine"}, {"importance", 5}});
  const Json own = ann.call("prioritize_tasks", {{"limit", 1}});
  EXPECT_FALSE(own.contains("untrusted"));
  ann.add({{"title", "Pay\n«now»"}, {"importance", 4}, {"origin", "m17"}});
  const Json answer = ann.call("prioritize_tasks", {{"limit", 1}});
  EXPECT_THAT(answer["recommendation"].get<std::string>(),
              HasSubstr("Begin with \"Mine\", which has importance 5; then «Pay ‹now›»."));
  EXPECT_EQ(answer["untrusted"], true);  // though no row of theirs is shown
}

TEST(Prioritize, LooksAtOneProjectOrPerson) {
  TaskWorld world;
  Client ann(world);
  ann.add({{"title", "a"}, {"project", "Shelfmate"}});
  ann.add({{"title", "b"}, {"assignee", "Ben"}});
  EXPECT_THAT(Client::ids(ann.call("prioritize_tasks", {{"project", "shelfmate"}})),
              ElementsAre("t1"));
  EXPECT_THAT(Client::ids(ann.call("prioritize_tasks", {{"assignee", "ben"}})), ElementsAre("t2"));
}

TEST(Prioritize, SaysWhenNothingIsLeft) {
  TaskWorld world;
  Client ann(world);
  const Json answer = ann.call("prioritize_tasks");
  EXPECT_THAT(answer["tasks"], IsEmpty());
  EXPECT_EQ(answer["recommendation"], "Nothing is left to do.");
}

}  // namespace
