#pragma once

#include <array>
#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/mcp/handler.hpp"
#include "servers/common/clock.hpp"
#include "servers/common/database.hpp"
#include "servers/common/icalendar/zones.hpp"
#include "servers/common/journal_schema.hpp"
#include "servers/common/times.hpp"
#include "tests/temp_folder.hpp"
#include "tests/unit/servers_common/hand_clock.hpp"
#include "tests/unit/servers_common/write_file.hpp"

namespace test {

inline constexpr auto kNotesMigrations = std::to_array<std::string_view>({common::kJournalSchema,
                                                                          R"sql(
CREATE TABLE notes(id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL, color TEXT);
CREATE TABLE labels(note INTEGER NOT NULL REFERENCES notes(id), label TEXT NOT NULL,
                    PRIMARY KEY(note, label)) WITHOUT ROWID;
CREATE VIRTUAL TABLE notes_words USING fts5(text, content='');
CREATE TRIGGER notes_added AFTER INSERT ON notes BEGIN
  INSERT INTO notes_words(rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER notes_removed AFTER DELETE ON notes BEGIN
  INSERT INTO notes_words(notes_words, rowid, text) VALUES ('delete', old.id, old.text);
END;
CREATE TRIGGER notes_changed AFTER UPDATE OF text ON notes BEGIN
  INSERT INTO notes_words(notes_words, rowid, text) VALUES ('delete', old.id, old.text);
  INSERT INTO notes_words(rowid, text) VALUES (new.id, new.text);
END;
)sql"});
inline constexpr auto kNotesJournaled = std::to_array<std::string_view>({"notes", "labels"});

inline common::DatabaseSpec notes_spec(const std::filesystem::path& file) {
  return {
      .name = "notes", .file = file, .migrations = kNotesMigrations, .journaled = kNotesJournaled};
}

/// A small store as a server would have, in the hands of one client.
class Notes final {
 public:
  Notes(const std::filesystem::path& file, const common::Times& times, std::string actor)
      : database(notes_spec(file), times), actor_(std::move(actor)) {}

  /// Runs one statement as one change of this client's. Returns the change id.
  std::string run(const std::string& sql, std::string summary = "ran", bool dry_run = false,
                  std::vector<std::string> effects = {}) {
    mcp::Call call("run_sql", actor_);
    database.write({.call = &call,
                    .summary = std::move(summary),
                    .dry_run = dry_run,
                    .effects = std::move(effects)},
                   [&](SQLite::Database& sqlite) { sqlite.exec(sql); });
    return call.change_id();
  }

  /// The rows of a query, columns apart by '|', rows by '\n'.
  std::string rows(const std::string& sql) {
    return database.read([&](SQLite::Database& sqlite) {
      std::string text;
      SQLite::Statement row(sqlite, sql);
      while (row.executeStep()) {
        for (int column = 0; column < row.getColumnCount(); ++column) {
          text += (column == 0 ? "" : "|") + row.getColumn(column).getString();
        }
        text += '\n';
      }
      return text;
    });
  }
  std::string notes() { return rows("SELECT id, text, color FROM notes ORDER BY id"); }
  std::string found(const std::string& word) {
    return rows("SELECT rowid FROM notes_words WHERE notes_words MATCH '" + word + "' ORDER BY 1");
  }
  const std::string& actor() const { return actor_; }

  common::Database database;

 private:
  std::string actor_;
};

/// What the tests of databases share: a folder, a clock at Mon 2026-03-16 09:00 in Warsaw.
struct NotesWorld {
  TempFolder folder{};
  HandClock clock{};
  common::Times times{clock, *common::Zone::find("Europe/Warsaw")};
  std::filesystem::path file{folder / "notes/notes.db"};
};

}  // namespace test
