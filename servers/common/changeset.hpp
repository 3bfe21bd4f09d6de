#pragma once

#include <sqlite3.h>

#include <compare>
#include <set>
#include <span>
#include <string>
#include <string_view>

/// SQLite's session extension, as far as the journal needs it. A changeset is bytes.
namespace common {

/// A row as changesets know it: its table and its primary key, printed.
struct RowName {
  std::string table{};
  std::string key{};
  friend auto operator<=>(const RowName&, const RowName&) = default;
};

/// Records what happens to the named tables on one connection while it lives.
class ChangeRecorder final {
 public:
  ChangeRecorder(sqlite3* connection, std::span<const std::string_view> tables);
  ~ChangeRecorder();
  ChangeRecorder(const ChangeRecorder&) = delete;
  ChangeRecorder& operator=(const ChangeRecorder&) = delete;

  /// Everything so far; empty if nothing came of it in the end.
  std::string changeset() const;

 private:
  sqlite3_session* session_{};
};

std::string inverse_of(std::string_view changeset);
std::set<RowName> rows_of(std::string_view changeset);

/// What stood in the way of a changeset.
struct Conflicts {
  std::set<RowName> rows{};        ///< Not as the changeset expects them.
  std::set<std::string> tables{};  ///< Rows of these would refer to rows that are gone.
  bool any() const { return !rows.empty() || !tables.empty(); }
};

/// Applies what fits, inside the caller's transaction, which the caller rolls back on any conflict.
Conflicts apply_changeset(sqlite3* connection, std::string_view changeset);

}  // namespace common
