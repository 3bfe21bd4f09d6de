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
using testing::Not;

const Json kFull = {
    {"title", "Write the report"},        {"notes", "Two pages."},     {"project", "Shelfmate"},
    {"due", "2026-03-18T15:00:00+01:00"}, {"scheduled", "2026-03-17"}, {"priority", "medium"},
    {"tags", {"desk", "work"}},           {"assignee", "Maja"},        {"estimate_minutes", 45}};

/// `task` with other values in it.
Json with(Json task, const Json& other) {
  task.update(other);
  return task;
}

TEST(UpdateTasks, ChangesWhatIsGivenAndNothingElse) {
  TaskWorld world;
  Client ann(world);
  const std::string id = ann.add(kFull);
  const Json before = ann.get(id);
  ann.call("update_tasks",
           {{"ids", {id}}, {"title", "Send the report"}, {"status", "in_progress"}});
  EXPECT_EQ(ann.get(id), with(before, {{"title", "Send the report"}, {"status", "in_progress"}}));
}

TEST(UpdateTasks, LeavesAloneWhatIsNullOrEmpty) {
  TaskWorld world;
  Client ann(world);
  const std::string id = ann.add(kFull);
  const std::string before = ann.dump();
  ann.call("update_tasks", {{"ids", {id}},
                            {"title", ""},
                            {"notes", nullptr},
                            {"due", ""},
                            {"add_tags", Json::array()},
                            {"clear", nullptr}});
  EXPECT_EQ(ann.dump(), before);
  EXPECT_EQ(ann.change_id(), "");
}

TEST(UpdateTasks, ClearsWhatIsNamed) {
  TaskWorld world;
  Client ann(world);
  const std::string id = ann.add(kFull);
  ann.call("update_tasks",
           {{"ids", {id}},
            {"clear",
             {"notes", "project", "due", "scheduled", "tags", "assignee", "estimate_minutes"}}});
  EXPECT_EQ(ann.get(id), (Json{{"id", id},
                               {"title", "Write the report"},
                               {"status", "todo"},
                               {"priority", "medium"},
                               {"importance", 3},
                               {"origin", "ann"}}));
}

TEST(UpdateTasks, AddsAndRemovesTags) {
  TaskWorld world;
  Client ann(world);
  const std::string id = ann.add(kFull);
  ann.call("update_tasks", {{"ids", {id}}, {"add_tags", {"urgent"}}, {"remove_tags", {"DESK"}}});
  EXPECT_EQ(ann.get(id)["tags"], (Json{"urgent", "work"}));
  ann.call("update_tasks", {{"ids", {id}}, {"clear", {"tags"}}, {"add_tags", {"only"}}});
  EXPECT_EQ(ann.get(id)["tags"], Json{"only"});
}

TEST(UpdateTasks, UnderstandsATimeFromTheDayThatTheTaskHas) {
  TaskWorld world;
  Client ann(world);
  const std::string wednesday = ann.add(kFull);
  const std::string friday = ann.add({{"title", "b"}, {"due", "2026-03-20"}});
  ann.call("update_tasks", {{"ids", {wednesday, friday}}, {"due", "4pm"}});
  EXPECT_EQ(ann.get(wednesday)["due"], "2026-03-18T16:00:00+01:00");
  EXPECT_EQ(ann.get(friday)["due"], "2026-03-20T16:00:00+01:00");
}

TEST(UpdateTasks, TheImportanceFollowsThePriorityUntilItIsSet) {
  TaskWorld world;
  Client ann(world);
  const std::string id = ann.add(kFull);
  ann.call("update_tasks", {{"ids", {id}}, {"priority", "high"}});
  EXPECT_EQ(ann.get(id)["importance"], 5);
  ann.call("update_tasks", {{"ids", {id}}, {"importance", 2}});
  ann.call("update_tasks", {{"ids", {id}}, {"priority", "low"}});
  EXPECT_EQ(ann.get(id)["importance"], 2);
}

TEST(UpdateTasks, FinishingAndReopeningKeepTheTimeOfCompletionInStep) {
  TaskWorld world;
  Client ann(world);
  const std::string id = ann.add(kFull);
  ann.call("update_tasks", {{"ids", {id}}, {"status", "done"}});
  EXPECT_EQ(ann.get(id)["completed"], "2026-03-16T09:00:00+01:00");
  ann.call("update_tasks", {{"ids", {id}}, {"status", "todo"}});
  EXPECT_FALSE(ann.get(id).contains("completed"));
}

TEST(UpdateTasks, ChangesNothingWhereOneIdIsUnknownAndNamesAllOfThem) {
  TaskWorld world;
  Client ann(world);
  const std::string id = ann.add(kFull);
  const std::string before = ann.dump();
  for (const char* tool : {"update_tasks", "complete_tasks", "delete_tasks"}) {
    EXPECT_THAT(ann.refusal(tool, {{"ids", {id, "t8", "x"}}}),
                AllOf(HasSubstr("/ids/1: no task t8"), HasSubstr("/ids/2: no task x"),
                      Not(HasSubstr("/ids/0"))))
        << tool;
  }
  EXPECT_EQ(ann.dump(), before);
}

TEST(UpdateTasks, DryRunsAnswerTheSameAndChangeNothing) {
  TaskWorld world;
  Client ann(world);
  const std::string id = ann.add(kFull);
  const std::string before = ann.dump();
  const std::vector<std::pair<std::string, Json>> calls = {
      {"update_tasks", {{"ids", {id}}, {"title", "Other"}}},
      {"complete_tasks", {{"ids", {id}}}},
      {"delete_tasks", {{"ids", {id}}}}};
  for (const auto& [tool, arguments] : calls) {
    const Json dry = ann.call(tool, with(arguments, {{"dry_run", true}}));
    EXPECT_EQ(ann.change_id(), "");
    EXPECT_EQ(ann.dump(), before) << tool;
    EXPECT_EQ(ann.call(tool, arguments)["tasks"], dry["tasks"]) << tool;
    EXPECT_NE(ann.dump(), before) << tool;
    ann.call("undo_tasks_change");
    EXPECT_EQ(ann.dump(), before) << tool;
  }
}

TEST(CompleteTasks, MarksAsDoneNowOrWhenItWas) {
  TaskWorld world;
  Client ann(world);
  const std::string first = ann.add(kFull);
  const std::string second = ann.add(kFull);
  ann.call("complete_tasks", {{"ids", {first}}});
  ann.call("complete_tasks", {{"ids", {first, second}}, {"at", "friday 5pm"}});
  EXPECT_EQ(ann.get(first)["completed"], "2026-03-16T09:00:00+01:00");  // was done already
  EXPECT_EQ(ann.get(second)["completed"], "2026-03-13T17:00:00+01:00");
  EXPECT_EQ(ann.get(second)["status"], "done");
}

TEST(CompleteTasks, ACancelledTaskIsDoneFromNowOn) {
  TaskWorld world;
  Client ann(world);
  const std::string id = ann.add(with(kFull, {{"status", "cancelled"}}));
  world.clock.at += std::chrono::hours(1);
  ann.call("complete_tasks", {{"ids", {id}}});
  EXPECT_EQ(ann.get(id)["completed"], "2026-03-16T10:00:00+01:00");
}

TEST(DeleteTasks, AnswersWithWhatIsGone) {
  TaskWorld world;
  Client ann(world);
  const std::string gone = ann.add(kFull);
  const std::string kept = ann.add(kFull);
  const Json before = ann.get(gone);
  const Json answer = ann.call("delete_tasks", {{"ids", {gone, gone}}});
  EXPECT_EQ(answer["tasks"], Json::array({before}));
  EXPECT_THAT(Client::ids(ann.call("list_tasks")), ElementsAre(kept));
}

}  // namespace
