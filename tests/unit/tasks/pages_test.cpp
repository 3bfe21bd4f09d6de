#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "servers/common/words.hpp"
#include "tests/unit/tasks/task_world.hpp"

/// Lists of many tasks, page by page, against the same list made by looking at every task.
namespace {

using test::Client;
using test::Json;
using test::TaskWorld;

const std::vector<std::string> kAllStatuses = {"backlog", "todo", "in_progress", "in_review",
                                               "waiting", "done", "cancelled"};

class ManyTasks : public testing::Test {
 protected:
  /// More than are rather read and sorted than walked, in two blocks of the sets.
  void fill(int count) {
    const int first = 4096 - count / 3;
    ann_.run("INSERT INTO sqlite_sequence VALUES ('tasks', " + std::to_string(first - 1) + ")");
    for (int made = 0; made < count; made += 200) {
      Json tasks = Json::array();
      for (int i = 0; i < 200; ++i) tasks.push_back(task());
      ann_.call("add_tasks", {{"tasks", tasks}});
    }
    for (const std::string& id : pages({{"status", kAllStatuses}, {"sort", "created"}})) {
      rows_.push_back(ann_.get(id));
    }
  }

  std::size_t below(std::size_t count) { return random_() % count; }
  bool chance(unsigned percent) { return below(100) < percent; }
  std::string pick(const std::vector<std::string>& from) { return from[below(from.size())]; }

  Json task() {
    Json made = {{"title", pick({"Paint", "Zażółć", "call"}) + " " + std::to_string(below(400))},
                 {"status", pick({"todo", "todo", "in_progress", "waiting", "done"})},
                 {"priority", pick({"none", "low", "medium", "high"})}};
    if (chance(70)) made["project"] = pick({"Home", "home", "Garden"});
    if (chance(60)) made["tags"] = {pick({"x", "y"}), "t" + std::to_string(below(40))};
    if (chance(60)) made["assignee"] = pick({"Anna Nowak", "Ben", "Benjamin"});
    if (chance(75)) made["due"] = due();
    return made;
  }
  std::string due() {
    const std::string day = "2026-03-" + std::to_string(10 + below(15));
    return chance(50) ? day : day + pick({"T00:00:00+01:00", "T23:30:00+01:00", "T08:15:00Z"});
  }

  /// Every id of the list, a page after the other.
  std::vector<std::string> pages(Json filter) {
    std::vector<std::string> ids;
    std::int64_t total = -1;
    do {
      const Json answer = ann_.call("list_tasks", filter);
      for (const std::string& id : Client::ids(answer)) ids.push_back(id);
      EXPECT_TRUE(total < 0 || answer["total"] == total) << filter;
      total = answer["total"];
      filter["cursor"] = answer.value("next_cursor", "");
    } while (!filter["cursor"].get<std::string>().empty());
    EXPECT_EQ(static_cast<std::int64_t>(ids.size()), total) << filter;
    return ids;
  }

  std::chrono::sys_seconds begin_of(const std::string& time) const {
    common::Time read;
    EXPECT_FALSE(common::parse(time, read));
    return world_.times.begin_of(read);
  }

  bool fits(const Json& row, const Json& filter) const {
    const std::vector<std::string> open = {"backlog", "todo", "in_progress", "in_review",
                                           "waiting"};
    const auto statuses = filter.value("status", open);
    const auto holds = [&](const char* member, const std::string& wanted) {
      return common::folded(row.value(member, "")) == common::folded(wanted);
    };
    if (std::ranges::find(statuses, row["status"].get<std::string>()) == statuses.end())
      return false;
    if (filter.contains("project") && !holds("project", filter["project"])) return false;
    for (const Json& tag : filter.value("tags", Json::array())) {
      const auto tags = row.value("tags", std::vector<std::string>());
      if (std::ranges::find(tags, tag.get<std::string>()) == tags.end()) return false;
    }
    if (filter.contains("assignee") &&
        !common::has_words(row.value("assignee", ""), filter["assignee"].get<std::string>())) {
      return false;
    }
    if (filter.contains("query")) {
      const auto words = common::words_of(row["title"].get<std::string>());
      for (const std::string& word : common::words_of(filter["query"].get<std::string>())) {
        if (std::ranges::none_of(words, [&](const auto& one) { return one.starts_with(word); })) {
          return false;
        }
      }
    }
    if (filter.value("overdue", false) && !row.value("overdue", false)) return false;
    const bool bounded = filter.contains("due_from") || filter.contains("due_before");
    if (!bounded) return true;
    if (!row.contains("due")) return false;
    const auto at = begin_of(row["due"]);
    return (!filter.contains("due_from") || at >= begin_of(filter["due_from"])) &&
           (!filter.contains("due_before") || at < begin_of(filter["due_before"]));
  }

  std::vector<std::string> looked_at(const Json& filter) const {
    std::map<std::tuple<int, std::chrono::sys_seconds, std::size_t>, std::string> sorted;
    const std::string sort = filter.value("sort", "due");
    const std::vector<std::string> ranks = {"high", "medium", "low", "none"};
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const Json& row = rows_[i];
      if (!fits(row, filter)) continue;
      const auto rank =
          std::ranges::find(ranks, row["priority"].get<std::string>()) - ranks.begin();
      const auto due = row.contains("due") ? begin_of(row["due"]) : std::chrono::sys_seconds::max();
      sorted[{sort == "priority" ? static_cast<int>(rank) : 0,
              sort == "created" ? std::chrono::sys_seconds() : due, i}] = row["id"];
    }
    std::vector<std::string> ids;
    for (const auto& [key, id] : sorted) ids.push_back(id);
    return ids;
  }

  Json filter() {
    Json made = {{"sort", pick({"due", "priority", "created"})}, {"limit", 20 + below(400)}};
    if (chance(40)) made["project"] = pick({"home", "Garden", "none"});
    if (chance(30)) made["tags"] = {pick({"x", "y", "t7"})};
    if (chance(30)) made["assignee"] = pick({"ben", "nowak", "a", "n", "Zoe"});
    if (chance(30)) made["query"] = pick({"paint", "zazolc 1", "27", "2", "p", "ża", "xyz"});
    if (chance(30)) made["status"] = {pick(kAllStatuses), "todo"};
    if (chance(25)) made["overdue"] = true;
    // An instant alone is open: "from then on".
    if (chance(25)) made["due_from"] = pick({"2026-03-16T00:00:00+01:00", "2026-03-14T12:00:00Z"});
    if (chance(25)) made["due_before"] = pick({"2026-03-18", "2026-03-20T08:15:00Z"});
    return made;
  }

  TaskWorld world_{};
  Client ann_{world_};
  std::mt19937 random_{7};
  std::vector<Json> rows_;
};

TEST_F(ManyTasks, AreListedAsByLookingAtEach) {
  fill(1200);
  EXPECT_EQ(rows_.size(), 1200U);
  for (int i = 0; i < 120; ++i) {
    const Json wanted = filter();
    ASSERT_EQ(pages(wanted), looked_at(wanted)) << wanted;
  }
  // The same once tasks have moved about.
  const auto ids = [&](std::size_t first, std::size_t last) {
    Json named = Json::array();
    for (; first < last; ++first) named.push_back(rows_[first]["id"]);
    return named;
  };
  ann_.call("complete_tasks", {{"ids", ids(0, 4)}});
  ann_.call("update_tasks", {{"ids", ids(4, 6)}, {"due", "2026-03-12"}, {"project", "Garden"}});
  ann_.call("delete_tasks", {{"ids", ids(6, 8)}});
  ann_.call("undo_tasks_change");
  for (std::size_t i = 0; i < 8; ++i) rows_[i] = ann_.get(rows_[i]["id"]);
  EXPECT_TRUE(ann_.sets_agree());
  for (int i = 0; i < 40; ++i) {
    const Json wanted = filter();
    ASSERT_EQ(pages(wanted), looked_at(wanted)) << wanted;
  }
}

/// The control of the above: sets that are not kept in step are seen.
TEST_F(ManyTasks, AreListedWronglyWhereASetMissesATask) {
  fill(1200);
  const Json wanted = {{"project", "Garden"}, {"query", "paint"}, {"limit", 500}};
  const std::vector<std::string> before = pages(wanted);
  ASSERT_EQ(before, looked_at(wanted));
  ann_.run("DROP TRIGGER tasks_regrouped");
  ann_.call("update_tasks", {{"ids", {before.at(3)}}, {"project", "Home"}});
  for (Json& row : rows_) {
    if (row["id"] == before.at(3)) row = ann_.get(before.at(3));
  }
  EXPECT_NE(ann_.call("list_tasks", wanted)["total"], looked_at(wanted).size());
  EXPECT_FALSE(ann_.sets_agree());
}

}  // namespace
