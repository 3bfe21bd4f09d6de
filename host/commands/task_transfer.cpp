#include "host/commands/task_transfer.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

#include "host/agent/answers.hpp"
#include "host/formats/todo_txt.hpp"
#include "host/trust/seal.hpp"
#include "schemas/tasks/add_tasks_types.hpp"
#include "schemas/tasks/list_tasks_types.hpp"

namespace host {

namespace {

constexpr std::size_t kBatch = 200;
constexpr std::size_t kTitleMax = 500;  ///< Characters, as add_tasks has it.
constexpr std::size_t kNotesMax = 20'000;
constexpr std::string_view kTaskwarrior = "taskwarrior ";

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// Where a task comes from, the same at every import of the same file.
std::string origin_of(const FileTask& task, TaskFormat format) {
  constexpr std::size_t kShort = 16;
  if (format == TaskFormat::Taskwarrior && !task.key.empty()) {
    return std::string(kTaskwarrior) + task.key;
  }
  const std::string line = todo_line(task);
  return (format == TaskFormat::TodoTxt ? "todo.txt " : "import ") + sha256(line).substr(0, kShort);
}

std::optional<common::When> as_when(const std::optional<common::Time>& time) {
  return time ? std::optional(common::exactly(*time)) : std::nullopt;
}

tasks::NewTask new_task(const FileTask& task, const std::string& origin) {
  const tasks::Task& row = task.row;
  const bool finished = row.status == tasks::Status::Done || row.status == tasks::Status::Cancelled;
  tasks::NewTask made{.title = row.title,
                      .notes = row.notes,
                      .project = row.project,
                      .status = row.status,
                      .due = as_when(row.due),
                      .scheduled = as_when(row.scheduled),
                      .priority = row.priority,
                      .tags = row.tags,
                      .origin = origin,
                      .assignee = row.assignee,
                      .repeat = row.repeat,
                      .estimate_minutes = row.estimate_minutes};
  if (row.importance != usual_importance(row.priority)) made.importance = row.importance;
  if (finished) made.completed = as_when(row.completed);
  return made;
}

/// The tasks in an order in which each comes after those that it waits for; links that would close
/// a circle are cut.
std::vector<std::size_t> sorted(std::vector<FileTask>& tasks, std::vector<std::string>& problems) {
  std::map<std::string, std::size_t> by_key;
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    if (!tasks[i].key.empty()) by_key.emplace(tasks[i].key, i);
  }
  enum class Mark : std::uint8_t { New, Open, Placed };
  std::vector<Mark> marks(tasks.size(), Mark::New);
  std::vector<std::size_t> order;
  for (std::size_t first = 0; first < tasks.size(); ++first) {
    std::vector<std::pair<std::size_t, std::size_t>> path;  // a task, its next link
    if (marks[first] == Mark::New) path.emplace_back(first, 0);
    while (!path.empty()) {
      const std::size_t at = path.back().first;
      std::vector<std::string>& needs = tasks[at].row.depends_on;
      marks[at] = Mark::Open;
      if (path.back().second == needs.size()) {
        marks[at] = Mark::Placed;
        order.push_back(at);
        path.pop_back();
        continue;
      }
      const auto other = by_key.find(needs[path.back().second]);
      if (other != by_key.end() && marks[other->second] == Mark::Open) {
        problems.push_back("\"" + tasks[at].row.title + "\" and \"" +
                           tasks[other->second].row.title +
                           "\" wait for each other; one of the links is left out");
        needs.erase(needs.begin() + static_cast<std::ptrdiff_t>(path.back().second));
        continue;
      }
      ++path.back().second;
      if (other != by_key.end() && marks[other->second] == Mark::New) {
        path.emplace_back(other->second, 0);
      }
    }
  }
  return order;
}

class Importer {
 public:
  Importer(Session& session, Connection& connection, TaskFormat format, bool dry_run)
      : session_(session), connection_(connection), format_(format), dry_run_(dry_run) {}

  Import run(TaskFile file) {
    import_.problems = std::move(file.problems);
    for (const FileTask& task : all_tasks(session_, connection_.gate, format_)) {
      known_.emplace(task.row.origin, task.row.id);
      known_.emplace(std::string(kTaskwarrior) + task.key, task.row.id);
    }
    std::size_t created = 0;
    for (const std::size_t at : sorted(file.tasks, import_.problems)) {
      if (!import_.failure.empty()) break;
      if (take(file.tasks[at]) && file.tasks[at].created) ++created;
      if (batch_.tasks.size() == kBatch) send();
    }
    send();
    if (created > 0) {
      import_.problems.push_back("not kept: when they were made (" + std::to_string(created) +
                                 (created == 1 ? " task)" : " tasks)"));
    }
    return std::move(import_);
  }

 private:
  bool take(const FileTask& task) {
    std::string origin = origin_of(task, format_);
    // Lines that say the same are two tasks; a UUID is one.
    const int nth = ++seen_[origin];
    if (nth > 1 && format_ != TaskFormat::Taskwarrior) origin += "-" + std::to_string(nth);
    const auto known = known_.find(origin);
    if (known != known_.end()) {
      ids_.emplace(task.key, known->second);
      ++import_.known;
      return false;
    }
    if (characters(task.row.title) > kTitleMax || characters(task.row.notes) > kNotesMax) {
      import_.problems.push_back("left out, for its title or notes are too long: " +
                                 task.row.title.substr(0, 60));
      return false;
    }
    tasks::NewTask made = new_task(task, origin);
    for (const std::string& key : task.row.depends_on) {
      const auto id = ids_.find(key);
      if (id != ids_.end()) {
        made.depends_on.push_back(id->second);
      } else {
        import_.problems.push_back("\"" + task.row.title + "\" waits for " + key +
                                   ", which is not in the file");
      }
    }
    batch_.tasks.push_back(std::move(made));
    keys_.push_back(task.key);
    known_.emplace(origin, "#" + std::to_string(batch_.tasks.size()));
    if (!task.key.empty()) ids_[task.key] = "#" + std::to_string(batch_.tasks.size());
    return true;
  }

  void send() {
    if (batch_.tasks.empty() || !import_.failure.empty()) return;
    batch_.dry_run = dry_run_;
    const CallRequest request{
        .server = "tasks",
        .tool = "add_tasks",
        .arguments = mcp::fields::encode(mcp::fields::type_of<tasks::AddTasksArgs>(), &batch_)};
    const Outcome outcome = connection_.gate.typed(request, {});
    connection_.learner.typed(request, outcome);
    if (!outcome.result || outcome.result->failed) {
      import_.failure = outcome.result ? outcome.result->text : outcome.problem;
      return;
    }
    tasks::TaskRows rows;
    import_.failure = decode_structured(outcome.result->structured,
                                        mcp::fields::type_of<tasks::TaskRows>(), &rows);
    if (!outcome.result->change_id.empty()) {
      import_.change_ids.push_back(outcome.result->change_id);
    }
    import_.added += rows.tasks.size();
    for (std::size_t i = 0; i < rows.tasks.size() && i < keys_.size(); ++i) {
      // What a dry run adds is not there for the next batch to wait for.
      if (dry_run_) {
        ids_.erase(keys_[i]);
      } else if (!keys_[i].empty()) {
        ids_[keys_[i]] = rows.tasks[i].id;
      }
    }
    batch_ = {};
    keys_.clear();
  }

  Session& session_;
  Connection& connection_;
  TaskFormat format_;
  bool dry_run_;
  Import import_;
  std::map<std::string, std::string> known_;  ///< Ids by origin.
  std::map<std::string, int> seen_;           ///< How often each origin is in the file.
  std::map<std::string, std::string> ids_;    ///< Ids, or "#2", by key.
  tasks::AddTasksArgs batch_;
  std::vector<std::string> keys_;  ///< Of the batch.
};

}  // namespace

std::string uuid_of(const tasks::Task& row, const Session& session) {
  if (row.origin.starts_with(kTaskwarrior)) return row.origin.substr(kTaskwarrior.size());
  std::string hex = sha256("adjutant " + session.data.string() + " " + row.id).substr(0, 32);
  hex[12] = '8';  // a UUID of a form of one's own, RFC 9562
  hex[16] = 'a';
  for (const std::size_t at : {8U, 13U, 18U, 23U}) hex.insert(at, "-");
  return hex;
}

std::vector<FileTask> all_tasks(Session& session, Gate& gate, TaskFormat format) {
  constexpr std::int64_t kPage = 500;
  tasks::ListTasksArgs args{
      .status = {tasks::Status::Backlog, tasks::Status::Todo, tasks::Status::InProgress,
                 tasks::Status::InReview, tasks::Status::Waiting, tasks::Status::Done,
                 tasks::Status::Cancelled},
      .sort = tasks::ListTasksSort::Created,
      .limit = kPage};
  for (const mcp::fields::Field& field : mcp::fields::type_of<tasks::Task>().fields) {
    args.fields.emplace_back(field.name);
  }
  std::vector<FileTask> all;
  do {
    std::vector<Unseen> unseen;
    auto page = read_as<tasks::ListTasksResult>(gate, "tasks", "list_tasks", args, unseen);
    if (!page) throw std::runtime_error(unseen.front().problem);
    for (tasks::Task& row : page->tasks) {
      const bool uuid = format == TaskFormat::Taskwarrior;
      std::string key = uuid ? uuid_of(row, session) : row.id;
      all.push_back({.row = std::move(row), .key = std::move(key)});
    }
    args.cursor = page->next_cursor;
  } while (!args.cursor.empty());
  return all;
}

Import import_tasks(Session& session, Connection& connection, TaskFile file, TaskFormat format,
                    bool dry_run) {
  return Importer(session, connection, format, dry_run).run(std::move(file));
}

}  // namespace host
