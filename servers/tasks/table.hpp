#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "servers/common/statements.hpp"
#include "servers/tasks/record.hpp"

namespace tasks {

/// The rows of tasks and of the links between them; the caller brings the transaction.
class Table final {
 public:
  Table(SQLite::Database& database, common::Statements& statements)
      : database_(database), statements_(statements) {}

  /// Sets `task.number`. Its links are a matter of set_needs.
  void insert(Record& task);
  void update(const Record& task);
  /// With all links to it and from it.
  void remove(std::int64_t number);

  std::optional<Record> find(std::int64_t number);
  /// All rows that a WHERE (and ORDER BY) leaves, whose parameters are the values.
  template <class... Values>
  std::vector<Record> select(std::string_view where, const Values&... values) {
    const common::Statements::Use rows = use(std::string(kSelect) + std::string(where));
    return read(rows.with(values...));
  }

  /// The same without links, and of each task only its number, due and completion time, priority,
  /// importance, project, tags and assignee; one by one, for there may be many.
  template <class Visit, class... Values>
  void for_each_brief(std::string_view where, Visit visit, const Values&... values) {
    const common::Statements::Use use_of = use(std::string(kSelectBrief) + std::string(where));
    SQLite::Statement& rows = use_of.with(values...);
    while (rows.executeStep()) visit(brief_at(rows));
  }

  /// What `number` waits for from now on.
  void set_needs(std::int64_t number, std::span<const std::int64_t> needs);
  std::vector<std::int64_t> needs_of(std::int64_t number);
  /// Unfinished tasks that wait for `number`.
  std::vector<std::int64_t> waiting_for(std::int64_t number);
  bool is_blocked(std::int64_t number);

 private:
  static constexpr std::string_view kSelect =
      "SELECT id, title, notes, project, status, due, scheduled, priority, importance, tags, "
      "assignee, estimate_minutes, completed, origin, untrusted, repeat FROM tasks ";

  static constexpr std::string_view kSelectBrief =
      "SELECT id, due, completed, priority, importance, project, tags, assignee FROM tasks ";

  common::Statements::Use use(std::string_view sql) { return statements_.of(database_, sql); }
  std::vector<Record> read(SQLite::Statement& rows);
  static Record brief_at(SQLite::Statement& row);
  std::vector<std::int64_t> numbers(std::string_view sql, std::int64_t number);
  void add_links(Record& task);

  SQLite::Database& database_;
  common::Statements& statements_;
};

/// From `start` along `next` to `goal`, both included; at least one step. Empty if there is no such
/// way.
std::vector<std::int64_t> find_way(
    std::int64_t start, std::int64_t goal,
    const std::function<std::vector<std::int64_t>(std::int64_t)>& next);

}  // namespace tasks
