#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "servers/tasks/schema.hpp"
#include "tests/unit/tasks/task_world.hpp"

namespace {

using test::Client;
using test::Json;
using test::TaskWorld;
using testing::ElementsAre;
using testing::IsEmpty;

/// A database as the version with `scripts` scripts left it, with three tasks.
void make_old(const std::filesystem::path& file, std::size_t scripts) {
  SQLite::Database sqlite(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  for (std::size_t i = 0; i < scripts; ++i) sqlite.exec(std::string(tasks::kMigrations.at(i)));
  sqlite.exec("PRAGMA user_version = " + std::to_string(scripts));
  const std::string columns =
      "INSERT INTO tasks(title, notes, project, status, due, priority, tags, assignee, origin, "
      "untrusted";
  const auto add = [&](const std::string& values, const std::string& found_by) {
    sqlite.exec(scripts < 3 ? columns + ") VALUES (" + values + ")"
                            : columns + ", words, labels) VALUES (" + values + found_by + ")");
  };
  add("'Pay rent', '', 'Home', 'todo', '2026-03-20', 'high', 'bills' || char(10), 'Ann', 'x', 0",
      R"(, 'pay rent', '["","p:home","a:ann","t:bills","r:high"]')");
  add("'Paint', 'the fence', 'Garden', 'done', '2026-03-01T10:00:00Z', 'none', '', '', 'x', 0",
      R"(, 'paint' || char(10) || 'the fence', '["","p:garden","r:none"]')");
  add("'Plant', '', 'Garden', 'waiting', NULL, 'none', '', '', 'x', 0",
      R"(, 'plant', '["","p:garden","r:none"]')");
}

class OldTasks : public testing::TestWithParam<std::size_t> {};

TEST_P(OldTasks, AreFoundByTheNewVersion) {
  TaskWorld world;
  make_old(world.data / "tasks.db", GetParam());
  Client ann(world);
  const auto ids = [&](const Json& filter) { return Client::ids(ann.call("list_tasks", filter)); };
  EXPECT_THAT(ids(Json::object()), ElementsAre("t1", "t3"));
  EXPECT_THAT(ids({{"project", "garden"}}), ElementsAre("t3"));
  EXPECT_THAT(ids({{"query", "fen"}, {"status", {"done"}}}), ElementsAre("t2"));
  EXPECT_THAT(ids({{"query", "p"}, {"sort", "created"}}), ElementsAre("t1", "t3"));
  EXPECT_THAT(ids({{"tags", {"bills"}}, {"due_before", "2026-03-21"}}), ElementsAre("t1"));
  EXPECT_THAT(ids({{"assignee", "ben"}}), IsEmpty());
  EXPECT_TRUE(ann.sets_agree());

  ann.call("complete_tasks", {{"ids", {"t1"}}});
  ann.call("delete_tasks", {{"ids", {"t3"}}});
  EXPECT_THAT(ids(Json::object()), IsEmpty());
  EXPECT_TRUE(ann.sets_agree());
}

INSTANTIATE_TEST_SUITE_P(Schemas, OldTasks, testing::Values(2U, 3U),
                         testing::PrintToStringParamName());

}  // namespace
