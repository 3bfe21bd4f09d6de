#include "servers/email/store.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <chrono>

#include "servers/common/words.hpp"
#include "servers/email/ids.hpp"
#include "servers/email/lines.hpp"
#include "servers/email/mime/compose.hpp"

namespace email {
namespace {

constexpr std::string_view kColumns = R"sql(
SELECT m.id, m.thread, m.date, m.sender, m.recipients, m.copies, m.subject, m.folder, m.flags,
       m.snippet, IFNULL(k.important, 0)
FROM messages m LEFT JOIN marks k ON k.message = m.id
WHERE m.gone IS NULL)sql";

/// A condition in SQL and what is bound to its question marks, in order.
struct Condition {
  std::string sql;
  std::vector<std::string> texts;
};

void add(Condition& condition, std::string_view sql, std::string text) {
  condition.sql += sql;
  condition.texts.push_back(std::move(text));
}

std::string seconds(std::chrono::sys_seconds at) {
  return std::to_string(at.time_since_epoch().count());
}

void add_range(Condition& condition, const common::Range& range) {
  if (range.from) condition.sql += " AND m.date >= " + seconds(*range.from);
  if (range.to) condition.sql += " AND m.date < " + seconds(*range.to);
}

void add_term(Condition& condition, const Term& term) {
  condition.sql += term.negated ? " AND NOT (1" : " AND (1";
  switch (term.field) {
    case Term::Field::HasAttachment:
      condition.sql += " AND EXISTS (SELECT 1 FROM attachments a WHERE a.message = m.id)";
      break;
    case Term::Field::Unread:
      condition.sql += " AND instr(m.flags, 'S') = 0";
      break;
    case Term::Field::Flagged:
      condition.sql += " AND instr(m.flags, 'F') > 0";
      break;
    case Term::Field::Sent:
      add_range(condition, term.range);
      break;
    default:
      if (std::string match = match_expression(term); !match.empty()) {
        add(condition, " AND m.id IN (SELECT rowid FROM message_words WHERE message_words MATCH ?)",
            std::move(match));
      }
  }
  condition.sql += ")";
}

Condition condition_of(const Filter& filter) {
  Condition condition;
  condition.sql = " AND m.folder IN (";
  for (std::size_t i = 0; i < filter.folders.size(); ++i)
    add(condition, i == 0 ? "?" : ", ?", filter.folders[i]);
  condition.sql += ")";
  add_range(condition, filter.sent);
  for (const Term& term : filter.terms) add_term(condition, term);
  return condition;
}

void bind(SQLite::Statement& statement, const Condition& condition) {
  int at = 0;
  for (const std::string& text : condition.texts) statement.bind(++at, text);
}

std::vector<Flag> flags_of(std::string_view letters, bool important) {
  std::vector<Flag> flags;
  if (letters.find('S') != std::string_view::npos) flags.push_back(Flag::Read);
  if (letters.find('F') != std::string_view::npos) flags.push_back(Flag::Flagged);
  if (letters.find('R') != std::string_view::npos) flags.push_back(Flag::Answered);
  if (important) flags.push_back(Flag::Important);
  return flags;
}

/// What a row shows of a list that a stranger made as long as he liked.
constexpr std::size_t kListed = 50;

std::string left_out(std::size_t count) {
  return std::to_string(count) + " more";
}

std::vector<std::string> first_lines(std::string_view text) {
  std::vector<std::string> lines = lines_of(text);
  if (lines.size() <= kListed) return lines;
  const std::size_t more = lines.size() - kListed;
  lines.resize(kListed);
  lines.push_back(left_out(more));
  return lines;
}

std::vector<Attachment> attachments_of(SQLite::Database& db, std::int64_t id) {
  std::vector<Attachment> out;
  std::size_t more = 0;
  SQLite::Statement rows(
      db, "SELECT name, mime_type, size FROM attachments WHERE message = ? ORDER BY position");
  rows.bind(1, id);
  while (rows.executeStep()) {
    if (out.size() == kListed) {
      ++more;
      continue;
    }
    out.push_back({.name = rows.getColumn(0).getString(),
                   .mime_type = rows.getColumn(1).getString(),
                   .size = rows.getColumn(2).getInt64()});
  }
  if (more > 0) out.push_back({.name = left_out(more), .mime_type = {}, .size = {}});
  return out;
}

Message message_of(SQLite::Database& db, SQLite::Statement& row, const common::Zone& zone) {
  const std::int64_t id = row.getColumn(0).getInt64();
  const std::chrono::sys_seconds at{std::chrono::seconds(row.getColumn(2).getInt64())};
  return {.id = message_id_of(id),
          .thread_id = "t" + std::to_string(row.getColumn(1).getInt64()),
          .date = zone.at(at),
          .from = row.getColumn(3).getString(),
          .to = first_lines(row.getColumn(4).getString()),
          .cc = first_lines(row.getColumn(5).getString()),
          .subject = row.getColumn(6).getString(),
          .mailbox = folder_name(row.getColumn(7).getString()),
          .flags = flags_of(row.getColumn(8).getString(), row.getColumn(10).getInt() != 0),
          .snippet = row.getColumn(9).getString(),
          .attachments = attachments_of(db, id),
          .text = {},
          .headers = {},
          .links = {},
          .invitation = {},
          .total_chars = {},
          .next_offset = {}};
}

std::string joined_names(const std::vector<MailFolder>& folders) {
  std::string names;
  for (const MailFolder& folder : folders) names += (names.empty() ? "" : ", ") + folder.name;
  return names;
}

}  // namespace

std::string message_id_of(std::int64_t row) {
  return "m" + std::to_string(row);
}

std::optional<std::int64_t> message_row_of(std::string_view id) {
  return number_after('m', id);
}

std::vector<std::string> MailStore::folders_of(std::string_view mailbox) const {
  const std::vector<MailFolder> all = maildir_.folders();
  std::vector<std::string> paths;
  const std::string wanted = common::folded(mailbox);
  for (const MailFolder& folder : all) {
    const bool hidden = folder.role == MailRole::Spam || folder.role == MailRole::Trash;
    const bool named = common::folded(folder.name) == wanted || folder.path == mailbox ||
                       (folder.role != MailRole::None && wanted == role_name(folder.role));
    if (mailbox.empty() ? !hidden : named) paths.push_back(folder.path);
  }
  const bool is_role = role_of(mailbox) != MailRole::None;  // it may just not be there yet
  if (paths.empty() && !mailbox.empty() && !is_role) {
    throw mcp::ToolError("/mailbox: no mailbox " + std::string(mailbox) + "; there are " +
                         joined_names(all));
  }
  return paths;
}

std::int64_t MailStore::count(const Filter& filter) {
  const Condition condition = condition_of(filter);
  return database_.read([&](SQLite::Database& db) {
    SQLite::Statement rows(db,
                           "SELECT COUNT(*) FROM messages m WHERE m.gone IS NULL" + condition.sql);
    bind(rows, condition);
    rows.executeStep();
    return rows.getColumn(0).getInt64();
  });
}

std::vector<Message> MailStore::list(const Filter& filter, const std::optional<Position>& after,
                                     std::size_t max) {
  Condition condition = condition_of(filter);
  if (after) {
    condition.sql += " AND (m.date, m.id) < (" + std::to_string(after->date) + ", " +
                     std::to_string(after->id) + ")";
  }
  const std::string sql = std::string(kColumns) + condition.sql +
                          " ORDER BY m.date DESC, m.id DESC LIMIT " + std::to_string(max);
  return database_.read([&](SQLite::Database& db) {
    std::vector<Message> out;
    SQLite::Statement rows(db, sql);
    bind(rows, condition);
    while (rows.executeStep()) out.push_back(message_of(db, rows, times_.zone()));
    return out;
  });
}

std::optional<Message> MailStore::find(std::string_view id) {
  const std::optional<std::int64_t> row = message_row_of(id);
  if (!row) return std::nullopt;
  return database_.read([&](SQLite::Database& db) -> std::optional<Message> {
    SQLite::Statement rows(db, std::string(kColumns) + " AND m.id = ?");
    rows.bind(1, *row);
    if (!rows.executeStep()) return std::nullopt;
    return message_of(db, rows, times_.zone());
  });
}

std::optional<Mail::Address> MailStore::usual_sender() {
  const std::optional<MailFolder> sent = maildir_.find_role(MailRole::Sent);
  if (!sent) return std::nullopt;
  return database_.read([&](SQLite::Database& db) -> std::optional<Mail::Address> {
    SQLite::Statement rows(db, R"sql(
SELECT sender FROM messages WHERE folder = ? AND gone IS NULL AND sender <> ''
GROUP BY sender ORDER BY COUNT(*) DESC, sender LIMIT 1)sql");
    rows.bind(1, sent->path);
    if (!rows.executeStep()) return std::nullopt;
    return parse_address(rows.getColumn(0).getString());
  });
}

std::optional<MailFile> MailStore::file_of(std::string_view id) {
  const std::optional<std::int64_t> row = message_row_of(id);
  if (!row) return std::nullopt;
  return database_.read([&](SQLite::Database& db) -> std::optional<MailFile> {
    SQLite::Statement rows(
        db, "SELECT folder, is_new, name FROM messages WHERE id = ? AND gone IS NULL");
    rows.bind(1, *row);
    if (!rows.executeStep()) return std::nullopt;
    return MailFile{.folder = rows.getColumn(0).getString(),
                    .is_new = rows.getColumn(1).getInt() != 0,
                    .name = rows.getColumn(2).getString()};
  });
}

std::optional<std::string> MailStore::read_bytes(std::string_view id) {
  const std::optional<MailFile> file = file_of(id);
  return file ? maildir_.read(*file, kMessageBytesMax) : std::nullopt;
}

std::optional<Mail> MailStore::read(std::string_view id) {
  const std::optional<std::string> bytes = read_bytes(id);
  return bytes ? std::optional(read_mail(*bytes)) : std::nullopt;
}

}  // namespace email
