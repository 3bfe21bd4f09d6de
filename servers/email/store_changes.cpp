#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <array>
#include <set>

#include "servers/email/effects.hpp"
#include "servers/email/index_rows.hpp"
#include "servers/email/store.hpp"

namespace email {
namespace {

struct Letter {
  Flag flag;
  char letter;
};
/// Important has no letter: it is kept in `marks`.
constexpr std::array<Letter, 3> kLetters{
    {{Flag::Read, 'S'}, {Flag::Flagged, 'F'}, {Flag::Answered, 'R'}}};

std::string letters_of(const std::vector<Flag>& flags) {
  std::string letters;
  for (const Letter& letter : kLetters)
    if (std::ranges::find(flags, letter.flag) != flags.end()) letters += letter.letter;
  return letters;
}

bool holds(const std::vector<Flag>& flags, Flag flag) {
  return std::ranges::find(flags, flag) != flags.end();
}

std::string names_of(const std::vector<Flag>& flags) {
  constexpr std::array<std::string_view, 4> kNames{"read", "flagged", "answered", "important"};
  std::string out;
  for (const Flag flag : flags)
    out += (out.empty() ? "" : ", ") + std::string(kNames.at(static_cast<std::size_t>(flag)));
  return out;
}

std::string messages(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " message" : " messages");
}

struct Mark {
  std::int64_t id{};
  bool important{};
  const MailFile& file;
};

/// What we last made of a message: the row by which an undo sees who changed it after.
void keep_mark(SQLite::Database& db, const Mark& mark) {
  SQLite::Statement keep(db, R"sql(
INSERT INTO marks(message, important, folder, flags) VALUES(?1, ?2, ?3, ?4)
ON CONFLICT(message) DO UPDATE SET important = ?2, folder = ?3, flags = ?4)sql");
  keep.bind(1, mark.id);
  keep.bind(2, mark.important ? 1 : 0);
  keep.bind(3, mark.file.folder);
  keep.bind(4, std::string(flag_letters(mark.file.name)));
  keep.exec();
}

}  // namespace

/// The mailbox that messages move to, which may have to be made.
struct MailStore::Target {
  std::string folder{};
  bool missing{};
};

std::vector<MailStore::Row> MailStore::rows_of(const std::vector<std::string>& ids) {
  return database_.read([&](SQLite::Database& db) {
    std::vector<Row> rows;
    std::set<std::int64_t> seen;
    std::string unknown;
    SQLite::Statement find(db, R"sql(
SELECT m.folder, m.is_new, m.name, m.subject, IFNULL(k.important, 0)
FROM messages m LEFT JOIN marks k ON k.message = m.id WHERE m.id = ? AND m.gone IS NULL)sql");
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const std::int64_t id = message_row_of(ids[i]).value_or(0);
      find.bind(1, id);
      if (!find.executeStep()) {
        unknown += "/ids/" + std::to_string(i) + ": no message " + ids[i] +
                   "; search_messages shows what exists\n";
      } else if (seen.insert(id).second) {
        rows.push_back({.id = id,
                        .file = {.folder = find.getColumn(0).getString(),
                                 .is_new = find.getColumn(1).getInt() != 0,
                                 .name = find.getColumn(2).getString()},
                        .subject = find.getColumn(3).getString(),
                        .important = find.getColumn(4).getInt() != 0});
      }
      find.reset();
    }
    if (!unknown.empty()) throw mcp::ToolError(unknown.substr(0, unknown.size() - 1));
    return rows;
  });
}

Counted MailStore::flag(const FlagChange& change, mcp::Call& call) {
  refresh(call);
  for (const Flag flag : change.add) {
    if (holds(change.remove, flag))
      throw mcp::ToolError("/remove_flags: " + names_of({flag}) + " is in add_flags too");
  }
  std::vector<Row> changed;
  common::Write write{.call = &call, .dry_run = change.dry_run};
  for (Row row : rows_of(change.ids)) {
    const std::string_view now = flag_letters(row.file.name);
    const std::string letters =
        changed_flags(now, letters_of(change.add), letters_of(change.remove));
    const bool important = holds(change.add, Flag::Important) ||
                           (row.important && !holds(change.remove, Flag::Important));
    if (letters == changed_flags(now, "", "") && important == row.important) continue;
    if (letters != changed_flags(now, "", "")) {
      write.effects.push_back(flags_effect(row.file, letters));
      row.file.name = with_flags(row.file.name, letters);
      row.file.is_new = false;
    }
    row.important = important;
    changed.push_back(std::move(row));
  }
  write.summary = "Flagged " + messages(changed.size()) + ":";
  if (!change.add.empty()) write.summary += " +" + names_of(change.add);
  if (!change.remove.empty()) write.summary += " -" + names_of(change.remove);
  database_.write(write, [&](SQLite::Database& db) {
    for (const Row& row : changed) {
      place_row(db, row.id, row.file);
      keep_mark(db, {.id = row.id, .important = row.important, .file = row.file});
    }
  });
  return {.count = static_cast<std::int64_t>(changed.size()), .mailbox = {}, .failed = {}};
}

MailStore::Target MailStore::target_of(std::string_view mailbox) const {
  const std::vector<std::string> folders = folders_of(mailbox);
  if (!folders.empty()) return {.folder = folders.front()};
  return {.folder = maildir_.path_for(role_of(mailbox)), .missing = true};
}

/// Another message under the same name would make two of one.
void MailStore::refuse_copies(const std::vector<Row>& rows, const std::string& folder) {
  database_.read([&](SQLite::Database& db) {
    SQLite::Statement find(
        db, "SELECT id FROM messages WHERE folder = ? AND uniq = ? AND gone IS NULL");
    for (const Row& row : rows) {
      find.bind(1, folder);
      find.bind(2, std::string(unique_part(row.file.name)));
      if (find.executeStep()) {
        throw mcp::ToolError(
            "/ids: " + message_id_of(row.id) + " cannot be moved: " + folder_name(folder) +
            " holds a copy of it already, " + message_id_of(find.getColumn(0).getInt64()));
      }
      find.reset();
    }
  });
}

Counted MailStore::move(const Move& move, mcp::Call& call) {
  refresh(call);
  const Target target = target_of(move.mailbox);
  std::vector<Row> changed;
  common::Write write{.call = &call, .dry_run = move.dry_run};
  for (Row row : rows_of(move.ids)) {
    if (row.file.folder == target.folder) continue;
    if (target.missing && write.effects.empty())
      write.effects.push_back(folder_effect(target.folder));
    write.effects.push_back(move_effect(row.file, target.folder));
    row.file.folder = target.folder;
    changed.push_back(std::move(row));
  }
  const std::string name = folder_name(target.folder);
  refuse_copies(changed, target.folder);
  write.summary = "Moved " + messages(changed.size()) + " to " + name;
  database_.write(write, [&](SQLite::Database& db) {
    expect_changes(db, target.folder);  // an undo may take it away again before anybody looks
    for (const Row& row : changed) {
      place_row(db, row.id, row.file);
      keep_mark(db, {.id = row.id, .important = row.important, .file = row.file});
    }
  });
  return {.count = static_cast<std::int64_t>(changed.size()), .mailbox = name, .failed = {}};
}

}  // namespace email
