#pragma once

#include <SQLiteCpp/Database.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "servers/common/database.hpp"
#include "servers/common/intents.hpp"
#include "servers/common/journal_table.hpp"

namespace common {

/// The inside of a Database, which the journal works on too; nobody else includes this.
struct DatabaseParts {
  DatabaseParts(DatabaseSpec what, const Times& clock);

  /// One change, with its steps outside the database and, of an undo, the change it takes back.
  struct Change {
    const Write& write;
    Steps steps{};
    std::optional<std::int64_t> undoes{};
  };
  /// `work` and what belongs to it in one transaction, as Database::write says.
  void change(const Change& change, const std::function<void()>& work);
  /// `work` on one snapshot.
  void read(const std::function<void()>& work);
  /// Reverts the effects of intents that nobody holds.
  void settle();
  /// Throws what taking these steps would; changes nothing.
  void check(const Steps& steps) const;

  std::string change_id(std::int64_t id) const { return spec.name + "-" + std::to_string(id); }

  DatabaseSpec spec;
  const Times& times;
  SQLite::Database sqlite;
  Intents intents;
  JournalTable journal;
  Outside* outside{};
  bool inside{};          ///< A transaction is running.
  std::string summary{};  ///< Of the running change.

 private:
  std::chrono::steady_clock::time_point busy_since{};  ///< Since when the lock is waited for.

  void migrate();
  void perform(const Change& change, const std::function<void()>& work);
  void transact(const Change& change, std::optional<std::int64_t> intent,
                const std::function<void()>& work);
  std::optional<std::int64_t> enter(const Change& change, std::string changeset);
  void upkeep(const std::function<void()>& work);
  std::vector<std::string> prune(const Change& change);
  void forget(const std::vector<std::string>& effects);
  void take(const Steps& steps, std::size_t& begun);
  void take_back(const Steps& steps, std::size_t begun);
};

}  // namespace common
