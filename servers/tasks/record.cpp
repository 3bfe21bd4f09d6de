#include "servers/tasks/record.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "servers/common/columns.hpp"
#include "servers/common/words.hpp"

namespace tasks {

std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

std::string id_of_number(std::int64_t number) {
  return "t" + std::to_string(number);
}

std::string id_of(const Record& task) {
  return id_of_number(task.number);
}

std::optional<std::int64_t> number_of(std::string_view id) {
  return common::number_of_id(id, "t");
}

bool is_finished(const Record& task) {
  return task.status == Status::Done || task.status == Status::Cancelled;
}

std::int64_t importance_of(const Record& task) {
  constexpr std::array<std::int64_t, 4> kByPriority{0, 1, 3, 5};
  return task.importance.value_or(kByPriority[static_cast<std::size_t>(task.priority)]);
}

bool is_overdue(const Record& task, const common::Times& times) {
  if (!task.due || is_finished(task)) return false;
  const common::Time& now = task.due->date ? times.today() : times.now();
  return task.due->at < now.at;
}

void set_status(Record& task, Status status, const common::Time& now) {
  task.status = status;
  if (!is_finished(task)) {
    task.completed.reset();
  } else if (!task.completed) {
    task.completed = now;
  }
}

void add_tags(Record& task, const std::vector<std::string>& tags) {
  std::set<std::string> all(task.tags.begin(), task.tags.end());
  for (const std::string& tag : tags) {
    if (std::string line = one_line(tag); !line.empty()) all.insert(std::move(line));
  }
  task.tags.assign(all.begin(), all.end());
}

void remove_tags(Record& task, const std::vector<std::string>& tags) {
  std::erase_if(task.tags, [&](const std::string& tag) {
    return std::ranges::any_of(tags, [&](const std::string& other) {
      return common::folded(one_line(other)) == common::folded(tag);
    });
  });
}

Task row_of(const Record& task, const common::Times& times) {
  Task row{.id = id_of(task),
           .title = task.title,
           .status = task.status,
           .due = task.due,
           .overdue = is_overdue(task, times),
           .scheduled = task.scheduled,
           .priority = task.priority,
           .importance = importance_of(task),
           .project = task.project,
           .tags = task.tags,
           .assignee = task.assignee,
           .blocked = task.blocked && !is_finished(task),
           .repeat = task.repeat,
           .estimate_minutes = task.estimate_minutes,
           .completed = task.completed,
           .notes = task.notes,
           .origin = task.origin,
           .untrusted = task.untrusted};
  const std::optional<common::Time>& first = task.due ? task.due : task.scheduled;
  for (const std::int64_t number : task.needs) row.depends_on.push_back(id_of_number(number));
  if (first) row.weekday = common::weekday_of(*first);
  return row;
}

}  // namespace tasks
