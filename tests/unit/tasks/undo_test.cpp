#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <random>

#include "tests/unit/tasks/task_world.hpp"

namespace {

using test::Client;
using test::Json;
using test::TaskWorld;
using testing::AllOf;
using testing::HasSubstr;

/// Writing calls at random over the tasks that there are.
class RandomCalls final {
 public:
  explicit RandomCalls(unsigned seed) : random_(seed) {}

  /// One call that changes something.
  void make(Client& client) {
    do {
      make_any(client);
    } while (client.change_id().empty());
  }

 private:
  std::size_t below(std::size_t count) { return random_() % count; }
  bool chance(unsigned percent) { return below(100) < percent; }
  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[below(from.size())];
  }

  void make_any(Client& client) {
    const std::vector<std::string> all = Client::ids(
        client.call("list_tasks",
                    {{"status", {"backlog", "todo", "in_progress", "waiting", "done", "cancelled"}},
                     {"limit", 500}}));
    if (all.empty() || chance(35)) {
      Json tasks = Json::array();
      for (std::size_t i = 0; i <= below(3); ++i) tasks.push_back(with_values({{"title", "task"}}));
      if (!all.empty() && chance(40)) tasks[0]["depends_on"] = {pick(all)};
      if (tasks.size() > 1 && chance(30)) tasks[1]["depends_on"] = {"#1"};
      client.call("add_tasks", {{"tasks", tasks}});
      return;
    }
    Json ids = Json::array();
    for (std::size_t i = 0; i <= below(3); ++i) ids.push_back(pick(all));
    const std::size_t kind = below(12);
    if (kind < 2) {
      client.call("delete_tasks", {{"ids", ids}});
    } else if (kind < 4) {
      client.call("complete_tasks", {{"ids", ids}});
    } else if (kind < 5) {
      client.call("reopen_tasks", {{"ids", ids}});
    } else if (kind < 7) {
      wait_for(client, ids, pick(all));
    } else {
      client.call("update_tasks", change(ids));
    }
  }

  /// Cycles are refused; then there is no change.
  static void wait_for(Client& client, const Json& ids, const std::string& other) {
    try {
      client.call("update_tasks", {{"ids", ids}, {"depends_on", {other}}});
    } catch (const mcp::ToolError& refused) {
      EXPECT_THAT(refused.what(), HasSubstr("would wait for itself"));
    }
  }

  Json with_values(Json task) {
    if (chance(40)) task["notes"] = std::string(below(200), 'n') + "ż";
    if (chance(40)) task["due"] = pick<std::string>({"tomorrow 3pm", "friday", "2026-05-01"});
    if (chance(30)) task["scheduled"] = pick<std::string>({"today", "in 2 hours"});
    if (chance(40)) task["priority"] = pick<std::string>({"none", "low", "high"});
    if (chance(30)) task["importance"] = below(6);
    if (chance(30)) task["estimate_minutes"] = 1 + below(500);
    if (chance(30)) task["repeat"] = pick<std::string>({"weekly", "every 3 days after completion"});
    if (chance(30)) task["project"] = pick<std::string>({"Home", "home", "Garden"});
    if (chance(20)) task["assignee"] = pick<std::string>({"Anna", "Ben"});
    if (chance(30))
      task["status"] = pick<std::string>({"backlog", "in_progress", "waiting", "done"});
    return task;
  }

  Json change(const Json& ids) {
    Json arguments = with_values({{"ids", ids}});
    if (chance(30)) arguments["title"] = "title " + std::to_string(below(50));
    if (chance(30)) arguments["add_tags"] = {pick<std::string>({"a", "b", "c"})};
    if (chance(30)) arguments["remove_tags"] = {pick<std::string>({"a", "b", "c"})};
    if (chance(30))
      arguments["clear"] = {pick<std::string>({"notes", "due", "tags", "depends_on", "repeat"})};
    return arguments;
  }

  std::mt19937 random_;
};

/// Databases in memory where there is such a folder: what is tested here is not durability.
class UndoTasks : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (::access("/dev/shm", W_OK) == 0) ::setenv("TMPDIR", "/dev/shm", 1);
  }
  static void TearDownTestSuite() { ::unsetenv("TMPDIR"); }
};

TEST_F(UndoTasks, ManyTimesLeadsBackToWhereItBegan) {
  constexpr unsigned kSequences = 300;
  TaskWorld world;
  Client ann(world);
  for (unsigned seed = 1; seed <= kSequences; ++seed) {
    RandomCalls calls(seed);
    const std::string start = ann.dump();
    const std::size_t length = 10 + seed % 6;
    for (std::size_t i = 0; i < length; ++i) calls.make(ann);
    ASSERT_NE(ann.dump(), start) << "seed " << seed;
    for (std::size_t i = 0; i < length; ++i) ann.call("undo_tasks_change");
    ASSERT_EQ(ann.dump(), start) << "seed " << seed;
    if (seed % 10 == 0) calls.make(ann);  // so that later ones begin with something
  }
}

TEST_F(UndoTasks, OneUndoTooFewIsNoticed) {
  TaskWorld world;
  Client ann(world);
  RandomCalls calls(7);
  const std::string start = ann.dump();
  for (int i = 0; i < 10; ++i) calls.make(ann);
  for (int i = 0; i < 9; ++i) ann.call("undo_tasks_change");
  EXPECT_NE(ann.dump(), start);
}

TEST_F(UndoTasks, IsRefusedWhereAnotherClientChangedTheSameSince) {
  TaskWorld world;
  Client ann(world, "ann");
  Client planner(world, "planner");
  const std::string id = ann.add({{"title", "Write the report"}});
  world.clock.at += std::chrono::minutes(5);
  planner.call("update_tasks", {{"ids", {id}}, {"title", "Send the report"}});
  const std::string before = ann.dump();
  EXPECT_THAT(ann.refusal("undo_tasks_change", {}),
              AllOf(HasSubstr("tasks-1 (\"Added 1 task: t1\") cannot be undone"),
                    HasSubstr("planner changed the same thing since: tasks-2 (\"Updated 1 task: "
                              "t1\", by update_tasks at Mon 2026-03-16T09:05:00+01:00)")));
  EXPECT_EQ(ann.dump(), before);
}

TEST_F(UndoTasks, TellsWhatItWouldTakeBack) {
  TaskWorld world;
  Client ann(world);
  ann.add({{"title", "a"}});
  ann.add({{"title", "b"}});
  const Json answer = ann.call("undo_tasks_change", {{"dry_run", true}});
  EXPECT_EQ(answer["undone"][0]["change_id"], "tasks-2");
  EXPECT_EQ(answer["left"], 1);
  EXPECT_EQ(answer["dry_run"], true);
  EXPECT_EQ(ann.call("list_tasks")["total"], 2);
}

}  // namespace
