#include "servers/email/index_rows.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <vector>

#include "servers/common/words.hpp"
#include "servers/email/index.hpp"
#include "servers/email/mime/layout.hpp"
#include "servers/email/mime/utf8.hpp"
#include "servers/email/threads.hpp"

namespace email {
namespace {

constexpr std::size_t kSnippetMax = 160;
constexpr std::size_t kWordsMax = 256 * 1024;

std::string lines(const std::vector<Mail::Address>& addresses) {
  std::string out;
  for (const Mail::Address& address : addresses) out += (out.empty() ? "" : "\n") + spoken(address);
  return out;
}

/// The time of arrival that names of files in a Maildir begin with.
std::int64_t arrival_of(const MailFile& file, std::int64_t fallback) {
  constexpr std::int64_t kPlausible = 100'000'000;
  std::int64_t seconds = 0;
  std::from_chars(file.name.data(), file.name.data() + file.name.size(), seconds);
  return seconds > kPlausible && seconds <= fallback ? seconds : fallback;
}

void add_attachments(SQLite::Database& db, std::int64_t id, const Mail& mail) {
  SQLite::Statement insert(db, "INSERT INTO attachments VALUES(?, ?, ?, ?, ?)");
  std::int64_t position = 0;
  for (const Mail::Attachment& attachment : mail.attachments) {
    insert.bind(1, id);
    insert.bind(2, position++);
    insert.bind(3, attachment.name);
    insert.bind(4, attachment.mime_type);
    insert.bind(5, attachment.size);
    insert.exec();
    insert.reset();
  }
}

}  // namespace

std::int64_t digest_of(std::string_view bytes) {
  constexpr std::uint64_t kBasis = 0xCBF29CE484222325;
  constexpr std::uint64_t kPrime = 0x100000001B3;
  std::uint64_t digest = kBasis;
  for (const char c : bytes) digest = (digest ^ static_cast<unsigned char>(c)) * kPrime;
  return static_cast<std::int64_t>(digest);
}

std::int64_t add_row(SQLite::Database& db, const NewRow& row) {
  const Mail& mail = row.mail;
  const std::int64_t date =
      mail.date ? mail.date->at.time_since_epoch().count() : arrival_of(row.file, row.now);
  SQLite::Statement insert(db, R"sql(
INSERT INTO messages(thread, folder, is_new, name, uniq, flags, digest, message_id, date, sender,
                     recipients, copies, subject, topic, snippet)
VALUES(0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql");
  int at = 0;
  insert.bind(++at, row.file.folder);
  insert.bind(++at, row.file.is_new ? 1 : 0);
  insert.bind(++at, row.file.name);
  insert.bind(++at, std::string(unique_part(row.file.name)));
  insert.bind(++at, std::string(flag_letters(row.file.name)));
  insert.bind(++at, row.digest);
  insert.bind(++at, mail.message_id);
  insert.bind(++at, std::max<std::int64_t>(0, date));
  insert.bind(++at, mail.from.empty() ? std::string() : spoken(mail.from.front()));
  insert.bind(++at, lines(mail.to));
  insert.bind(++at, lines(mail.cc));
  insert.bind(++at, mail.subject);
  insert.bind(++at, topic_of(mail.subject));
  insert.bind(++at, clean_line(fold_quotes(utf8_prefix(mail.text, 64 * kSnippetMax)), kSnippetMax));
  insert.exec();
  const std::int64_t id = db.getLastInsertRowid();
  add_attachments(db, id, mail);
  join_thread(db, {.id = id, .date = std::max<std::int64_t>(0, date), .mail = mail});
  return id;
}

void add_words(SQLite::Database& db, std::int64_t id, const Mail& mail) {
  SQLite::Statement insert(db, R"sql(
INSERT INTO message_words(rowid, subject, sender, recipients, copies, body) VALUES(?, ?, ?, ?, ?, ?))sql");
  insert.bind(1, id);
  insert.bind(2, common::folded(mail.subject));
  insert.bind(3, common::folded(lines(mail.from)));
  insert.bind(4, common::folded(lines(mail.to)));
  insert.bind(5, common::folded(lines(mail.cc)));
  insert.bind(6, common::folded(utf8_prefix(mail.text, kWordsMax)));
  insert.exec();
}

bool is_there(SQLite::Database& db, const MailFile& file) {
  SQLite::Statement find(db,
                         "SELECT 1 FROM messages WHERE folder = ? AND uniq = ? AND gone IS NULL");
  find.bind(1, file.folder);
  find.bind(2, std::string(unique_part(file.name)));
  return find.executeStep();
}

void place_row(SQLite::Database& db, std::int64_t id, const MailFile& file) {
  SQLite::Statement update(db, R"sql(
UPDATE messages SET folder = ?, is_new = ?, name = ?, uniq = ?, flags = ?, gone = NULL WHERE id = ?)sql");
  update.bind(1, file.folder);
  update.bind(2, file.is_new ? 1 : 0);
  update.bind(3, file.name);
  update.bind(4, std::string(unique_part(file.name)));
  update.bind(5, std::string(flag_letters(file.name)));
  update.bind(6, id);
  update.exec();
}

void miss_row(SQLite::Database& db, std::int64_t id, std::int64_t now) {
  SQLite::Statement update(db, "UPDATE messages SET gone = ? WHERE id = ?");
  update.bind(1, now);
  update.bind(2, id);
  update.exec();
  SQLite::Statement forget(db, "DELETE FROM message_words WHERE rowid = ?");
  forget.bind(1, id);
  forget.exec();
}

std::optional<std::int64_t> find_gone_row(SQLite::Database& db, const MailFile& file,
                                          std::int64_t digest) {
  SQLite::Statement by_name(db, R"sql(
SELECT id FROM messages WHERE gone IS NOT NULL AND uniq = ? ORDER BY digest = ? DESC, id DESC)sql");
  by_name.bind(1, std::string(unique_part(file.name)));
  by_name.bind(2, digest);
  if (by_name.executeStep()) return by_name.getColumn(0).getInt64();
  SQLite::Statement by_content(db, R"sql(
SELECT id FROM messages WHERE gone IS NOT NULL AND digest = ? ORDER BY id DESC)sql");
  by_content.bind(1, digest);
  if (by_content.executeStep()) return by_content.getColumn(0).getInt64();
  return std::nullopt;
}

void forget_gone_rows(SQLite::Database& db, std::int64_t before) {
  for (const char* const sql :
       {"DELETE FROM attachments WHERE message IN (SELECT id FROM messages WHERE gone < ?)",
        "DELETE FROM messages WHERE gone < ?"}) {
    SQLite::Statement statement(db, sql);
    statement.bind(1, before);
    statement.exec();
  }
}

void expect_changes(SQLite::Database& db, const std::string& folder) {
  SQLite::Statement keep(db, "INSERT OR REPLACE INTO folders VALUES(?, 0, 0)");
  keep.bind(1, folder);
  keep.exec();
}

void keep_stamp(SQLite::Database& db, const std::string& folder,
                const std::optional<FolderStamp>& there, const FolderStamp& stamp) {
  if (!there) {
    SQLite::Statement forget(db, "DELETE FROM folders WHERE path = ?");
    forget.bind(1, folder);
    forget.exec();
    return;
  }
  SQLite::Statement keep(db, "INSERT OR REPLACE INTO folders VALUES(?, ?, ?)");
  keep.bind(1, folder);
  keep.bind(2, stamp.new_ns);
  keep.bind(3, stamp.cur_ns);
  keep.exec();
}

}  // namespace email
