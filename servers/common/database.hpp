#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "protocol/mcp/handler.hpp"

namespace common {

struct DatabaseParts;
class Outside;
class Times;

/// What the database of one server is made of.
struct DatabaseSpec {
  /// The server's name: change ids begin with it ("tasks-12"), so that they differ between servers.
  std::string name{};
  std::filesystem::path
      file{};  ///< Its folder is made (0700) where it is missing; the file is 0600.
  /// Scripts, each run once, in order; PRAGMA user_version counts those that were. The first one is
  /// common::kJournalSchema (journal_schema.hpp). Append, never edit: a database in use has run the
  /// old ones.
  std::span<const std::string_view> migrations{};
  /// Tables whose changes are kept in the journal and can be undone. Each has a PRIMARY KEY that is
  /// never reused (AUTOINCREMENT). FTS tables stay out: triggers of these tables keep them in step.
  /// Rows that hang on another row are deleted by the store, not by ON DELETE CASCADE: what a
  /// change does must not depend on the order in which undo replays it.
  std::span<const std::string_view> journaled{};
  /// Gives a connection the SQL functions that migrations, triggers and queries call; none if
  /// empty. What a trigger calls is part of the schema: it keeps its name, and what it returns.
  std::function<void(SQLite::Database&)> functions{};
};

/// One change, as the journal keeps it.
struct Write {
  mcp::Call* call{};  ///< Whose change it is; gets the change id. Null: upkeep (an index brought in
                      ///< step with what it mirrors), which is neither journaled nor undoable.
  /// For people: "Added 2 tasks: t4, t5". Ids rather than titles, which may be words of others.
  std::string summary{};
  bool dry_run{};  ///< Do everything, report it, keep nothing.
  /// What the change does outside the database, in order, in the words of Database::attach's
  /// Outside.
  std::vector<std::string> effects{};
};

/// The one place that opens databases and begins transactions. WAL, synchronous=FULL, foreign keys
/// on. One object belongs to one thread; several processes and threads may each have their own on
/// the same file. What SQLite cannot do (busy, full, read-only, damaged, made by a newer version)
/// becomes a mcp::ToolError that says what to do.
class Database final {
 public:
  /// Opens or makes the file and brings its schema up to date; several processes may do so at once.
  Database(DatabaseSpec spec, const Times& times);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Runs `work(SQLite::Database&)` on one snapshot, returns what it returns. It must not write.
  template <class Work>
  auto read(Work&& work) -> std::invoke_result_t<Work&, SQLite::Database&> {
    return returned([&](const std::function<void()>& body) { run_read(body); }, work);
  }

  /// Runs `work(SQLite::Database&)` in one BEGIN IMMEDIATE transaction, which is durable once this
  /// returns. If `work` throws, nothing has changed. A change that changed nothing gets no change
  /// id. Effects outside are done first, under an intent that a later start settles if this process
  /// dies; a failure after them reverts them.
  template <class Work>
  auto write(const Write& write, Work&& work) -> std::invoke_result_t<Work&, SQLite::Database&> {
    return returned([&](const std::function<void()>& body) { run_write(write, body); }, work);
  }

  /// Inside the work of write(): the summary, where it is known only then.
  void summarize(std::string summary);

  /// Names what performs the effects of this server's changes outside the database, and settles the
  /// intents that nobody holds any more: their effects are reverted (one that cannot be is logged
  /// and stays for the next start). `outside` outlives the database.
  void attach(Outside& outside);

 private:
  friend class Journal;

  template <class Run, class Work>
  auto returned(Run run, Work& work) -> std::invoke_result_t<Work&, SQLite::Database&> {
    using Result = std::invoke_result_t<Work&, SQLite::Database&>;
    if constexpr (std::is_void_v<Result>) {
      run([&] { work(connection()); });
    } else {
      std::optional<Result> result;
      run([&] { result.emplace(work(connection())); });
      return std::move(*result);
    }
  }

  SQLite::Database& connection();
  void run_read(const std::function<void()>& work);
  void run_write(const Write& write, const std::function<void()>& work);

  std::unique_ptr<DatabaseParts> parts_;
};

}  // namespace common
