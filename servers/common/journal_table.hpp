#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "servers/common/changeset.hpp"
#include "servers/common/intents.hpp"

namespace common {

/// A change as its row in journal_changes holds it.
struct JournalEntry {
  std::int64_t id{};
  std::int64_t at{};  ///< Unix seconds, by the server's clock.
  std::string actor{};
  std::string tool{};
  std::string summary{};
  bool undone{};
  std::optional<std::int64_t> undoes{};  ///< The change that this one took back.
  Steps steps{};
  std::string changeset{};
};

/// The rows of journal_changes; the caller brings the transaction.
class JournalTable final {
 public:
  explicit JournalTable(SQLite::Database& database) : database_(database) {}

  std::int64_t insert(const JournalEntry& entry);
  std::optional<JournalEntry> find(std::int64_t id) const;
  /// The newest change of `actor` that stands and is not itself an undo.
  std::optional<JournalEntry> find_last(std::string_view actor) const;
  std::int64_t count_standing(std::string_view actor) const;
  /// The newest change after `id` that touched one of those rows (or any row of those tables).
  std::optional<JournalEntry> find_later(std::int64_t id, const Conflicts& conflicts) const;

  /// The newest change after `id` that stands and of whose effects that is true.
  std::optional<JournalEntry> find_later_standing(
      std::int64_t id,
      const std::function<bool(const std::vector<std::string>& effects)>& is_true) const;
  /// Whether an entry has just these effects.
  bool holds(const std::vector<std::string>& effects) const;

  /// `id` no longer stands; what it had taken back does again, and so on down the chain.
  void mark_undone(std::int64_t id);

  /// Drops what is older than 30 days and the oldest beyond 256 MiB, but never the newest change;
  /// looks only now and then, unless `at_once`. `kept_outside`: the bytes that an effect takes
  /// outside. Returns the effects that are past undoing with it.
  struct Pruning {
    std::int64_t now{};
    bool at_once{};
    std::function<std::int64_t(const std::string& effect)> kept_outside{};
  };
  std::vector<std::string> prune(const Pruning& pruning);

 private:
  std::vector<std::string> drop_up_to(std::int64_t id);

  SQLite::Database& database_;
};

}  // namespace common
