#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schemas/tasks/list_tasks_types.hpp"
#include "servers/common/statements.hpp"
#include "servers/common/times.hpp"
#include "servers/tasks/record.hpp"

namespace tasks {

/// Which tasks; every member that is set must fit.
struct Filter {
  std::string query{};           ///< Words that begin like these in title or notes.
  std::vector<Status> status{};  ///< Any of these; empty: all that are not finished.
  std::string project{};
  std::string assignee{};           ///< Words of the name or address.
  std::vector<std::string> tags{};  ///< All of these.
  common::Range due{};
  bool overdue{};
};

/// Which page of them.
struct Wanted {
  ListTasksSort sort{};
  std::string after{};  ///< The key of the task that the page comes after; empty: the first page.
  std::int64_t limit{};
};

struct Listed {
  /// In order, each with its key: text that sorts as the list does and names the task. One more
  /// than was wanted, if there is more.
  std::vector<std::pair<std::string, Record>> tasks{};
  std::int64_t total{};  ///< Of all pages.
};

/// Finds a page of many tasks by walking indices, so that it costs as much as the page and not as
/// much as the list. A page in the order of due times merges a handful of sorted stretches of
/// `task_order`, one for each status and kind of due time; totals of one label are kept
/// (`task_counts`), others are counted in the index. Where a query or a rare label leaves few
/// tasks, those are read and sorted.
class Listing final {
 public:
  Listing(SQLite::Database& database, common::Statements& statements, const common::Times& times)
      : database_(database), statements_(statements), times_(times) {}

  /// Throws mcp::ToolError for a key that no list has.
  Listed list(const Filter& filter, const Wanted& wanted);

 private:
  struct Plan;

  Plan plan_of(const Filter& filter) const;
  std::vector<std::string> assignees_with(const std::string& words) const;
  std::int64_t count_of(const std::string& label, const std::vector<Status>& statuses) const;

  struct Place;
  std::vector<Place> few(const Plan& plan, const std::string& query, ListTasksSort sort) const;
  std::vector<Place> walk(const Plan& plan, const Place* after, std::int64_t limit) const;
  std::vector<Place> walk_by_priority(const Plan& plan, const Place* after,
                                      std::int64_t limit) const;
  std::vector<Place> walk_by_age(const Plan& plan, const Place* after, std::int64_t limit) const;
  std::int64_t total_of(const Plan& plan) const;

  SQLite::Database& database_;
  common::Statements& statements_;
  const common::Times& times_;
};

}  // namespace tasks
