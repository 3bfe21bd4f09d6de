#include "servers/memory/store.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <array>

#include "servers/common/columns.hpp"
#include "servers/common/journal_schema.hpp"
#include "servers/common/words.hpp"
#include "servers/memory/formats/profile.hpp"

namespace memory {
namespace {

constexpr auto kMigrations = std::to_array<std::string_view>({common::kJournalSchema,
                                                              R"sql(
CREATE TABLE memories(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  at TEXT NOT NULL,            -- when it happened, as answers show it
  action TEXT NOT NULL,
  outcome TEXT NOT NULL,
  feedback TEXT NOT NULL,
  tags TEXT NOT NULL,          -- one a line
  origin TEXT NOT NULL,
  untrusted INTEGER NOT NULL,
  learned INTEGER NOT NULL,    -- Unix seconds
  words TEXT NOT NULL);        -- all that it can be found by, folded
CREATE INDEX memories_learned ON memories(learned, id);
CREATE VIRTUAL TABLE memories_words USING fts5(
  words, content = 'memories', content_rowid = 'id', tokenize = 'porter unicode61');
CREATE TRIGGER memories_added AFTER INSERT ON memories BEGIN
  INSERT INTO memories_words(rowid, words) VALUES (new.id, new.words);
END;
CREATE TRIGGER memories_removed AFTER DELETE ON memories BEGIN
  INSERT INTO memories_words(memories_words, rowid, words) VALUES ('delete', old.id, old.words);
END;
CREATE TRIGGER memories_changed AFTER UPDATE ON memories BEGIN
  INSERT INTO memories_words(memories_words, rowid, words) VALUES ('delete', old.id, old.words);
  INSERT INTO memories_words(rowid, words) VALUES (new.id, new.words);
END;
CREATE TABLE profile(
  key TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL,         -- JSON
  origin TEXT NOT NULL,
  untrusted INTEGER NOT NULL,
  learned INTEGER NOT NULL);
CREATE TABLE profile_versions(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL,
  value TEXT,                  -- NULL: the key was removed
  origin TEXT NOT NULL,
  learned INTEGER NOT NULL);
CREATE INDEX profile_versions_key ON profile_versions(key, id);
)sql"});

constexpr auto kJournaled =
    std::to_array<std::string_view>({"memories", "profile", "profile_versions"});

constexpr std::string_view kSelect =
    "SELECT m.id, m.kind, m.text, m.at, m.action, m.outcome, m.feedback, m.tags, m.origin, "
    "m.untrusted, m.learned FROM memories m ";

std::optional<common::Json> json_in(const SQLite::Column& column) {
  if (column.isNull()) return std::nullopt;
  return common::Json{column.getString()};
}

Record record_at(SQLite::Statement& row) {
  int column = 0;
  const auto next = [&] { return row.getColumn(column++); };
  const auto text = [&] { return next().getString(); };
  return {.number = next().getInt64(),
          .kind = common::value_of<Kind>(tables::kKind, text()),
          .text = text(),
          .at = *common::time_in(next()),
          .action = text(),
          .outcome = common::value_of<Outcome>(tables::kOutcome, text()),
          .feedback = text(),
          .tags = common::items_of(text()),
          .origin = text(),
          .untrusted = next().getInt() != 0,
          .learned = common::instant_in(next())};
}

std::vector<Record> records(SQLite::Statement& rows) {
  std::vector<Record> found;
  while (rows.executeStep()) found.push_back(record_at(rows));
  return found;
}

std::string words_in(const Record& record) {
  std::string action = record.action;
  std::ranges::replace(action, '_', ' ');
  return common::folded(record.text + "\n" + action + "\n" + record.feedback + "\n" +
                        common::lines_of(record.tags));
}

/// An FTS5 query for any of the words that a text is about; empty if there are none.
std::string any_word_of(std::string_view text) {
  std::vector<std::string> words = common::words_of(text);
  std::ranges::sort(words);
  words.erase(std::unique(words.begin(), words.end()), words.end());
  std::string query;
  for (const std::string& word : words) {
    if (common::content_stems(word).empty()) continue;
    query += (query.empty() ? "\"" : " OR \"") + word + "\"";
  }
  return query;
}

/// The WHERE of a filter, and the values of its parameters.
class Where final {
 public:
  Where(const Filter& filter, const std::optional<Place>& after) : filter_(filter), after_(after) {
    if (!filter.kinds.empty()) {
      std::string list;
      for (const Kind kind : filter.kinds) {
        list += (list.empty() ? "'" : ", '") + common::name_of(tables::kKind, kind) + "'";
      }
      add("m.kind IN (" + list + ")");
    }
    if (!filter.origin.empty()) add("m.origin = :origin");
    if (filter.learned.from) add("m.learned >= :start");
    if (filter.learned.to) add("m.learned < :end");
    if (after) add("(m.learned, m.id) < (:learned, :id)");
  }

  const std::string& sql() const { return sql_; }

  void bind(SQLite::Statement& statement) const {
    if (!filter_.origin.empty()) statement.bind(":origin", filter_.origin);
    if (filter_.learned.from) statement.bind(":start", common::seconds_of(*filter_.learned.from));
    if (filter_.learned.to) statement.bind(":end", common::seconds_of(*filter_.learned.to));
    if (!after_) return;
    statement.bind(":learned", common::seconds_of(after_->learned));
    statement.bind(":id", after_->number);
  }

 private:
  void add(std::string_view condition) {
    sql_ += sql_.empty() ? "WHERE " : "AND ";
    sql_ += condition;
    sql_ += " ";
  }

  const Filter& filter_;
  const std::optional<Place>& after_;
  std::string sql_;
};

std::optional<common::Json> value_at(SQLite::Database& sqlite, const std::string& key) {
  SQLite::Statement row(sqlite, "SELECT value FROM profile WHERE key = ?");
  row.bind(1, key);
  return row.executeStep() ? json_in(row.getColumn(0)) : std::nullopt;
}

void apply(SQLite::Database& sqlite, const Edit& edit, const Source& source, std::int64_t learned) {
  SQLite::Statement version(
      sqlite, "INSERT INTO profile_versions(key, value, origin, learned) VALUES (?, ?, ?, ?)");
  version.bind(1, edit.key);
  if (edit.value) version.bind(2, edit.value->text);
  version.bind(3, source.origin);
  version.bind(4, learned);
  version.exec();
  if (!edit.value) {
    SQLite::Statement remove(sqlite, "DELETE FROM profile WHERE key = ?");
    remove.bind(1, edit.key);
    remove.exec();
    return;
  }
  SQLite::Statement set(
      sqlite,
      "INSERT INTO profile(key, value, origin, untrusted, learned) VALUES (?, ?, ?, ?, ?) "
      "ON CONFLICT(key) DO UPDATE SET value = excluded.value, origin = excluded.origin, "
      "untrusted = excluded.untrusted, learned = excluded.learned");
  set.bind(1, edit.key);
  set.bind(2, edit.value->text);
  set.bind(3, source.origin);
  set.bind(4, source.untrusted ? 1 : 0);
  set.bind(5, learned);
  set.exec();
}

std::string summary_of(const std::vector<Store::Changed>& changes) {
  std::string set;
  std::string removed;
  for (const Store::Changed& change : changes) {
    std::string& list = change.edit.value ? set : removed;
    list += (list.empty() ? "" : ", ") + change.edit.key;
  }
  if (removed.empty()) return "Set " + set;
  return (set.empty() ? "" : "Set " + set + "; ") + "Removed " + removed;
}

}  // namespace

Store::Store(const std::filesystem::path& file, const common::Times& times)
    : database_(
          {.name = "memory", .file = file, .migrations = kMigrations, .journaled = kJournaled},
          times),
      times_(times) {}

std::string Store::add(Record record, common::Write write) {
  return database_.write(write, [&](SQLite::Database& sqlite) {
    SQLite::Statement insert(
        sqlite,
        "INSERT INTO memories(kind, text, at, action, outcome, feedback, tags, origin, untrusted, "
        "learned, words) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    int at = 0;
    const auto text = [&](const std::string& value) { insert.bind(++at, value); };
    text(common::name_of(tables::kKind, record.kind));
    text(record.text);
    text(common::to_string(record.at));
    text(record.action);
    text(common::name_of(tables::kOutcome, record.outcome));
    text(record.feedback);
    text(common::lines_of(record.tags));
    text(record.origin);
    insert.bind(++at, record.untrusted ? 1 : 0);
    insert.bind(++at, common::seconds_of(times_.now().at));
    text(words_in(record));
    insert.exec();
    const std::string id = id_of(sqlite.getLastInsertRowid());
    database_.summarize("Recorded " + id);
    return id;
  });
}

std::vector<Record> Store::list(const Filter& filter, const std::optional<Place>& after,
                                std::int64_t limit) {
  const Where where(filter, after);
  return database_.read([&](SQLite::Database& sqlite) {
    SQLite::Statement rows(sqlite, std::string(kSelect) + where.sql() +
                                       "ORDER BY m.learned DESC, m.id DESC LIMIT :limit");
    where.bind(rows);
    rows.bind(":limit", limit);
    return records(rows);
  });
}

std::int64_t Store::count(const Filter& filter) {
  const std::optional<Place> nowhere;
  const Where where(filter, nowhere);
  return database_.read([&](SQLite::Database& sqlite) {
    SQLite::Statement row(sqlite, "SELECT count(*) FROM memories m " + where.sql());
    where.bind(row);
    row.executeStep();
    return std::int64_t{row.getColumn(0).getInt64()};
  });
}

std::vector<Record> Store::similar(std::string_view text, std::int64_t limit) {
  const std::string query = any_word_of(text);
  if (query.empty()) return {};
  return database_.read([&](SQLite::Database& sqlite) {
    SQLite::Statement rows(sqlite, std::string(kSelect) +
                                       "JOIN memories_words ON memories_words.rowid = m.id "
                                       "WHERE memories_words MATCH ? AND m.kind = 'episode' "
                                       "ORDER BY bm25(memories_words), m.id DESC LIMIT ?");
    rows.bind(1, query);
    rows.bind(2, limit);
    return records(rows);
  });
}

std::vector<Entry> Store::profile() {
  return database_.read([&](SQLite::Database& sqlite) {
    std::vector<Entry> entries;
    SQLite::Statement row(sqlite,
                          "SELECT value, origin, untrusted, learned FROM profile WHERE key = ?");
    for (const std::string& key : keys_under("")) {
      row.bind(1, key);
      if (row.executeStep()) {
        entries.push_back({.key = key,
                           .value = {row.getColumn(0).getString()},
                           .origin = row.getColumn(1).getString(),
                           .untrusted = row.getColumn(2).getInt() != 0,
                           .learned = common::instant_in(row.getColumn(3))});
      }
      row.reset();
    }
    return entries;
  });
}

std::vector<Store::Changed> Store::edit_profile(const std::vector<Edit>& edits,
                                                const Source& source, common::Write write) {
  return database_.write(write, [&](SQLite::Database& sqlite) {
    std::vector<Changed> changes;
    for (const Edit& edit : edits) {
      std::optional<common::Json> before = value_at(sqlite, edit.key);
      if (before == edit.value) continue;
      apply(sqlite, edit, source, common::seconds_of(times_.now().at));
      changes.push_back({.edit = edit, .before = std::move(before)});
    }
    if (!changes.empty()) database_.summarize(summary_of(changes));
    return changes;
  });
}

std::vector<Version> Store::history(std::string_view key) {
  return database_.read([&](SQLite::Database& sqlite) {
    SQLite::Statement rows(
        sqlite, "SELECT value, origin, learned FROM profile_versions WHERE key = ? ORDER BY id");
    rows.bind(1, std::string(key));
    std::vector<Version> versions;
    while (rows.executeStep()) {
      versions.push_back({.value = json_in(rows.getColumn(0)),
                          .origin = rows.getColumn(1).getString(),
                          .learned = common::instant_in(rows.getColumn(2))});
    }
    return versions;
  });
}

}  // namespace memory
