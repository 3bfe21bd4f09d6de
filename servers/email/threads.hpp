#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>

#include "servers/email/mime/mail.hpp"

namespace email {

struct Newcomer {
  std::int64_t id;
  std::int64_t date;  ///< Unix seconds.
  const Mail& mail;
};

/// Puts a message that has a row already into the thread it belongs to: that of any message that it
/// refers to or that refers to it (threads that it connects become one); an answer without such
/// headers joins the latest message with the same subject; else its own. A thread is named by its
/// oldest id.
void join_thread(SQLite::Database& db, const Newcomer& newcomer);

}  // namespace email
