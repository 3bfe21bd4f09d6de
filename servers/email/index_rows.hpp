#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "servers/email/maildir.hpp"
#include "servers/email/mime/mail.hpp"

/// The rows that mirror the Maildir, one statement each; the caller brings the transaction.
namespace email {

struct NewRow {
  const MailFile& file;
  std::int64_t digest;
  const Mail& mail;
  std::int64_t now;  ///< Unix seconds, for a message without a date.
};

std::int64_t digest_of(std::string_view bytes);

/// Adds the message, in the thread it belongs to, and returns its id.
std::int64_t add_row(SQLite::Database& db, const NewRow& row);
/// What is searched, of a message that has none yet.
void add_words(SQLite::Database& db, std::int64_t id, const Mail& mail);

/// True if a message with this unique name is in the folder, as far as the index knows.
bool is_there(SQLite::Database& db, const MailFile& file);
/// The message is (again) where `file` says.
void place_row(SQLite::Database& db, std::int64_t id, const MailFile& file);
/// Its file is not there any more: it is found by nobody, but keeps its id for a while.
void miss_row(SQLite::Database& db, std::int64_t id, std::int64_t now);
/// A message whose file was missed and that `file` must be: by its name, else by its content.
std::optional<std::int64_t> find_gone_row(SQLite::Database& db, const MailFile& file,
                                          std::int64_t digest);
void forget_gone_rows(SQLite::Database& db, std::int64_t before);

/// The next look goes through this folder, whatever its stamp, and also if it is not there any
/// more.
void expect_changes(SQLite::Database& db, const std::string& folder);

/// Keeps the stamp of a folder that exists, forgets one that does not.
void keep_stamp(SQLite::Database& db, const std::string& folder,
                const std::optional<FolderStamp>& there, const FolderStamp& stamp);

}  // namespace email
