#include "servers/tasks/store.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <set>

#include "servers/common/columns.hpp"
#include "servers/common/words.hpp"
#include "servers/tasks/labels.hpp"
#include "servers/tasks/repetition.hpp"
#include "servers/tasks/schema.hpp"

namespace tasks {
namespace {

/// Gathers what is wrong with a call.
class Complaints final {
 public:
  void add(const std::string& pointer, const std::string& problem) {
    text_ += (text_.empty() ? "" : "\n") + pointer + ": " + problem;
  }
  void throw_any() const {
    if (!text_.empty()) throw mcp::ToolError(text_);
  }

 private:
  std::string text_;
};

std::string unknown(const std::string& id) {
  return "no task " + id + "; list_tasks shows what exists";
}

/// All named tasks, each once, or a complaint that names every id that is not there.
std::vector<Record> named(Table table, const std::vector<std::string>& ids) {
  std::vector<Record> tasks;
  Complaints complaints;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (!seen.insert(ids[i]).second) continue;
    const std::optional<std::int64_t> number = number_of(ids[i]);
    std::optional<Record> task = number ? table.find(*number) : std::nullopt;
    if (task) {
      tasks.push_back(*std::move(task));
    } else {
      complaints.add("/ids/" + std::to_string(i), unknown(ids[i]));
    }
  }
  complaints.throw_any();
  return tasks;
}

/// What a list of ids means, in order, each once. "#2" is the second of `added`.
std::vector<std::int64_t> numbers_of(Table table, const std::vector<std::string>& ids,
                                     const std::vector<std::int64_t>& added,
                                     const std::string& pointer, Complaints& complaints) {
  std::set<std::int64_t> numbers;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const std::string place = pointer + "/" + std::to_string(i);
    if (const auto at = common::number_of_id(ids[i], "#")) {
      if (static_cast<std::size_t>(*at) <= added.size()) {
        numbers.insert(added[static_cast<std::size_t>(*at) - 1]);
      } else if (added.empty()) {
        complaints.add(place, "\"#" + std::to_string(*at) +
                                  "\" is for tasks of the same add_tasks call; give an id");
      } else {
        complaints.add(
            place, "no task " + ids[i] + "; this call adds #1 to #" + std::to_string(added.size()));
      }
      continue;
    }
    const std::optional<std::int64_t> number = number_of(ids[i]);
    if (number && table.find(*number)) {
      numbers.insert(*number);
    } else {
      complaints.add(place, unknown(ids[i]));
    }
  }
  return {numbers.begin(), numbers.end()};
}

/// "t1, t4 and 3 more"
std::string some_of(const std::vector<Record>& tasks) {
  constexpr std::size_t kNamed = 10;
  std::string text;
  for (std::size_t i = 0; i < tasks.size() && i < kNamed; ++i) {
    text += (i == 0 ? "" : ", ") + id_of(tasks[i]);
  }
  return tasks.size() > kNamed ? text + ", ..." : text;
}

/// "Added 2 tasks: t4, t5". Ids, not titles, which may be words of others.
std::string summary_of(std::string_view verb, const std::vector<Record>& tasks) {
  return std::string(verb) + " " + std::to_string(tasks.size()) +
         (tasks.size() == 1 ? " task: " : " tasks: ") + some_of(tasks);
}

/// Refuses a task that waits for itself, in the end. `name` is how the call speaks of a task.
void check_cycles(Table table, const std::vector<Record>& tasks,
                  const std::function<std::string(std::int64_t)>& name,
                  const std::function<std::string(std::size_t)>& pointer) {
  const auto next = [&](std::int64_t number) { return table.needs_of(number); };
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    const std::vector<std::int64_t> way = find_way(tasks[i].number, tasks[i].number, next);
    if (way.empty()) continue;
    std::string chain;
    for (const std::int64_t step : way) chain += (chain.empty() ? "" : " -> ") + name(step);
    throw mcp::ToolError(pointer(i) + ": " + chain +
                         ": a task would wait for itself; nothing was changed");
  }
}

/// Unfinished tasks that waited for one of those and now wait for nothing.
std::vector<std::string> unblocked_by(Table table, const std::vector<std::int64_t>& finished) {
  std::set<std::int64_t> free;
  for (const std::int64_t number : finished) {
    for (const std::int64_t other : table.waiting_for(number)) {
      if (!table.is_blocked(other)) free.insert(other);
    }
  }
  std::vector<std::string> ids;
  for (const std::int64_t number : free) ids.push_back(id_of_number(number));
  return ids;
}

std::vector<Record> read_again(Table table, const std::vector<Record>& tasks) {
  std::vector<Record> again;
  for (const Record& task : tasks) again.push_back(*table.find(task.number));
  return again;
}

/// The task that goes on where a repeating one was done, stored; it waits for what is unfinished.
std::optional<Record> continued(Table table, const Record& task, const common::Times& times) {
  std::optional<Record> next = next_of(task, times);
  if (!next) return std::nullopt;
  table.insert(*next);
  std::vector<std::int64_t> needs;
  for (const std::int64_t other : task.needs) {
    if (!is_finished(*table.find(other))) needs.push_back(other);
  }
  table.set_needs(next->number, needs);
  return next;
}

}  // namespace

Store::Store(const std::filesystem::path& file, const common::Times& times)
    : database_({.name = "tasks",
                 .file = file,
                 .migrations = kMigrations,
                 .journaled = kJournaled,
                 .functions = add_functions},
                times),
      times_(times) {
  read_anew();
}

void Store::read_anew() {
  const auto unread = [&] {
    return database_.read([&](SQLite::Database& sqlite) {
      return table(sqlite).select("WHERE words = '' ORDER BY id");
    });
  };
  if (unread().empty()) return;
  database_.write({}, [&](SQLite::Database& sqlite) {
    for (const Record& task : table(sqlite).select("WHERE words = '' ORDER BY id")) {
      table(sqlite).update(task);
    }
  });
}

std::vector<Task> Store::add(std::vector<NewRecord> added, common::Write write) {
  return rows_of(database_.write(write, [&](SQLite::Database& sqlite) {
    Table tasks = table(sqlite);
    std::vector<Record> records;
    std::vector<std::int64_t> numbers;
    for (const NewRecord& one : added) {
      records.push_back(one.task);
      tasks.insert(records.back());
      numbers.push_back(records.back().number);
    }
    const auto pointer = [](std::size_t i) {
      return "/tasks/" + std::to_string(i) + "/depends_on";
    };
    Complaints complaints;
    for (std::size_t i = 0; i < added.size(); ++i) {
      if (added[i].depends_on.empty()) continue;
      tasks.set_needs(numbers[i],
                      numbers_of(tasks, added[i].depends_on, numbers, pointer(i), complaints));
    }
    complaints.throw_any();
    check_cycles(
        tasks, records,
        [&](std::int64_t number) { return "#" + std::to_string(number - numbers.front() + 1); },
        pointer);
    database_.summarize(summary_of("Added", records));
    return read_again(tasks, records);
  }));
}

Edited Store::update(const std::vector<std::string>& ids, const Edit& edit, common::Write write) {
  std::vector<Record> next;
  Edited edited;
  const std::vector<Record> changed = database_.write(write, [&](SQLite::Database& sqlite) {
    Table tasks = table(sqlite);
    std::vector<Record> records = named(tasks, ids);
    Complaints complaints;
    const std::vector<std::int64_t> needs =
        numbers_of(tasks, edit.depends_on, {}, "/depends_on", complaints);
    complaints.throw_any();
    std::vector<std::int64_t> finished;
    for (Record& task : records) {
      const Record before = task;
      edit.change(task);
      if (edit.independent || !needs.empty()) {
        task.needs = needs;
        tasks.set_needs(task.number, needs);
      }
      if (is_finished(task) && !is_finished(before)) finished.push_back(task.number);
      if (task.status == Status::Done && before.status != Status::Done) {
        if (std::optional<Record> more = continued(tasks, task, times_)) {
          task.repeat.reset();
          next.push_back(*std::move(more));
        }
      }
      tasks.update(task);
    }
    if (!needs.empty()) {
      check_cycles(
          tasks, records, [](std::int64_t number) { return id_of_number(number); },
          [](std::size_t) { return std::string("/depends_on"); });
    }
    edited.unblocked = unblocked_by(tasks, finished);
    database_.summarize(summary_of(edit.verb, records) +
                        (next.empty() ? "" : "; next: " + some_of(next)));
    next = read_again(tasks, next);
    return read_again(tasks, records);
  });
  edited.tasks = rows_of(changed);
  edited.next = rows_of(next);
  return edited;
}

std::vector<Task> Store::remove(const std::vector<std::string>& ids, common::Write write) {
  return rows_of(database_.write(write, [&](SQLite::Database& sqlite) {
    Table all = table(sqlite);
    std::vector<Record> tasks = named(all, ids);
    for (const Record& task : tasks) all.remove(task.number);
    database_.summarize(summary_of("Deleted", tasks));
    return tasks;
  }));
}

std::vector<Record> Store::find(const std::vector<std::string>& ids) {
  return database_.read([&](SQLite::Database& sqlite) {
    std::vector<Record> tasks;
    std::set<std::string> seen;
    for (const std::string& id : ids) {
      const std::optional<std::int64_t> number = number_of(id);
      if (!number || !seen.insert(id).second) continue;
      if (std::optional<Record> task = table(sqlite).find(*number)) {
        tasks.push_back(*std::move(task));
      }
    }
    return tasks;
  });
}

Listed Store::list(const Filter& filter, const Wanted& wanted) {
  return database_.read([&](SQLite::Database& sqlite) {
    return Listing(sqlite, statements_, times_).list(filter, wanted);
  });
}

void Store::for_each_unfinished(const std::string& project, const std::string& assignee,
                                const Visit& visit) {
  const std::string folded = common::folded(project);
  database_.read([&](SQLite::Database& sqlite) {
    Table tasks = table(sqlite);
    tasks.for_each_brief("WHERE status NOT IN ('done', 'cancelled') ORDER BY id",
                         [&](const Record& task) {
                           if (!project.empty() && common::folded(task.project) != folded) return;
                           if (!assignee.empty() && !common::has_words(task.assignee, assignee))
                             return;
                           visit(task, [&] { return *tasks.find(task.number); });
                         });
  });
}

std::vector<Record> Store::completed_since(std::chrono::sys_seconds start) {
  // A whole day begins somewhere within a day of its midnight in UTC.
  const std::int64_t earliest = common::seconds_of(start - std::chrono::days(1));
  const auto time_of = [&](const Record& task) { return times_.begin_of(*task.completed); };
  std::vector<Record> tasks;
  database_.read([&](SQLite::Database& sqlite) {
    table(sqlite).for_each_brief(
        "WHERE completed IS NOT NULL AND unixepoch(completed) >= ? AND status = 'done'",
        [&](Record task) {
          if (time_of(task) >= start) tasks.push_back(std::move(task));
        },
        earliest);
  });
  std::ranges::stable_sort(tasks, {}, time_of);
  return tasks;
}

std::vector<Task> Store::rows_of(const std::vector<Record>& tasks) const {
  std::vector<Task> rows;
  rows.reserve(tasks.size());
  for (const Record& task : tasks) rows.push_back(row_of(task, times_));
  return rows;
}

}  // namespace tasks
