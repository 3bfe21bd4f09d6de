#pragma once

#include <array>
#include <string_view>

#include "servers/common/journal_schema.hpp"

namespace tasks {

/// How tasks lie in their database. `task_order` and `task_sets` follow from `tasks`: triggers keep
/// them in step, for undo changes `tasks` behind the store's back. The functions in them are those
/// of labels.hpp.
inline constexpr auto kMigrations = std::to_array<std::string_view>({common::kJournalSchema,
                                                                     R"sql(
CREATE TABLE tasks(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL,
  notes TEXT NOT NULL,
  project TEXT NOT NULL,
  status TEXT NOT NULL,
  due TEXT,                    -- times as answers show them: RFC 3339, or a date
  scheduled TEXT,
  priority TEXT NOT NULL,
  importance INTEGER,          -- NULL: by priority
  tags TEXT NOT NULL,          -- one a line, in order
  assignee TEXT NOT NULL,
  estimate_minutes INTEGER,
  completed TEXT,
  origin TEXT NOT NULL,
  untrusted INTEGER NOT NULL);
CREATE INDEX tasks_unfinished ON tasks(id) WHERE status NOT IN ('done', 'cancelled');
)sql",
                                                                     R"sql(
DROP INDEX tasks_unfinished;
ALTER TABLE tasks ADD COLUMN repeat TEXT NOT NULL DEFAULT '';
-- Title and notes, folded; empty: the store has not worked out this and the next column yet.
ALTER TABLE tasks ADD COLUMN words TEXT NOT NULL DEFAULT '';
-- A JSON list of what the task can be filtered by: "" (all tasks), "p:" project, "t:" tag,
-- "a:" assignee (folded), "r:" priority.
ALTER TABLE tasks ADD COLUMN labels TEXT NOT NULL DEFAULT '[""]';
CREATE INDEX tasks_unread ON tasks(id) WHERE words = '';
CREATE INDEX tasks_completed ON tasks(unixepoch(completed)) WHERE completed IS NOT NULL;

CREATE TABLE task_links(       -- `task` can begin once `needs` is finished
  task INTEGER NOT NULL REFERENCES tasks(id),
  needs INTEGER NOT NULL REFERENCES tasks(id),
  PRIMARY KEY(task, needs)) WITHOUT ROWID;
CREATE INDEX task_links_needs ON task_links(needs);

-- Each label of each task, in the order of due times: instants (0), whole days (1), none (2).
CREATE TABLE task_order(
  label TEXT NOT NULL,
  status TEXT NOT NULL,
  due_kind INTEGER NOT NULL,
  due_at INTEGER NOT NULL,     -- Unix seconds; of a day, its midnight in UTC
  id INTEGER NOT NULL,
  PRIMARY KEY(label, status, due_kind, due_at, id)) WITHOUT ROWID;
CREATE TABLE task_counts(
  label TEXT NOT NULL,
  status TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY(label, status)) WITHOUT ROWID;
CREATE TABLE task_days(        -- of all tasks; `day` counts from 1970, in UTC
  status TEXT NOT NULL,
  due_kind INTEGER NOT NULL,
  day INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY(status, due_kind, day)) WITHOUT ROWID;
CREATE TRIGGER task_days_added AFTER INSERT ON task_order
WHEN new.label = '' AND new.due_kind < 2 BEGIN
  INSERT INTO task_days
    VALUES (new.status, new.due_kind, new.due_at / 86400 - (new.due_at % 86400 < 0), 1)
    ON CONFLICT(status, due_kind, day) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER task_days_removed AFTER DELETE ON task_order
WHEN old.label = '' AND old.due_kind < 2 BEGIN
  UPDATE task_days SET n = n - 1 WHERE status = old.status AND due_kind = old.due_kind
    AND day = old.due_at / 86400 - (old.due_at % 86400 < 0);
  DELETE FROM task_days WHERE status = old.status AND due_kind = old.due_kind
    AND day = old.due_at / 86400 - (old.due_at % 86400 < 0) AND n = 0;
END;
CREATE TRIGGER task_order_added AFTER INSERT ON task_order BEGIN
  INSERT INTO task_counts VALUES (new.label, new.status, 1)
    ON CONFLICT(label, status) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER task_order_removed AFTER DELETE ON task_order BEGIN
  UPDATE task_counts SET n = n - 1 WHERE label = old.label AND status = old.status;
  DELETE FROM task_counts WHERE label = old.label AND status = old.status AND n = 0;
END;

CREATE VIRTUAL TABLE tasks_words USING fts5(
  words, content = 'tasks', content_rowid = 'id', columnsize = 0, tokenize = 'unicode61');

INSERT INTO task_order SELECT '', status,
  CASE WHEN due IS NULL THEN 2 WHEN length(due) = 10 THEN 1 ELSE 0 END,
  coalesce(unixepoch(due), 0), id FROM tasks;
INSERT INTO tasks_words(rowid, words) SELECT id, words FROM tasks;

CREATE TRIGGER tasks_added AFTER INSERT ON tasks BEGIN
  INSERT INTO task_order SELECT value, new.status,
    CASE WHEN new.due IS NULL THEN 2 WHEN length(new.due) = 10 THEN 1 ELSE 0 END,
    coalesce(unixepoch(new.due), 0), new.id FROM json_each(new.labels);
  INSERT INTO tasks_words(rowid, words) VALUES (new.id, new.words);
END;
CREATE TRIGGER tasks_removed AFTER DELETE ON tasks BEGIN
  DELETE FROM task_order WHERE (label, status, due_kind, due_at, id) IN (SELECT value, old.status,
    CASE WHEN old.due IS NULL THEN 2 WHEN length(old.due) = 10 THEN 1 ELSE 0 END,
    coalesce(unixepoch(old.due), 0), old.id FROM json_each(old.labels));
  INSERT INTO tasks_words(tasks_words, rowid, words) VALUES ('delete', old.id, old.words);
END;
CREATE TRIGGER tasks_moved AFTER UPDATE ON tasks
WHEN old.labels <> new.labels OR old.status <> new.status OR old.due IS NOT new.due BEGIN
  DELETE FROM task_order WHERE (label, status, due_kind, due_at, id) IN (SELECT value, old.status,
    CASE WHEN old.due IS NULL THEN 2 WHEN length(old.due) = 10 THEN 1 ELSE 0 END,
    coalesce(unixepoch(old.due), 0), old.id FROM json_each(old.labels));
  INSERT INTO task_order SELECT value, new.status,
    CASE WHEN new.due IS NULL THEN 2 WHEN length(new.due) = 10 THEN 1 ELSE 0 END,
    coalesce(unixepoch(new.due), 0), new.id FROM json_each(new.labels);
END;
CREATE TRIGGER tasks_reworded AFTER UPDATE ON tasks WHEN old.words <> new.words BEGIN
  INSERT INTO tasks_words(tasks_words, rowid, words) VALUES ('delete', old.id, old.words);
  INSERT INTO tasks_words(rowid, words) VALUES (new.id, new.words);
END;
)sql",
                                                                     R"sql(
DROP TRIGGER tasks_added;
DROP TRIGGER tasks_removed;
DROP TRIGGER tasks_moved;
DROP TRIGGER tasks_reworded;
DROP TABLE tasks_words;
DROP TABLE task_days;
DROP TABLE task_counts;
DROP TABLE task_order;

-- Each of the labels of each task, in the order of due times: instants (0), whole days (1), none (2).
CREATE TABLE task_order(
  label TEXT NOT NULL,
  finished INTEGER NOT NULL,
  due_kind INTEGER NOT NULL,
  due_at INTEGER NOT NULL,     -- Unix seconds; of a day, its midnight in UTC
  id INTEGER NOT NULL,
  PRIMARY KEY(label, finished, due_kind, due_at, id)) WITHOUT ROWID;
-- The tasks of everything that a task can be found by, in blocks of 4,096.
CREATE TABLE task_sets(
  label TEXT NOT NULL,
  block INTEGER NOT NULL,
  ids BLOB NOT NULL,
  PRIMARY KEY(label, block)) WITHOUT ROWID;

INSERT INTO task_order SELECT value, status IN ('done', 'cancelled'),
  CASE WHEN due IS NULL THEN 2 WHEN length(due) = 10 THEN 1 ELSE 0 END,
  coalesce(unixepoch(due), 0), tasks.id FROM tasks, json_each(labels);
INSERT INTO task_sets SELECT value, tasks.id >> 12, set_of(tasks.id & 4095)
  FROM tasks, json_each(task_labels(labels, status, due, unixepoch(due), words)) GROUP BY 1, 2;

CREATE TRIGGER tasks_added AFTER INSERT ON tasks BEGIN
  INSERT INTO task_order SELECT value, new.status IN ('done', 'cancelled'),
    CASE WHEN new.due IS NULL THEN 2 WHEN length(new.due) = 10 THEN 1 ELSE 0 END,
    coalesce(unixepoch(new.due), 0), new.id FROM json_each(new.labels);
  INSERT INTO task_sets SELECT value, new.id >> 12, set_with(NULL, new.id & 4095)
    FROM json_each(task_labels(new.labels, new.status, new.due, unixepoch(new.due), new.words))
    WHERE true ON CONFLICT(label, block) DO UPDATE SET ids = set_with(ids, new.id & 4095);
END;
CREATE TRIGGER tasks_removed AFTER DELETE ON tasks BEGIN
  DELETE FROM task_order WHERE (label, finished, due_kind, due_at, id) IN (SELECT value,
    old.status IN ('done', 'cancelled'),
    CASE WHEN old.due IS NULL THEN 2 WHEN length(old.due) = 10 THEN 1 ELSE 0 END,
    coalesce(unixepoch(old.due), 0), old.id FROM json_each(old.labels));
  UPDATE task_sets SET ids = set_without(ids, old.id & 4095) WHERE block = old.id >> 12
    AND label IN (SELECT value FROM json_each(
      task_labels(old.labels, old.status, old.due, unixepoch(old.due), old.words)));
  DELETE FROM task_sets WHERE block = old.id >> 12 AND ids = x''
    AND label IN (SELECT value FROM json_each(
      task_labels(old.labels, old.status, old.due, unixepoch(old.due), old.words)));
END;
CREATE TRIGGER tasks_moved AFTER UPDATE ON tasks
WHEN old.labels <> new.labels OR old.due IS NOT new.due
  OR (old.status IN ('done', 'cancelled')) <> (new.status IN ('done', 'cancelled')) BEGIN
  DELETE FROM task_order WHERE (label, finished, due_kind, due_at, id) IN (SELECT value,
    old.status IN ('done', 'cancelled'),
    CASE WHEN old.due IS NULL THEN 2 WHEN length(old.due) = 10 THEN 1 ELSE 0 END,
    coalesce(unixepoch(old.due), 0), old.id FROM json_each(old.labels));
  INSERT INTO task_order SELECT value, new.status IN ('done', 'cancelled'),
    CASE WHEN new.due IS NULL THEN 2 WHEN length(new.due) = 10 THEN 1 ELSE 0 END,
    coalesce(unixepoch(new.due), 0), new.id FROM json_each(new.labels);
END;
CREATE TRIGGER tasks_regrouped AFTER UPDATE ON tasks
WHEN old.labels <> new.labels OR old.status <> new.status OR old.due IS NOT new.due
  OR old.words <> new.words BEGIN
  UPDATE task_sets SET ids = set_without(ids, old.id & 4095) WHERE block = old.id >> 12
    AND label IN (SELECT value FROM json_each(
        task_labels(old.labels, old.status, old.due, unixepoch(old.due), old.words))
      EXCEPT SELECT value FROM json_each(
        task_labels(new.labels, new.status, new.due, unixepoch(new.due), new.words)));
  DELETE FROM task_sets WHERE block = old.id >> 12 AND ids = x''
    AND label IN (SELECT value FROM json_each(
      task_labels(old.labels, old.status, old.due, unixepoch(old.due), old.words)));
  INSERT INTO task_sets SELECT value, new.id >> 12, set_with(NULL, new.id & 4095)
    FROM (SELECT value FROM json_each(
        task_labels(new.labels, new.status, new.due, unixepoch(new.due), new.words))
      EXCEPT SELECT value FROM json_each(
        task_labels(old.labels, old.status, old.due, unixepoch(old.due), old.words)))
    WHERE true ON CONFLICT(label, block) DO UPDATE SET ids = set_with(ids, new.id & 4095);
END;
)sql"});

inline constexpr auto kJournaled = std::to_array<std::string_view>({"tasks", "task_links"});

}  // namespace tasks
