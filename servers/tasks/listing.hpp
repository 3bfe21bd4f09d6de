#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "servers/common/statements.hpp"
#include "servers/common/times.hpp"
#include "servers/tasks/labels.hpp"
#include "servers/tasks/record.hpp"
#include "servers/tasks/task_set.hpp"

namespace tasks {

enum class ListTasksSort : std::uint8_t;

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

/// Finds a page of many tasks without looking at each. Everything that a filter can name has the
/// set of its tasks stored (`task_sets`), so what fits is those sets united and intersected, and
/// the total is how many that leaves. Where they are many the page is walked: a handful of sorted
/// stretches of `task_order`, merged, leaving out what does not fit; few are read and sorted.
class Listing final {
 public:
  Listing(SQLite::Database& database, common::Statements& statements, const common::Times& times)
      : database_(database), statements_(statements), times_(times) {}

  /// Throws mcp::ToolError for a key that no list has.
  Listed list(const Filter& filter, const Wanted& wanted);

 private:
  struct Place;
  struct Selection;
  class Stretch;

  Selection selection_of(const Filter& filter) const;
  TaskSet with_labels(const std::vector<LabelRange>& ranges) const;
  TaskSet due_in(const Selection& selection) const;
  std::vector<LabelRange> assignees_with(const std::string& words) const;

  std::vector<Place> by_due(const Selection& selection, const Place* after,
                            std::int64_t limit) const;
  std::vector<Place> by_priority(const Selection& selection, const Place* after,
                                 std::int64_t limit) const;
  std::vector<Place> by_age(const Selection& selection, const Place* after,
                            std::int64_t limit) const;
  std::optional<std::vector<Place>> walk(const Selection& selection, const Place* after,
                                         std::int64_t limit, std::int64_t rows_max) const;
  std::vector<Place> sorted(const Selection& selection, const Place* after,
                            std::int64_t limit) const;

  SQLite::Database& database_;
  common::Statements& statements_;
  const common::Times& times_;
};

}  // namespace tasks
