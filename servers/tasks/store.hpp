#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "servers/common/database.hpp"
#include "servers/common/times.hpp"
#include "servers/tasks/record.hpp"

namespace tasks {

/// Which tasks; every member that is set must fit.
struct Filter {
  std::string query{};           ///< Words in title or notes.
  std::vector<Status> status{};  ///< Any of these; empty: all that are not finished.
  std::string project{};
  std::string assignee{};           ///< Words of the name or address.
  std::vector<std::string> tags{};  ///< All of these.
  common::Range due{};
  bool overdue{};
};

/// The tasks of one user in SQLite. A change is all or nothing: an id that is not there is a
/// mcp::ToolError that names every such id, and then nothing has changed.
class Store final {
 public:
  Store(const std::filesystem::path& file, const common::Times& times);

  common::Database& database() { return database_; }

  /// Returns the tasks as they are now stored, in the order given.
  std::vector<Task> add(std::vector<Record> tasks, common::Write write);
  /// Runs `edit` on each named task. `verb` is for the journal: "Completed".
  std::vector<Task> update(const std::vector<std::string>& ids, std::string_view verb,
                           const std::function<void(Record&)>& edit, common::Write write);
  /// Returns the tasks as they were.
  std::vector<Task> remove(const std::vector<std::string>& ids, common::Write write);

  /// Those that exist, in the order of `ids`, each once.
  std::vector<Record> find(const std::vector<std::string>& ids);
  /// In order of their ids, which is that of their making.
  std::vector<Record> list(const Filter& filter);
  /// Done tasks that were completed since then, in the order of their completion.
  std::vector<Record> completed_since(std::chrono::sys_seconds start);

 private:
  bool fits(const Record& task, const Filter& filter) const;
  std::vector<Task> rows_of(const std::vector<Record>& tasks) const;

  common::Database database_;
  const common::Times& times_;
};

}  // namespace tasks
