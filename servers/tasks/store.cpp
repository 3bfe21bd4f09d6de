#include "servers/tasks/store.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <set>

#include "servers/common/journal_schema.hpp"
#include "servers/common/words.hpp"

namespace tasks {
namespace {

constexpr auto kMigrations = std::to_array<std::string_view>({common::kJournalSchema,
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
)sql"});

constexpr auto kJournaled = std::to_array<std::string_view>({"tasks"});

constexpr const char* kSelect =
    "SELECT id, title, notes, project, status, due, scheduled, priority, importance, tags, "
    "assignee, "
    "estimate_minutes, completed, origin, untrusted FROM tasks ";
constexpr const char* kInsert =
    "INSERT INTO tasks(title, notes, project, status, due, scheduled, priority, importance, tags, "
    "assignee, estimate_minutes, completed, origin, untrusted) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* kUpdate =
    "UPDATE tasks SET title = ?, notes = ?, project = ?, status = ?, due = ?, scheduled = ?, "
    "priority = ?, importance = ?, tags = ?, assignee = ?, estimate_minutes = ?, completed = ?, "
    "origin = ?, untrusted = ? WHERE id = ?";

template <class Enum>
std::string name_of(const mcp::fields::Type& type, Enum value) {
  return std::string(type.names[static_cast<std::size_t>(value)]);
}

template <class Enum>
Enum value_of(const mcp::fields::Type& type, const std::string& name) {
  const auto found = std::ranges::find(type.names, name);
  assert(found != type.names.end());
  return static_cast<Enum>(found - type.names.begin());
}

std::string lines_of(const std::vector<std::string>& tags) {
  std::string lines;
  for (const std::string& tag : tags) lines += tag + "\n";
  return lines;
}

std::vector<std::string> tags_of(std::string_view lines) {
  std::vector<std::string> tags;
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    tags.emplace_back(lines.substr(0, end));
    lines.remove_prefix(end + 1);
  }
  return tags;
}

std::optional<common::Time> time_in(const SQLite::Column& column) {
  if (column.isNull()) return std::nullopt;
  common::Time time;
  [[maybe_unused]] const auto problem = common::parse(column.getString(), time);
  assert(!problem);
  return time;
}

std::optional<std::int64_t> number_in(const SQLite::Column& column) {
  return column.isNull() ? std::nullopt : std::optional(column.getInt64());
}

Record record_at(SQLite::Statement& row) {
  int column = 0;
  const auto next = [&] { return row.getColumn(column++); };
  const auto text = [&] { return next().getString(); };
  return {.number = next().getInt64(),
          .title = text(),
          .notes = text(),
          .project = text(),
          .status = value_of<Status>(tables::kStatus, text()),
          .due = time_in(next()),
          .scheduled = time_in(next()),
          .priority = value_of<Priority>(tables::kPriority, text()),
          .importance = number_in(next()),
          .tags = tags_of(text()),
          .assignee = text(),
          .estimate_minutes = number_in(next()),
          .completed = time_in(next()),
          .origin = text(),
          .untrusted = next().getInt() != 0};
}

/// The columns in the order of kInsert and kUpdate. What is left unbound is NULL.
void bind(SQLite::Statement& statement, const Record& task) {
  int at = 0;
  const auto text = [&](const std::string& value) { statement.bind(++at, value); };
  const auto time = [&](const std::optional<common::Time>& value) {
    ++at;
    if (value) statement.bind(at, common::to_string(*value));
  };
  const auto number = [&](const std::optional<std::int64_t>& value) {
    ++at;
    if (value) statement.bind(at, *value);
  };
  text(task.title);
  text(task.notes);
  text(task.project);
  text(name_of(tables::kStatus, task.status));
  time(task.due);
  time(task.scheduled);
  text(name_of(tables::kPriority, task.priority));
  number(task.importance);
  text(lines_of(task.tags));
  text(task.assignee);
  number(task.estimate_minutes);
  time(task.completed);
  text(task.origin);
  number(task.untrusted ? 1 : 0);
}

std::vector<Record> records(SQLite::Statement& rows) {
  std::vector<Record> found;
  while (rows.executeStep()) found.push_back(record_at(rows));
  return found;
}

std::optional<Record> find_one(SQLite::Database& sqlite, const std::string& id) {
  const std::optional<std::int64_t> number = number_of(id);
  if (!number) return std::nullopt;
  SQLite::Statement row(sqlite, std::string(kSelect) + "WHERE id = ?");
  row.bind(1, *number);
  return row.executeStep() ? std::optional(record_at(row)) : std::nullopt;
}

/// All named tasks, each once, or a complaint that names every id that is not there.
std::vector<Record> named(SQLite::Database& sqlite, const std::vector<std::string>& ids) {
  std::vector<Record> tasks;
  std::string complaints;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (!seen.insert(ids[i]).second) continue;
    if (std::optional<Record> task = find_one(sqlite, ids[i])) {
      tasks.push_back(*std::move(task));
    } else {
      complaints += (complaints.empty() ? "" : "\n") + ("/ids/" + std::to_string(i)) +
                    ": no task " + ids[i] + "; list_tasks shows what exists";
    }
  }
  if (!complaints.empty()) throw mcp::ToolError(complaints);
  return tasks;
}

/// "Added 2 tasks: t4, t5". Ids, not titles, which may be words of others.
std::string summary_of(std::string_view verb, const std::vector<Record>& tasks) {
  constexpr std::size_t kNamed = 10;
  std::string text = std::string(verb) + " " + std::to_string(tasks.size()) +
                     (tasks.size() == 1 ? " task: " : " tasks: ");
  for (std::size_t i = 0; i < tasks.size() && i < kNamed; ++i) {
    text += (i == 0 ? "" : ", ") + id_of(tasks[i]);
  }
  return tasks.size() > kNamed ? text + ", ..." : text;
}

bool same(std::string_view one, std::string_view other) {
  return common::folded(one) == common::folded(other);
}

}  // namespace

Store::Store(const std::filesystem::path& file, const common::Times& times)
    : database_({.name = "tasks", .file = file, .migrations = kMigrations, .journaled = kJournaled},
                times),
      times_(times) {}

std::vector<Task> Store::add(std::vector<Record> tasks, common::Write write) {
  database_.write(write, [&](SQLite::Database& sqlite) {
    SQLite::Statement insert(sqlite, kInsert);
    for (Record& task : tasks) {
      bind(insert, task);
      insert.exec();
      task.number = sqlite.getLastInsertRowid();
      insert.reset();
      insert.clearBindings();
    }
    database_.summarize(summary_of("Added", tasks));
  });
  return rows_of(tasks);
}

std::vector<Task> Store::update(const std::vector<std::string>& ids, std::string_view verb,
                                const std::function<void(Record&)>& edit, common::Write write) {
  return rows_of(database_.write(write, [&](SQLite::Database& sqlite) {
    std::vector<Record> tasks = named(sqlite, ids);
    SQLite::Statement update(sqlite, kUpdate);
    for (Record& task : tasks) {
      edit(task);
      bind(update, task);
      update.bind(update.getBindParameterCount(), task.number);
      update.exec();
      update.reset();
      update.clearBindings();
    }
    database_.summarize(summary_of(verb, tasks));
    return tasks;
  }));
}

std::vector<Task> Store::remove(const std::vector<std::string>& ids, common::Write write) {
  return rows_of(database_.write(write, [&](SQLite::Database& sqlite) {
    std::vector<Record> tasks = named(sqlite, ids);
    SQLite::Statement remove(sqlite, "DELETE FROM tasks WHERE id = ?");
    for (const Record& task : tasks) {
      remove.bind(1, task.number);
      remove.exec();
      remove.reset();
    }
    database_.summarize(summary_of("Deleted", tasks));
    return tasks;
  }));
}

std::vector<Record> Store::find(const std::vector<std::string>& ids) {
  return database_.read([&](SQLite::Database& sqlite) {
    std::vector<Record> tasks;
    std::set<std::string> seen;
    for (const std::string& id : ids) {
      if (!seen.insert(id).second) continue;
      if (std::optional<Record> task = find_one(sqlite, id)) tasks.push_back(*std::move(task));
    }
    return tasks;
  });
}

std::vector<Record> Store::list(const Filter& filter) {
  const std::string unfinished =
      filter.status.empty() ? "WHERE status NOT IN ('done', 'cancelled') " : "";
  std::vector<Record> tasks = database_.read([&](SQLite::Database& sqlite) {
    SQLite::Statement rows(sqlite, kSelect + unfinished + "ORDER BY id");
    return records(rows);
  });
  std::erase_if(tasks, [&](const Record& task) { return !fits(task, filter); });
  return tasks;
}

std::vector<Record> Store::completed_since(std::chrono::sys_seconds start) {
  std::vector<Record> tasks = database_.read([&](SQLite::Database& sqlite) {
    SQLite::Statement rows(sqlite, std::string(kSelect) + "WHERE status = 'done'");
    return records(rows);
  });
  const auto time_of = [&](const Record& task) { return times_.begin_of(*task.completed); };
  std::erase_if(tasks, [&](const Record& task) { return time_of(task) < start; });
  std::ranges::stable_sort(tasks, {}, time_of);
  return tasks;
}

bool Store::fits(const Record& task, const Filter& filter) const {
  const auto has_tag = [&](const std::string& wanted) {
    return std::ranges::any_of(task.tags, [&](const auto& tag) { return same(tag, wanted); });
  };
  const bool any_due = !filter.due.from && !filter.due.to;
  return (filter.status.empty() || std::ranges::count(filter.status, task.status) > 0) &&
         (filter.project.empty() || same(task.project, filter.project)) &&
         (filter.assignee.empty() || common::has_words(task.assignee, filter.assignee)) &&
         std::ranges::all_of(filter.tags, has_tag) &&
         (any_due || (task.due && filter.due.holds(times_.begin_of(*task.due)))) &&
         (!filter.overdue || is_overdue(task, times_)) &&
         (filter.query.empty() || common::has_words(task.title + "\n" + task.notes, filter.query));
}

std::vector<Task> Store::rows_of(const std::vector<Record>& tasks) const {
  std::vector<Task> rows;
  rows.reserve(tasks.size());
  for (const Record& task : tasks) rows.push_back(row_of(task, times_));
  return rows;
}

}  // namespace tasks
