#include "servers/tasks/table.hpp"

#include <algorithm>
#include <map>

#include "servers/common/columns.hpp"
#include "servers/common/words.hpp"
#include "servers/tasks/labels.hpp"

namespace tasks {
namespace {

constexpr std::string_view kInsert =
    "INSERT INTO tasks(title, notes, project, status, due, scheduled, priority, importance, tags, "
    "assignee, estimate_minutes, completed, origin, untrusted, repeat, words, labels) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr std::string_view kUpdate =
    "UPDATE tasks SET title = ?, notes = ?, project = ?, status = ?, due = ?, scheduled = ?, "
    "priority = ?, importance = ?, tags = ?, assignee = ?, estimate_minutes = ?, completed = ?, "
    "origin = ?, untrusted = ?, repeat = ?, words = ?, labels = ? WHERE id = ?";

std::optional<common::Repeat> repeat_in(const std::string& text) {
  if (text.empty()) return std::nullopt;
  common::Repeat repeat;
  [[maybe_unused]] const auto problem = common::parse(text, repeat);
  assert(!problem);
  return repeat;
}

Record record_at(SQLite::Statement& row) {
  int column = 0;
  const auto next = [&] { return row.getColumn(column++); };
  const auto text = [&] { return next().getString(); };
  return {.number = next().getInt64(),
          .title = text(),
          .notes = text(),
          .project = text(),
          .status = common::value_of<Status>(tables::kStatus, text()),
          .due = common::time_in(next()),
          .scheduled = common::time_in(next()),
          .priority = common::value_of<Priority>(tables::kPriority, text()),
          .importance = common::number_in(next()),
          .tags = common::items_of(text()),
          .assignee = text(),
          .repeat = repeat_in(row.getColumn(15).getString()),
          .estimate_minutes = common::number_in(next()),
          .completed = common::time_in(next()),
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
  text(name_of(task.status));
  time(task.due);
  time(task.scheduled);
  text(common::name_of(tables::kPriority, task.priority));
  number(task.importance);
  text(common::lines_of(task.tags));
  text(task.assignee);
  number(task.estimate_minutes);
  time(task.completed);
  text(task.origin);
  number(task.untrusted ? 1 : 0);
  text(task.repeat ? common::to_string(*task.repeat) : "");
  text(common::folded(task.title + "\n" + task.notes));
  text(labels_json(task));
}

}  // namespace

void Table::insert(Record& task) {
  const common::Statements::Use insert = use(kInsert);
  bind(*insert, task);
  insert->exec();
  task.number = database_.getLastInsertRowid();
}

void Table::update(const Record& task) {
  const common::Statements::Use update = use(kUpdate);
  bind(*update, task);
  update->bind(update->getBindParameterCount(), task.number);
  update->exec();
}

void Table::remove(std::int64_t number) {
  for (const std::string_view sql :
       {"DELETE FROM task_links WHERE task = ?", "DELETE FROM task_links WHERE needs = ?",
        "DELETE FROM tasks WHERE id = ?"}) {
    use(sql).with(number).exec();
  }
}

std::vector<Record> Table::read(SQLite::Statement& rows) {
  std::vector<Record> found;
  while (rows.executeStep()) found.push_back(record_at(rows));
  for (Record& task : found) add_links(task);
  return found;
}

Record Table::brief_at(SQLite::Statement& row) {
  return {.number = row.getColumn(0).getInt64(),
          .project = row.getColumn(5).getString(),
          .due = common::time_in(row.getColumn(1)),
          .priority = common::value_of<Priority>(tables::kPriority, row.getColumn(3).getString()),
          .importance = common::number_in(row.getColumn(4)),
          .tags = common::items_of(row.getColumn(6).getString()),
          .assignee = row.getColumn(7).getString(),
          .completed = common::time_in(row.getColumn(2))};
}

std::optional<Record> Table::find(std::int64_t number) {
  std::vector<Record> found = select("WHERE id = ?", number);
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

void Table::add_links(Record& task) {
  const common::Statements::Use links =
      use("SELECT needs, (SELECT status FROM tasks WHERE id = needs) NOT IN ('done', 'cancelled') "
          "FROM task_links WHERE task = ? ORDER BY needs");
  SQLite::Statement& rows = links.with(task.number);
  while (rows.executeStep()) {
    task.needs.push_back(rows.getColumn(0).getInt64());
    task.blocked = task.blocked || rows.getColumn(1).getInt() != 0;
  }
}

void Table::set_needs(std::int64_t number, std::span<const std::int64_t> needs) {
  use("DELETE FROM task_links WHERE task = ?").with(number).exec();
  for (const std::int64_t other : needs) {
    use("INSERT OR IGNORE INTO task_links VALUES (?, ?)").with(number, other).exec();
  }
}

std::vector<std::int64_t> Table::numbers(std::string_view sql, std::int64_t number) {
  const common::Statements::Use use_of = use(sql);
  SQLite::Statement& rows = use_of.with(number);
  std::vector<std::int64_t> found;
  while (rows.executeStep()) found.push_back(rows.getColumn(0).getInt64());
  return found;
}

std::vector<std::int64_t> Table::needs_of(std::int64_t number) {
  return numbers("SELECT needs FROM task_links WHERE task = ? ORDER BY needs", number);
}

std::vector<std::int64_t> Table::waiting_for(std::int64_t number) {
  return numbers(
      "SELECT task FROM task_links JOIN tasks ON id = task WHERE needs = ? "
      "AND status NOT IN ('done', 'cancelled') ORDER BY task",
      number);
}

bool Table::is_blocked(std::int64_t number) {
  return !numbers(
              "SELECT needs FROM task_links JOIN tasks ON id = needs WHERE task = ? "
              "AND status NOT IN ('done', 'cancelled') LIMIT 1",
              number)
              .empty();
}

std::vector<std::int64_t> find_way(
    std::int64_t start, std::int64_t goal,
    const std::function<std::vector<std::int64_t>(std::int64_t)>& next) {
  std::map<std::int64_t, std::int64_t> reached_from;
  std::vector<std::int64_t> reached{start};
  for (std::size_t i = 0; i < reached.size(); ++i) {
    const std::int64_t at = reached[i];
    for (const std::int64_t other : next(at)) {
      if (!reached_from.emplace(other, at).second) continue;
      reached.push_back(other);
      if (other != goal) continue;
      std::vector<std::int64_t> way{goal};
      for (std::int64_t step = at; step != start; step = reached_from.at(step)) way.push_back(step);
      way.push_back(start);
      std::ranges::reverse(way);
      return way;
    }
  }
  return {};
}

}  // namespace tasks
