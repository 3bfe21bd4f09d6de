#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/tasks/task_world.hpp"

namespace {

using test::Client;
using test::Json;
using test::TaskWorld;

/// The task that follows when this one is completed at a time; null where there is none.
Json next_after(Json task, const std::string& at) {
  TaskWorld world;
  Client ann(world);
  task["title"] = "a";
  const std::string id = ann.add(task);
  const Json answer = ann.call("complete_tasks", {{"ids", {id}}, {"at", at}});
  EXPECT_EQ(answer["tasks"][0]["status"], "done");
  if (!answer.contains("next")) return nullptr;
  EXPECT_EQ(answer["next"].size(), 1U);
  EXPECT_FALSE(answer["tasks"][0].contains("repeat"));
  EXPECT_EQ(answer["next"][0], ann.get(answer["next"][0]["id"]));
  return answer["next"][0];
}

std::string due_after(const Json& task, const std::string& at) {
  const Json next = next_after(task, at);
  return next.is_null() ? "none" : next["due"].get<std::string>();
}

TEST(RepeatingTask, GoesOnFromWhenItWasDue) {
  const Json weekly = {{"due", "2026-03-16"}, {"repeat", "weekly"}};
  EXPECT_EQ(due_after(weekly, "2026-03-16T20:00:00+01:00"), "2026-03-23");
  EXPECT_EQ(due_after(weekly, "2026-03-12"), "2026-03-23");  // early
  EXPECT_EQ(due_after({{"due", "2026-03-17T18:30:00+01:00"}, {"repeat", "every 2 weeks on tue"}},
                      "2026-03-17"),
            "2026-03-31T18:30:00+02:00");  // the clocks go forward in between
  EXPECT_EQ(due_after({{"due", "2026-01-31"}, {"repeat", "monthly"}}, "2026-01-31"), "2026-03-31");
  EXPECT_EQ(
      next_after({{"scheduled", "2026-03-16"}, {"repeat", "daily"}}, "2026-03-16")["scheduled"],
      "2026-03-17");
  EXPECT_EQ(due_after({{"repeat", "daily"}}, "2026-03-16"), "2026-03-17");
}

TEST(RepeatingTask, DoesNotMakeUpForWhatWasMissed) {
  const Json daily = {{"due", "2026-03-01"}, {"repeat", "daily"}};
  EXPECT_EQ(due_after(daily, "2026-03-16T09:00:00+01:00"), "2026-03-16");
  const Json hour = {{"due", "2026-03-01T08:00:00+01:00"}, {"repeat", "daily"}};
  EXPECT_EQ(due_after(hour, "2026-03-16T09:00:00+01:00"), "2026-03-17T08:00:00+01:00");
}

TEST(RepeatingTask, GoesOnFromItsCompletionIfThatIsSaid) {
  const Json task = {{"due", "2026-03-10T18:00:00+01:00"},
                     {"repeat", "every 3 days after completion"}};
  EXPECT_EQ(due_after(task, "2026-03-16T09:00:00+01:00"), "2026-03-19T18:00:00+01:00");
  const Json next = next_after({{"due", "2026-03-10"}, {"repeat", "weekly after completion"}},
                               "2026-03-16T09:00:00+01:00");
  EXPECT_EQ(next["due"], "2026-03-23");
  EXPECT_EQ(next["repeat"], "FREQ=WEEKLY after completion");
}

TEST(RepeatingTask, EndsWhenItsRuleDoes) {
  EXPECT_EQ(
      next_after({{"due", "2026-03-16"}, {"repeat", "daily 3 times"}}, "2026-03-16")["repeat"],
      "FREQ=DAILY;COUNT=2");
  EXPECT_EQ(due_after({{"due", "2026-03-16"}, {"repeat", "FREQ=DAILY;COUNT=1"}}, "2026-03-16"),
            "none");
  // Of three, two are past.
  EXPECT_EQ(
      next_after({{"due", "2026-03-14"}, {"repeat", "FREQ=DAILY;COUNT=3"}}, "2026-03-16")["repeat"],
      "FREQ=DAILY;COUNT=1");
  EXPECT_EQ(
      due_after({{"due", "2026-03-16"}, {"repeat", "FREQ=WEEKLY;UNTIL=20260322"}}, "2026-03-16"),
      "none");
  EXPECT_EQ(
      due_after({{"due", "2026-03-16"}, {"repeat", "FREQ=WEEKLY;UNTIL=20260323"}}, "2026-03-16"),
      "2026-03-23");
}

TEST(RepeatingTask, CarriesOnAllThatItIs) {
  const Json next = next_after({{"due", "2026-03-18"},
                                {"scheduled", "2026-03-16T09:00:00+01:00"},
                                {"repeat", "weekly"},
                                {"project", "Home"},
                                {"tags", {"x"}},
                                {"status", "in_progress"},
                                {"estimate_minutes", 5},
                                {"origin", "m1"}},
                               "2026-03-17");
  EXPECT_EQ(next, (Json{{"id", "t2"},
                        {"title", "a"},
                        {"status", "todo"},
                        {"due", "2026-03-25"},
                        {"weekday", "Wed"},
                        {"scheduled", "2026-03-23T09:00:00+01:00"},
                        {"priority", "none"},
                        {"importance", 0},
                        {"project", "Home"},
                        {"tags", {"x"}},
                        {"repeat", "FREQ=WEEKLY"},
                        {"estimate_minutes", 5},
                        {"origin", "m1"},
                        {"untrusted", true}}));
}

TEST(RepeatingTask, GoesOnHoweverItIsDone) {
  TaskWorld world;
  Client ann(world);
  ann.add({{"title", "a"}});
  const std::string id =
      ann.add({{"title", "b"}, {"due", "today"}, {"repeat", "weekly"}, {"depends_on", {"t1"}}});
  const std::string before = ann.dump();
  const Json answer = ann.call("update_tasks", {{"ids", {id}}, {"status", "done"}});
  ASSERT_EQ(answer["tasks"].size(), 2U);
  EXPECT_EQ(answer["tasks"][1]["due"], "2026-03-23");
  EXPECT_EQ(answer["tasks"][1]["depends_on"], Json{"t1"});  // it is not finished
  // Done is done: nothing comes of doing it again.
  EXPECT_FALSE(ann.call("complete_tasks", {{"ids", {id}}}).contains("next"));
  ann.call("undo_tasks_change");
  EXPECT_EQ(ann.dump(), before);
  // One that was given up ends.
  EXPECT_EQ(ann.call("update_tasks", {{"ids", {id}}, {"status", "cancelled"}})["tasks"].size(), 1U);
}

}  // namespace
