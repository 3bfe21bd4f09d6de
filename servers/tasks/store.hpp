#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "servers/common/database.hpp"
#include "servers/common/statements.hpp"
#include "servers/common/times.hpp"
#include "servers/tasks/listing.hpp"
#include "servers/tasks/record.hpp"
#include "servers/tasks/table.hpp"

namespace tasks {

/// A task to be added, with what it waits for: ids of tasks that there are, or "#2" for the second
/// of the same call.
struct NewRecord {
  Record task{};
  std::vector<std::string> depends_on{};
};

/// What to do to each named task.
struct Edit {
  std::string_view verb{};  ///< For the journal: "Completed".
  std::function<void(Record&)> change{};
  std::vector<std::string> depends_on{};  ///< Ids; replaces the list unless it is empty.
  bool independent{};                     ///< The list becomes empty.
};

/// What an edit came to.
struct Edited {
  std::vector<Task> tasks{};             ///< The named ones, each once, in the order of the ids.
  std::vector<Task> next{};              ///< Of repeating ones that it completed.
  std::vector<std::string> unblocked{};  ///< Unfinished tasks that wait for nothing any more.
};

/// The tasks of one user in SQLite. A change is all or nothing: what is wrong with its ids is a
/// mcp::ToolError that names all of it, and then nothing has changed.
class Store final {
 public:
  Store(const std::filesystem::path& file, const common::Times& times);

  common::Database& database() { return database_; }

  /// Returns the tasks as they are now stored, in the order given. Refuses tasks that would wait
  /// for each other, naming the chain.
  std::vector<Task> add(std::vector<NewRecord> tasks, common::Write write);
  /// A repeating task that becomes done hands its repetition on to a new task.
  Edited update(const std::vector<std::string>& ids, const Edit& edit, common::Write write);
  /// Returns the tasks as they were; those that waited for them do not any more.
  std::vector<Task> remove(const std::vector<std::string>& ids, common::Write write);

  /// Those that exist, in the order of `ids`, each once.
  std::vector<Record> find(const std::vector<std::string>& ids);
  /// One page of what fits the filter, and how many there are in all.
  Listed list(const Filter& filter, const Wanted& wanted);
  /// Gets a task as Table::for_each_brief reads it, and a way to read all of it.
  using Visit = std::function<void(const Record& brief, const std::function<Record()>& whole)>;
  /// All unfinished tasks of a project and of those whose name or address has the words; empty: of
  /// all. In the order of their making.
  void for_each_unfinished(const std::string& project, const std::string& assignee,
                           const Visit& visit);
  /// Done tasks that were completed since then, in the order of their completion, as
  /// Table::for_each_brief reads them.
  std::vector<Record> completed_since(std::chrono::sys_seconds start);

 private:
  Table table(SQLite::Database& sqlite) { return {sqlite, statements_}; }
  /// Works out what a task can be found by, for those that an older version stored.
  void read_anew();
  std::vector<Task> rows_of(const std::vector<Record>& tasks) const;

  common::Database database_;
  const common::Times& times_;
  common::Statements statements_;
};

}  // namespace tasks
