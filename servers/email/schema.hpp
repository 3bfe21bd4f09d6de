#pragma once

#include <string_view>

namespace email {

/// The tables of email.db. `folders`, `messages`, `attachments`, `thread_ids` and `message_words`
/// mirror the Maildir and can be made anew from it (but for the ids); `marks` and `drafts` are our
/// own and the journal keeps their changes.
inline constexpr std::string_view kMailSchema = R"sql(
CREATE TABLE folders(
  path TEXT PRIMARY KEY,
  new_ns INTEGER NOT NULL,           -- when new/ and cur/ were last changed, at the last look
  cur_ns INTEGER NOT NULL);

CREATE TABLE messages(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  thread INTEGER NOT NULL,           -- the id of its first message here
  folder TEXT NOT NULL,
  is_new INTEGER NOT NULL,           -- 1: in new/, 0: in cur/
  name TEXT NOT NULL,                -- of the file
  uniq TEXT NOT NULL,                -- the part of it that other programs leave alone
  flags TEXT NOT NULL,               -- the letters of it
  gone INTEGER,                      -- Unix seconds at which the file was missed; NULL: it is there
  digest INTEGER NOT NULL,           -- of the whole file
  message_id TEXT NOT NULL,
  date INTEGER NOT NULL,             -- Unix seconds, never negative
  sender TEXT NOT NULL,
  recipients TEXT NOT NULL,          -- one a line
  copies TEXT NOT NULL,              -- one a line
  subject TEXT NOT NULL,
  topic TEXT NOT NULL,               -- the subject, folded, without Re: and Fwd:
  snippet TEXT NOT NULL);
CREATE UNIQUE INDEX messages_there ON messages(folder, uniq) WHERE gone IS NULL;
CREATE INDEX messages_gone_by_name ON messages(uniq) WHERE gone IS NOT NULL;
CREATE INDEX messages_gone_by_digest ON messages(digest) WHERE gone IS NOT NULL;
CREATE INDEX messages_by_date ON messages(date, id);
CREATE INDEX messages_by_folder ON messages(folder, date, id);
CREATE INDEX messages_by_thread ON messages(thread);
CREATE INDEX messages_by_topic ON messages(topic, date);

CREATE TABLE attachments(
  message INTEGER NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  mime_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  PRIMARY KEY(message, position)) WITHOUT ROWID;

CREATE TABLE thread_ids(message_id TEXT PRIMARY KEY, thread INTEGER NOT NULL) WITHOUT ROWID;

CREATE VIRTUAL TABLE message_words USING fts5(
  subject, sender, recipients, copies, body, tokenize = "unicode61 remove_diacritics 2");

CREATE TABLE marks(
  message INTEGER PRIMARY KEY,
  important INTEGER NOT NULL,        -- a Maildir has no letter for it
  folder TEXT NOT NULL,              -- where we last put it, and with which letters
  flags TEXT NOT NULL);

CREATE TABLE drafts(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  state TEXT NOT NULL,               -- draft, queued
  file TEXT NOT NULL,                -- in drafts/ or outbox/: the message as it will leave
  recipients TEXT NOT NULL,          -- one a line, as are the next two
  copies TEXT NOT NULL,
  blind_copies TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  reply_to INTEGER,                  -- messages.id
  forward INTEGER,                   -- messages.id
  attachments TEXT NOT NULL,         -- one a line: size, type, name between tabs
  leaves INTEGER,                    -- not before, in Unix seconds
  untrusted INTEGER NOT NULL,        -- 1: it holds words that others wrote
  made INTEGER NOT NULL);
)sql";

}  // namespace email
