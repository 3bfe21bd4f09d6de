#include "host/trust/store.hpp"

#include <array>
#include <string_view>

#include "servers/common/journal_schema.hpp"

namespace host {

namespace {

constexpr std::string_view kTables = R"sql(
CREATE TABLE cards (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  state TEXT NOT NULL,
  actor TEXT NOT NULL,
  server TEXT NOT NULL,
  tool TEXT NOT NULL,
  arguments TEXT NOT NULL,
  action_class TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  reason TEXT NOT NULL,
  preview TEXT NOT NULL,
  preview_sha256 TEXT NOT NULL,
  created TEXT NOT NULL,
  decided TEXT NOT NULL DEFAULT '',
  result TEXT NOT NULL DEFAULT '',
  change_id TEXT NOT NULL DEFAULT ''
);
CREATE TABLE deeds (
  key TEXT PRIMARY KEY,
  about TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  server TEXT NOT NULL,
  reason TEXT NOT NULL,
  change_id TEXT NOT NULL,
  card INTEGER,
  made TEXT NOT NULL,
  text TEXT NOT NULL,
  title TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX deeds_by_card ON deeds (card);
CREATE INDEX deeds_by_change ON deeds (change_id);
CREATE TABLE changes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  server TEXT NOT NULL,
  change_id TEXT NOT NULL,
  at TEXT NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE lessons (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  about TEXT,
  answer TEXT NOT NULL,
  at TEXT NOT NULL
);
)sql";

const std::array<std::string_view, 2>& migrations() {
  static const std::array<std::string_view, 2> scripts{common::kJournalSchema, kTables};
  return scripts;
}

}  // namespace

Store::Store(const std::filesystem::path& folder, const common::Times& times)
    : times_(times),
      database_({.name = "host", .file = folder / "host.db", .migrations = migrations()}, times) {}

std::string Store::now() const {
  return common::to_string(times_.now());
}

}  // namespace host
