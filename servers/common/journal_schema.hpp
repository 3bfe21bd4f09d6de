#pragma once

#include <string_view>

namespace common {

/// The first migration of every database that has a journal.
inline constexpr std::string_view kJournalSchema = R"sql(
CREATE TABLE journal_changes(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,               -- Unix seconds
  actor TEXT NOT NULL,               -- the client's name
  tool TEXT NOT NULL,
  summary TEXT NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0,
  undoes INTEGER,                    -- the change that this one took back
  effects BLOB NOT NULL,             -- steps outside the database, each ended by a NUL
  reverted INTEGER NOT NULL,         -- 1: those steps were taken back rather than done
  changeset BLOB NOT NULL);
CREATE INDEX journal_standing ON journal_changes(actor, id) WHERE undone = 0 AND undoes IS NULL;
CREATE TABLE journal_intents(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  effects BLOB NOT NULL,
  reverted INTEGER NOT NULL);
)sql";

}  // namespace common
