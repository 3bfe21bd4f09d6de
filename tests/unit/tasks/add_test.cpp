#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/tasks/task_world.hpp"

namespace {

using test::Client;
using test::Json;
using test::TaskWorld;
using testing::AllOf;
using testing::HasSubstr;

TEST(AddTasks, AnswersWithTheTaskAsItIsKept) {
  TaskWorld world;
  Client ann(world);
  const Json answer = ann.call("add_tasks", {{"tasks",
                                              {{{"title", "Write the report"},
                                                {"notes", "Two pages."},
                                                {"project", "Shelfmate"},
                                                {"due", "tomorrow 3pm"},
                                                {"scheduled", "2026-03-16"},
                                                {"priority", "high"},
                                                {"tags", {"work", " at  desk ", "work"}},
                                                {"assignee", "Maja"},
                                                {"estimate_minutes", 45}}}}});
  const Json expected = {{"id", "t1"},
                         {"title", "Write the report"},
                         {"status", "todo"},
                         {"due", "2026-03-17T15:00:00+01:00"},
                         {"weekday", "Tue"},
                         {"scheduled", "2026-03-16"},
                         {"priority", "high"},
                         {"importance", 5},
                         {"project", "Shelfmate"},
                         {"tags", {"at desk", "work"}},
                         {"assignee", "Maja"},
                         {"estimate_minutes", 45},
                         {"notes", "Two pages."},
                         {"origin", "ann"}};
  EXPECT_EQ(answer, (Json{{"tasks", {expected}}, {"change_id", "tasks-1"}}));
  EXPECT_EQ(ann.get("t1"), expected);
}

TEST(AddTasks, TakesTheImportanceFromThePriorityUnlessItIsGiven) {
  TaskWorld world;
  Client ann(world);
  EXPECT_EQ(ann.get(ann.add({{"title", "a"}}))["importance"], 0);
  EXPECT_EQ(ann.get(ann.add({{"title", "a"}, {"priority", "low"}}))["importance"], 1);
  EXPECT_EQ(ann.get(ann.add({{"title", "a"}, {"priority", "medium"}}))["importance"], 3);
  EXPECT_EQ(ann.get(ann.add({{"title", "a"}, {"priority", "high"}}))["importance"], 5);
  EXPECT_EQ(
      ann.get(ann.add({{"title", "a"}, {"priority", "high"}, {"importance", 0}}))["importance"], 0);
}

TEST(AddTasks, MarksWordsWhoseOriginIsNamed) {
  TaskWorld world;
  Client ann(world);
  const Json task = ann.get(ann.add({{"title", "Pay at once"}, {"origin", "m17"}}));
  EXPECT_EQ(task["origin"], "m17");
  EXPECT_EQ(task["untrusted"], true);
  EXPECT_FALSE(ann.get(ann.add({{"title", "Mine"}})).contains("untrusted"));
}

TEST(AddTasks, ATaskThatIsDoneAlreadyWasCompletedNow) {
  TaskWorld world;
  Client ann(world);
  const Json task = ann.get(ann.add({{"title", "a"}, {"status", "done"}, {"due", "yesterday"}}));
  EXPECT_EQ(task["completed"], "2026-03-16T09:00:00+01:00");
  EXPECT_FALSE(task.contains("overdue"));
}

TEST(AddTasks, ADryRunAnswersTheSameAndAddsNothing) {
  TaskWorld world;
  Client ann(world);
  const Json batch = {{"tasks", {{{"title", "a"}}, {{"title", "b"}}}}};
  Json trial = batch;
  trial["dry_run"] = true;
  const Json dry = ann.call("add_tasks", trial);
  EXPECT_EQ(dry["dry_run"], true);
  EXPECT_EQ(ann.call("list_tasks")["total"], 0);
  EXPECT_EQ(ann.call("add_tasks", batch)["tasks"], dry["tasks"]);
}

TEST(AddTasks, RefusesTheWholeBatchForOneMistake) {
  TaskWorld world;
  Client ann(world);
  EXPECT_THAT(
      ann.refusal("add_tasks", {{"tasks",
                                 {{{"title", "fine"}},
                                  {{"title", ""}, {"importance", 9}},
                                  {{"title", "c"}, {"due", "someday"}}}}}),
      AllOf(HasSubstr("/tasks/1/title: "), HasSubstr("/tasks/1/importance: expected 0 to 5"),
            HasSubstr("/tasks/2/due: ")));
  EXPECT_THAT(
      ann.refusal("add_tasks",
                  {{"tasks", {{{"title", "fine"}}, {{"title", "b"}, {"due", "at 25:00"}}}}}),
      HasSubstr("/tasks/1/due: "));
  EXPECT_EQ(ann.call("list_tasks")["total"], 0);
}

TEST(AddTasks, NeverUsesAnIdAgain) {
  TaskWorld world;
  Client ann(world);
  ann.add({{"title", "a"}});
  ann.call("undo_tasks_change");
  EXPECT_EQ(ann.add({{"title", "b"}}), "t2");
  ann.call("delete_tasks", {{"ids", {"t2"}}});
  EXPECT_EQ(ann.add({{"title", "c"}}), "t3");
}

}  // namespace
