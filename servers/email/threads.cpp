#include "servers/email/threads.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "servers/email/index.hpp"

namespace email {
namespace {

/// An answer without references belongs to a message at most this much older or younger.
constexpr std::int64_t kSameTopicSeconds = std::int64_t{60} * 24 * 3600;

std::set<std::string> named_ids(const Mail& mail) {
  std::set<std::string> ids(mail.references.begin(), mail.references.end());
  ids.insert(mail.in_reply_to.begin(), mail.in_reply_to.end());
  if (!mail.message_id.empty()) ids.insert(mail.message_id);
  return ids;
}

std::set<std::int64_t> threads_of(SQLite::Database& db, const std::set<std::string>& ids) {
  std::set<std::int64_t> threads;
  SQLite::Statement find(db, "SELECT thread FROM thread_ids WHERE message_id = ?");
  for (const std::string& id : ids) {
    find.bind(1, id);
    if (find.executeStep()) threads.insert(find.getColumn(0).getInt64());
    find.reset();
  }
  return threads;
}

std::set<std::int64_t> threads_by_topic(SQLite::Database& db, const Newcomer& newcomer) {
  const std::string topic = topic_of(newcomer.mail.subject);
  const bool has_references =
      !newcomer.mail.references.empty() || !newcomer.mail.in_reply_to.empty();
  if (topic.empty() || has_references || !is_answer(newcomer.mail.subject)) return {};
  SQLite::Statement find(db, R"sql(
SELECT thread FROM messages WHERE topic = ? AND id <> ? AND date BETWEEN ? AND ?
ORDER BY date DESC LIMIT 1)sql");
  find.bind(1, topic);
  find.bind(2, newcomer.id);
  find.bind(3, newcomer.date - kSameTopicSeconds);
  find.bind(4, newcomer.date + kSameTopicSeconds);
  if (!find.executeStep()) return {};
  return {find.getColumn(0).getInt64()};
}

void rename_thread(SQLite::Database& db, std::int64_t from, std::int64_t to) {
  for (const char* const sql : {"UPDATE messages SET thread = ? WHERE thread = ?",
                                "UPDATE thread_ids SET thread = ? WHERE thread = ?"}) {
    SQLite::Statement statement(db, sql);
    statement.bind(1, to);
    statement.bind(2, from);
    statement.exec();
  }
}

}  // namespace

void join_thread(SQLite::Database& db, const Newcomer& newcomer) {
  const std::set<std::string> ids = named_ids(newcomer.mail);
  std::set<std::int64_t> threads = threads_of(db, ids);
  if (threads.empty()) threads = threads_by_topic(db, newcomer);
  const std::int64_t thread = threads.empty() ? newcomer.id : *threads.begin();
  for (const std::int64_t other : threads)
    if (other != thread) rename_thread(db, other, thread);
  SQLite::Statement place(db, "UPDATE messages SET thread = ? WHERE id = ?");
  place.bind(1, thread);
  place.bind(2, newcomer.id);
  place.exec();
  SQLite::Statement keep(db, "INSERT OR REPLACE INTO thread_ids VALUES(?, ?)");
  for (const std::string& id : ids) {
    keep.bind(1, id);
    keep.bind(2, thread);
    keep.exec();
    keep.reset();
  }
}

}  // namespace email
