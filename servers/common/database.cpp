#include "servers/common/database.hpp"

#include <SQLiteCpp/Exception.h>
#include <spdlog/spdlog.h>
#include <sqlite3.h>

#include <cassert>
#include <chrono>
#include <thread>

#include "servers/common/changeset.hpp"
#include "servers/common/database_parts.hpp"
#include "servers/common/folders.hpp"
#include "servers/common/journal.hpp"
#include "servers/common/times.hpp"
#include "servers/common/transaction_hooks.hpp"

namespace common {
namespace {

/// How long a writer waits for another process's transaction.
constexpr auto kBusyTimeout = std::chrono::seconds(10);

/// Whether to try again for the lock that somebody else holds. SQLite's own handler soon waits 100
/// ms between two looks, and then a writer among others that write all the time can starve: the
/// lock is free for less than a millisecond at a time.
int wait_a_little(void* started, int looks) {
  constexpr int kLongestMilliseconds = 8;
  using Clock = std::chrono::steady_clock;
  auto& start = *static_cast<Clock::time_point*>(started);
  if (looks == 0) start = Clock::now();
  if (Clock::now() - start >= kBusyTimeout) return 0;
  std::this_thread::sleep_for(std::chrono::milliseconds(1 + looks % kLongestMilliseconds));
  return 1;
}

/// What a person or a model can do about an error of SQLite's, or nothing where it is a bug.
std::optional<std::string> remedy(int code) {
  switch (code) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "is busy: another program has been writing to it for " +
             std::to_string(kBusyTimeout.count()) + " seconds. Try again.";
    case SQLITE_FULL:
      return "cannot grow: its disk is full. Free some space, then try again.";
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return "cannot be written. Check that the file and its folder belong to you and are "
             "writable, "
             "or name another folder with --data.";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return "is damaged. Put a backup in its place, or move it away to begin anew.";
    case SQLITE_IOERR:
      return "cannot be read or written: the disk reports an error. Check the disk, then try "
             "again.";
    default:
      return std::nullopt;
  }
}

/// Runs `work`; SQLite's errors leave as words.
template <class Work>
auto in_words(const std::filesystem::path& file, Work&& work) {
  try {
    return work();
  } catch (const SQLite::Exception& error) {
    const std::optional<std::string> words = remedy(error.getErrorCode() & 0xff);
    if (!words) throw;
    spdlog::warn("{}: {}", file.string(), error.what());
    throw mcp::ToolError("Nothing was changed: " + file.string() + " " + *words);
  }
}

/// The only place where transactions begin. Rolled back unless committed.
class Transaction final {
 public:
  enum class Kind : std::uint8_t { Reading, Writing };

  Transaction(SQLite::Database& database, bool& inside, Kind kind)
      : database_(database), inside_(inside) {
    assert(!inside_ && "a transaction inside another");
    database_.exec(kind == Kind::Writing ? hooks::begin_writing() : "BEGIN");
    inside_ = true;
  }
  ~Transaction() {
    inside_ = false;
    // A failed COMMIT may have rolled back by itself.
    if (!committed_ && sqlite3_get_autocommit(database_.getHandle()) == 0) {
      database_.tryExec("ROLLBACK");
    }
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit() {
    hooks::report('b');
    database_.exec("COMMIT");
    committed_ = true;
    hooks::report('c');
  }

 private:
  SQLite::Database& database_;
  bool& inside_;
  bool committed_{};
};

class Opening final {
 public:
  explicit Opening(Intents& intents) : intents_(intents) { intents_.begin_opening(); }
  ~Opening() { intents_.end_opening(); }
  Opening(const Opening&) = delete;
  Opening& operator=(const Opening&) = delete;

 private:
  Intents& intents_;
};

const std::filesystem::path& prepared(const std::filesystem::path& file) {
  make_private_folder(file.parent_path());
  make_private_file(file);
  return file;
}

}  // namespace

DatabaseParts::DatabaseParts(DatabaseSpec what, const Times& clock)
    : spec(std::move(what)),
      times(clock),
      sqlite(prepared(spec.file).string(), SQLite::OPEN_READWRITE),
      intents(sqlite, spec.file.string() + "-lock"),
      journal(sqlite) {
  sqlite3_busy_handler(sqlite.getHandle(), &wait_a_little, &busy_since);
  if (spec.functions) spec.functions(sqlite);
  const Opening opening(intents);  // turning WAL on does not wait for others who do the same
  sqlite.exec("PRAGMA journal_mode = WAL");
  sqlite.exec("PRAGMA synchronous = FULL");
  sqlite.exec("PRAGMA foreign_keys = ON");
  migrate();
}

void DatabaseParts::migrate() {
  const auto known = static_cast<int>(spec.migrations.size());
  const int version = sqlite.execAndGet("PRAGMA user_version").getInt();
  if (version > known) {
    throw mcp::ToolError(spec.file.string() +
                         " was made by a newer version of this program (schema " +
                         std::to_string(version) + ", this one knows " + std::to_string(known) +
                         "). Update the program, or name another folder with --data.");
  }
  for (int done = version; done < known; ++done) {
    Transaction transaction(sqlite, inside, Transaction::Kind::Writing);
    sqlite.exec(std::string(spec.migrations[static_cast<std::size_t>(done)]));
    sqlite.exec("PRAGMA user_version = " + std::to_string(done + 1));
    transaction.commit();
  }
}

void DatabaseParts::read(const std::function<void()>& work) {
  in_words(spec.file, [&] {
    const Transaction transaction(sqlite, inside, Transaction::Kind::Reading);
    work();
    assert(sqlite3_txn_state(sqlite.getHandle(), "main") != SQLITE_TXN_WRITE);
  });
}

void DatabaseParts::change(const Change& change, const std::function<void()>& work) {
  in_words(spec.file, [&] {
    if (change.write.dry_run || change.steps.effects.empty()) {
      transact(change, std::nullopt, work);
    } else {
      perform(change, work);
    }
  });
}

/// Intent, effects, then the change itself, whose transaction also takes the intent away. If taking
/// the effects back fails as well, the intent stays, for the next start to settle.
void DatabaseParts::perform(const Change& change, const std::function<void()>& work) {
  assert(outside != nullptr && "effects without Database::attach");
  std::int64_t intent = 0;
  upkeep([&] { intent = intents.begin(change.steps); });
  std::size_t begun = 0;
  try {
    take(change.steps, begun);
    transact(change, intent, work);
  } catch (...) {
    take_back(change.steps, begun);
    upkeep([&] { intents.finish(intent); });
    if (!change.undoes) forget(change.steps.effects);
    throw;
  }
}

void DatabaseParts::transact(const Change& change, std::optional<std::int64_t> intent,
                             const std::function<void()>& work) {
  Transaction transaction(sqlite, inside, Transaction::Kind::Writing);
  summary = change.write.summary;
  const ChangeRecorder recorder(sqlite.getHandle(), spec.journaled);
  work();
  if (change.write.dry_run) return;

  const std::optional<std::int64_t> entry = enter(change, recorder.changeset());
  std::vector<std::string> past_undoing;
  if (entry) past_undoing = prune(change);
  if (intent) intents.finish(*intent);
  transaction.commit();

  if (entry) change.write.call->set_change_id(change_id(*entry));
  forget(past_undoing);
}

std::vector<std::string> DatabaseParts::prune(const Change& change) {
  constexpr std::int64_t kHeavy = 1024 * 1024;
  JournalTable::Pruning pruning{.now = times.now().at.time_since_epoch().count()};
  if (outside != nullptr) {
    std::int64_t kept = 0;
    for (const std::string& effect : change.steps.effects) kept += outside->kept_bytes(effect);
    pruning.at_once = kept > kHeavy;
    pruning.kept_outside = [&](const std::string& effect) { return outside->kept_bytes(effect); };
  }
  return journal.prune(pruning);
}

void DatabaseParts::forget(const std::vector<std::string>& effects) {
  if (outside == nullptr) return;
  for (const std::string& effect : effects) outside->forget(effect);
}

/// The change as a row of the journal; upkeep and changes that changed nothing have none.
std::optional<std::int64_t> DatabaseParts::enter(const Change& change, std::string changeset) {
  const mcp::Call* call = change.write.call;
  if (call == nullptr) return std::nullopt;
  if (changeset.empty() && change.steps.effects.empty()) return std::nullopt;
  return journal.insert({.at = times.now().at.time_since_epoch().count(),
                         .actor = call->actor(),
                         .tool = call->tool(),
                         .summary = summary,
                         .undoes = change.undoes,
                         .steps = change.steps,
                         .changeset = std::move(changeset)});
}

void DatabaseParts::upkeep(const std::function<void()>& work) {
  Transaction transaction(sqlite, inside, Transaction::Kind::Writing);
  work();
  transaction.commit();
}

/// Counts in `begun` what it took, a step that failed included.
void DatabaseParts::take(const Steps& steps, std::size_t& begun) {
  while (begun < steps.effects.size()) {
    const std::size_t at = begun++;
    if (steps.direction == Direction::Apply) {
      outside->apply(steps.effects[at]);
    } else {
      outside->revert(steps.effects[steps.effects.size() - 1 - at]);
    }
  }
}

/// The last one first. What was never begun is left alone: it may be as it is by somebody else's
/// doing.
void DatabaseParts::take_back(const Steps& steps, std::size_t begun) {
  while (begun > 0) {
    const std::size_t at = --begun;
    if (steps.direction == Direction::Apply) {
      outside->revert(steps.effects[at]);
    } else {
      outside->apply(steps.effects[steps.effects.size() - 1 - at]);
    }
  }
}

void DatabaseParts::check(const Steps& steps) const {
  for (const std::string& effect : steps.effects) outside->check(effect, steps.direction);
}

void DatabaseParts::settle() {
  in_words(spec.file, [&] {
    std::vector<Intents::Abandoned> abandoned;
    upkeep([&] { abandoned = intents.take_abandoned(); });
    for (const Intents::Abandoned& intent : abandoned) {
      try {
        take_back(intent.steps, intent.steps.effects.size());
        bool is_known = false;  // of an undo or a redo, whose before-images stay
        upkeep([&] {
          intents.finish(intent.id);
          is_known = journal.holds(intent.steps.effects);
        });
        if (!is_known) forget(intent.steps.effects);
      } catch (const mcp::ToolError& error) {  // it stays, and the next start tries again, which
        intents.let_go(intent.id);             // may be another server's, with other folders
        spdlog::error("{}: a change that was cut off cannot be taken back: {}", spec.file.string(),
                      error.what());
      }
    }
  });
}

Database::Database(DatabaseSpec spec, const Times& times) {
  const std::filesystem::path file = spec.file;
  in_words(file, [&] { parts_ = std::make_unique<DatabaseParts>(std::move(spec), times); });
}

Database::~Database() = default;

void Database::summarize(std::string summary) {
  assert(parts_->inside && "only inside write()");
  parts_->summary = std::move(summary);
}

void Database::attach(Outside& outside) {
  parts_->outside = &outside;
  parts_->settle();
}

SQLite::Database& Database::connection() {
  return parts_->sqlite;
}

void Database::run_read(const std::function<void()>& work) {
  parts_->read(work);
}

void Database::run_write(const Write& write, const std::function<void()>& work) {
  parts_->change({.write = write, .steps = {.effects = write.effects}}, work);
}

}  // namespace common
