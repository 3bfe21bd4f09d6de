#include "schemas/tasks/update_tasks.hpp"

#include <algorithm>

#include "servers/tasks/context.hpp"

namespace tasks {
namespace {

void clear(Record& task, UpdateTasksClear field) {
  switch (field) {
    case UpdateTasksClear::Notes:
      return task.notes.clear();
    case UpdateTasksClear::Project:
      return task.project.clear();
    case UpdateTasksClear::Due:
      return task.due.reset();
    case UpdateTasksClear::Scheduled:
      return task.scheduled.reset();
    case UpdateTasksClear::Tags:
      return task.tags.clear();
    case UpdateTasksClear::Assignee:
      return task.assignee.clear();
    case UpdateTasksClear::DependsOn:
      return;  // the store's, who keeps the links
    case UpdateTasksClear::Repeat:
      return task.repeat.reset();
    case UpdateTasksClear::EstimateMinutes:
      return task.estimate_minutes.reset();
  }
}

void set_text(std::string& text, const std::string& value) {
  if (!value.empty()) text = value;
}

/// "4pm" is that of the day which the task has.
void set_time(std::optional<common::Time>& time, const std::optional<common::When>& value,
              std::string_view pointer, const common::Times& times) {
  if (value) time = times.point(*value, {.pointer = pointer, .anchor = time});
}

void edit(Record& task, const UpdateTasksArgs& args, const common::Times& times) {
  set_text(task.title, args.title);
  set_text(task.notes, args.notes);
  set_text(task.project, args.project);
  set_text(task.assignee, args.assignee);
  set_time(task.due, args.due, "/due", times);
  set_time(task.scheduled, args.scheduled, "/scheduled", times);
  if (args.repeat) {
    task.repeat = times.settled(*args.repeat, {.pointer = "/repeat", .anchor = task.due});
  }
  if (args.status) set_status(task, *args.status, times.now());
  if (args.priority) task.priority = *args.priority;
  if (args.importance) task.importance = args.importance;
  if (args.estimate_minutes) task.estimate_minutes = args.estimate_minutes;
  for (const UpdateTasksClear field : args.clear) clear(task, field);
  remove_tags(task, args.remove_tags);
  add_tags(task, args.add_tags);
}

}  // namespace

TaskRows update_tasks(Context& context, const UpdateTasksArgs& args, mcp::Call& call) {
  const bool independent =
      std::ranges::find(args.clear, UpdateTasksClear::DependsOn) != args.clear.end();
  Edited edited =
      context.store.update(args.ids,
                           {.verb = "Updated",
                            .change = [&](Record& task) { edit(task, args, context.times); },
                            .depends_on = args.depends_on,
                            .independent = independent},
                           {.call = &call, .dry_run = args.dry_run});
  TaskRows rows{.tasks = std::move(edited.tasks)};
  for (Task& next : edited.next) rows.tasks.push_back(std::move(next));
  return rows;
}

}  // namespace tasks
