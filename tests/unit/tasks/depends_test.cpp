#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/tasks/task_world.hpp"

namespace {

using test::Client;
using test::Json;
using test::TaskWorld;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(DependsOn, TakesIdsAndPlacesInTheCall) {
  TaskWorld world;
  Client ann(world);
  ann.add({{"title", "a"}});
  const Json answer = ann.call(
      "add_tasks", {{"tasks", {{{"title", "b"}, {"depends_on", {"#2", "t1"}}}, {{"title", "c"}}}}});
  EXPECT_EQ(answer["tasks"][0]["depends_on"], (Json{"t1", "t3"}));
  EXPECT_EQ(answer["tasks"][0]["blocked"], true);
  EXPECT_EQ(ann.get("t2"), answer["tasks"][0]);
  EXPECT_FALSE(ann.get("t3").contains("blocked"));
}

TEST(DependsOn, RefusesWhatIsNotThereAndNamesAll) {
  TaskWorld world;
  Client ann(world);
  EXPECT_THAT(ann.refusal("add_tasks", {{"tasks",
                                         {{{"title", "b"}, {"depends_on", {"t9", "#3"}}},
                                          {{"title", "c"}, {"depends_on", {"x"}}}}}}),
              AllOf(HasSubstr("/tasks/0/depends_on/0: no task t9"),
                    HasSubstr("/tasks/0/depends_on/1: no task #3; this call adds #1 to #2"),
                    HasSubstr("/tasks/1/depends_on/0: no task x")));
  const std::string id = ann.add({{"title", "a"}});
  EXPECT_THAT(ann.refusal("update_tasks", {{"ids", {id}}, {"depends_on", {"#1"}}}),
              HasSubstr("/depends_on/0: \"#1\" is for tasks of the same add_tasks call"));
}

TEST(DependsOn, RefusesACircleAndNamesItsChain) {
  TaskWorld world;
  Client ann(world);
  EXPECT_THAT(ann.refusal("add_tasks", {{"tasks",
                                         {{{"title", "a"}, {"depends_on", {"#2"}}},
                                          {{"title", "b"}, {"depends_on", {"#3"}}},
                                          {{"title", "c"}, {"depends_on", {"#1"}}}}}}),
              HasSubstr("/tasks/0/depends_on: #1 -> #2 -> #3 -> #1: a task would wait for itself"));
  EXPECT_EQ(ann.call("list_tasks")["total"], 0);
  ann.call("add_tasks", {{"tasks",
                          {{{"title", "a"}, {"depends_on", {"#2"}}},
                           {{"title", "b"}, {"depends_on", {"#3"}}},
                           {{"title", "c"}}}}});
  const std::vector<std::string> ids = Client::ids(ann.call("list_tasks"));
  const std::string before = ann.dump();
  EXPECT_THAT(
      ann.refusal("update_tasks", {{"ids", {ids[2]}}, {"depends_on", {ids[0]}}}),
      HasSubstr("/depends_on: " + ids[2] + " -> " + ids[0] + " -> " + ids[1] + " -> " + ids[2]));
  EXPECT_THAT(ann.refusal("update_tasks", {{"ids", {ids[0]}}, {"depends_on", {ids[0]}}}),
              HasSubstr(ids[0] + " -> " + ids[0]));
  EXPECT_EQ(ann.dump(), before);
}

TEST(DependsOn, IsReplacedAndCleared) {
  TaskWorld world;
  Client ann(world);
  for (const char* title : {"a", "b", "c"}) ann.add({{"title", title}});
  ann.call("update_tasks", {{"ids", {"t3"}}, {"depends_on", {"t1"}}});
  ann.call("update_tasks", {{"ids", {"t3"}}, {"depends_on", {"t2"}}});
  EXPECT_EQ(ann.get("t3")["depends_on"], Json{"t2"});
  ann.call("update_tasks", {{"ids", {"t3"}}, {"title", "C"}});
  EXPECT_EQ(ann.get("t3")["depends_on"], Json{"t2"});
  ann.call("update_tasks", {{"ids", {"t3"}}, {"clear", {"depends_on"}}});
  EXPECT_FALSE(ann.get("t3").contains("depends_on"));
}

TEST(DependsOn, SaysWhatACompletionUnblocks) {
  TaskWorld world;
  Client ann(world);
  ann.call("add_tasks", {{"tasks",
                          {{{"title", "a"}},
                           {{"title", "b"}},
                           {{"title", "c"}, {"depends_on", {"#1", "#2"}}},
                           {{"title", "d"}, {"depends_on", {"#1"}}},
                           {{"title", "e"}, {"depends_on", {"#1"}}, {"status", "done"}}}}});
  EXPECT_EQ(ann.call("complete_tasks", {{"ids", {"t1"}}})["unblocked"], Json{"t4"});
  EXPECT_EQ(ann.get("t3")["blocked"], true);
  EXPECT_EQ(ann.call("complete_tasks", {{"ids", {"t2"}}})["unblocked"], Json{"t3"});
  ann.call("reopen_tasks", {{"ids", {"t1"}}});
  EXPECT_EQ(ann.get("t4")["blocked"], true);
  EXPECT_EQ(ann.get("t1")["status"], "todo");
}

TEST(DependsOn, GoesWithTheTaskAndComesBackWithIt) {
  TaskWorld world;
  Client ann(world);
  ann.call("add_tasks", {{"tasks", {{{"title", "a"}}, {{"title", "b"}, {"depends_on", {"#1"}}}}}});
  const std::string before = ann.dump();
  ann.call("delete_tasks", {{"ids", {"t1"}}});
  EXPECT_FALSE(ann.get("t2").contains("depends_on"));
  ann.call("undo_tasks_change");
  EXPECT_EQ(ann.dump(), before);
  EXPECT_EQ(ann.get("t2")["blocked"], true);
}

TEST(DependsOn, AddingCannotBeUndoneWhileSomethingWaitsForIt) {
  TaskWorld world;
  Client ann(world);
  Client ben(world, "ben");
  ann.add({{"title", "a"}});
  ben.add({{"title", "b"}, {"depends_on", {"t1"}}});
  EXPECT_THAT(ann.refusal("undo_tasks_change", {}), HasSubstr("ben changed the same thing since"));
}

TEST(ReopenTasks, LeavesUnfinishedOnesAsTheyAre) {
  TaskWorld world;
  Client ann(world);
  ann.call("add_tasks", {{"tasks",
                          {{{"title", "a"}, {"status", "in_progress"}},
                           {{"title", "b"}, {"status", "cancelled"}},
                           {{"title", "c"}, {"status", "done"}, {"completed", "2026-03-10"}}}}});
  EXPECT_EQ(ann.get("t3")["completed"], "2026-03-10");
  const Json answer = ann.call("reopen_tasks", {{"ids", {"t1", "t2", "t3"}}});
  EXPECT_THAT(Client::ids(answer), ElementsAre("t1", "t2", "t3"));
  EXPECT_EQ(ann.get("t1")["status"], "in_progress");
  for (const char* id : {"t2", "t3"}) {
    EXPECT_EQ(ann.get(id)["status"], "todo");
    EXPECT_FALSE(ann.get(id).contains("completed"));
  }
  EXPECT_THAT(ann.refusal("add_tasks", {{"tasks", {{{"title", "d"}, {"completed", "today"}}}}}),
              HasSubstr("/tasks/0/completed: only a task with status done or cancelled"));
}

}  // namespace
