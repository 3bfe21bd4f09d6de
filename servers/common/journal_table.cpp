#include "servers/common/journal_table.hpp"

#include <SQLiteCpp/Statement.h>

#include <algorithm>
#include <set>

namespace common {
namespace {

constexpr std::int64_t kKeptSeconds = 30LL * 24 * 60 * 60;
constexpr std::int64_t kKeptBytes = 256LL * 1024 * 1024;
/// Pruning reads the sizes of all rows, so it waits until this many have come.
constexpr std::int64_t kPruneEvery = 64;

constexpr const char* kColumns =
    "SELECT id, at, actor, tool, summary, undone, undoes, effects, reverted, changeset "
    "FROM journal_changes ";

void bind_blob(SQLite::Statement& statement, int index, const std::string& blob) {
  statement.bind(index, blob.data(), static_cast<int>(blob.size()));
}

JournalEntry entry_of(SQLite::Statement& row) {
  JournalEntry entry{
      .id = row.getColumn(0).getInt64(),
      .at = row.getColumn(1).getInt64(),
      .actor = row.getColumn(2).getString(),
      .tool = row.getColumn(3).getString(),
      .summary = row.getColumn(4).getString(),
      .undone = row.getColumn(5).getInt() != 0,
      .steps = {.effects = unpacked(row.getColumn(7).getString()),
                .direction = row.getColumn(8).getInt() != 0 ? Direction::Revert : Direction::Apply},
      .changeset = row.getColumn(9).getString()};
  if (!row.getColumn(6).isNull()) entry.undoes = row.getColumn(6).getInt64();
  return entry;
}

bool touches(const std::set<RowName>& rows, const Conflicts& conflicts) {
  return std::ranges::any_of(rows, [&](const RowName& row) {
    return conflicts.rows.contains(row) || conflicts.tables.contains(row.table);
  });
}

}  // namespace

std::int64_t JournalTable::insert(const JournalEntry& entry) {
  SQLite::Statement insert(
      database_,
      "INSERT INTO journal_changes(at, actor, tool, summary, undoes, effects, reverted, changeset) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  insert.bind(1, entry.at);
  insert.bind(2, entry.actor);
  insert.bind(3, entry.tool);
  insert.bind(4, entry.summary);
  if (entry.undoes) insert.bind(5, *entry.undoes);
  bind_blob(insert, 6, packed(entry.steps.effects));
  insert.bind(7, entry.steps.direction == Direction::Revert ? 1 : 0);
  bind_blob(insert, 8, entry.changeset);
  insert.exec();
  return database_.getLastInsertRowid();
}

std::optional<JournalEntry> JournalTable::find(std::int64_t id) const {
  SQLite::Statement row(database_, std::string(kColumns) + "WHERE id = ?");
  row.bind(1, id);
  return row.executeStep() ? std::optional(entry_of(row)) : std::nullopt;
}

std::optional<JournalEntry> JournalTable::find_last(std::string_view actor) const {
  SQLite::Statement row(database_, std::string(kColumns) +
                                       "WHERE actor = ? AND undone = 0 AND undoes IS NULL "
                                       "ORDER BY id DESC LIMIT 1");
  row.bind(1, std::string(actor));
  return row.executeStep() ? std::optional(entry_of(row)) : std::nullopt;
}

std::int64_t JournalTable::count_standing(std::string_view actor) const {
  SQLite::Statement row(database_,
                        "SELECT count(*) FROM journal_changes "
                        "WHERE actor = ? AND undone = 0 AND undoes IS NULL");
  row.bind(1, std::string(actor));
  row.executeStep();
  return row.getColumn(0).getInt64();
}

std::optional<JournalEntry> JournalTable::find_later(std::int64_t id,
                                                     const Conflicts& conflicts) const {
  SQLite::Statement row(database_, std::string(kColumns) + "WHERE id > ? ORDER BY id DESC");
  row.bind(1, id);
  while (row.executeStep()) {
    JournalEntry entry = entry_of(row);
    if (touches(rows_of(entry.changeset), conflicts)) return entry;
  }
  return std::nullopt;
}

std::optional<JournalEntry> JournalTable::find_later_standing(
    std::int64_t id,
    const std::function<bool(const std::vector<std::string>& effects)>& is_true) const {
  SQLite::Statement row(database_, std::string(kColumns) +
                                       "WHERE id > ? AND undone = 0 AND undoes IS NULL "
                                       "AND length(effects) > 0 ORDER BY id DESC");
  row.bind(1, id);
  while (row.executeStep()) {
    JournalEntry entry = entry_of(row);
    if (is_true(entry.steps.effects)) return entry;
  }
  return std::nullopt;
}

bool JournalTable::holds(const std::vector<std::string>& effects) const {
  SQLite::Statement row(database_, "SELECT 1 FROM journal_changes WHERE effects = ? LIMIT 1");
  bind_blob(row, 1, packed(effects));
  return row.executeStep();
}

void JournalTable::mark_undone(std::int64_t id) {
  bool undone = true;
  for (std::optional<std::int64_t> next = id; next; undone = !undone) {
    SQLite::Statement mark(database_, "UPDATE journal_changes SET undone = ? WHERE id = ?");
    mark.bind(1, undone ? 1 : 0);
    mark.bind(2, *next);
    mark.exec();
    const std::optional<JournalEntry> entry = find(*next);
    next = entry ? entry->undoes : std::nullopt;
  }
}

std::vector<std::string> JournalTable::prune(const Pruning& pruning) {
  SQLite::Statement rows(database_,
                         "SELECT id, at, length(changeset), effects, undoes IS NULL "
                         "FROM journal_changes ORDER BY id DESC");
  std::int64_t bytes = 0;
  for (bool newest = true; rows.executeStep(); newest = false) {
    const std::int64_t id = rows.getColumn(0).getInt64();
    if (newest && id % kPruneEvery != 0 && !pruning.at_once) return {};
    bytes += rows.getColumn(2).getInt64();
    if (pruning.kept_outside && rows.getColumn(4).getInt() != 0) {
      for (const std::string& effect : unpacked(rows.getColumn(3).getString())) {
        bytes += pruning.kept_outside(effect);
      }
    }
    const bool too_old = rows.getColumn(1).getInt64() < pruning.now - kKeptSeconds;
    if (!newest && (too_old || bytes > kKeptBytes)) return drop_up_to(id);
  }
  return {};
}

std::vector<std::string> JournalTable::drop_up_to(std::int64_t id) {
  std::vector<std::string> forgotten;
  SQLite::Statement effects(database_,
                            "SELECT effects FROM journal_changes WHERE id <= ? AND undoes IS NULL");
  effects.bind(1, id);
  while (effects.executeStep()) {
    const std::vector<std::string> more = unpacked(effects.getColumn(0).getString());
    forgotten.insert(forgotten.end(), more.begin(), more.end());
  }
  // An undo goes with what it took back: redoing it would need the same before-images.
  SQLite::Statement drop(
      database_,
      "WITH RECURSIVE gone(id) AS (SELECT id FROM journal_changes WHERE id <= ?1 "
      "UNION SELECT undo.id FROM journal_changes AS undo, gone "
      "WHERE undo.undoes = gone.id) "
      "DELETE FROM journal_changes WHERE id IN (SELECT id FROM gone)");
  drop.bind(1, id);
  drop.exec();
  return forgotten;
}

}  // namespace common
