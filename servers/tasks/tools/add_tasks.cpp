#include "schemas/tasks/add_tasks.hpp"

#include "servers/tasks/context.hpp"

namespace tasks {
namespace {

common::Time completion_of(const NewTask& task, const std::string& pointer,
                           const common::Times& times) {
  if (!task.completed) return times.now();
  if (task.status != Status::Done && task.status != Status::Cancelled) {
    throw mcp::ToolError(pointer + ": only a task with status done or cancelled has it");
  }
  return times.point(*task.completed, {.pointer = pointer, .toward = common::Toward::Past});
}

NewRecord record_of(const NewTask& task, const std::string& place, const common::Times& times,
                    const mcp::Call& call) {
  NewRecord added{.task = {.title = task.title,
                           .notes = task.notes,
                           .project = task.project,
                           .priority = task.priority,
                           .importance = task.importance,
                           .assignee = task.assignee,
                           .estimate_minutes = task.estimate_minutes,
                           .origin = task.origin.empty() ? call.actor() : task.origin,
                           .untrusted = !task.origin.empty()},
                  .depends_on = task.depends_on};
  Record& record = added.task;
  if (task.due) record.due = times.point(*task.due, {.pointer = place + "/due"});
  if (task.scheduled) {
    record.scheduled = times.point(*task.scheduled, {.pointer = place + "/scheduled"});
  }
  if (task.repeat) {
    record.repeat =
        times.settled(*task.repeat, {.pointer = place + "/repeat", .anchor = record.due});
  }
  set_status(record, task.status, completion_of(task, place + "/completed", times));
  add_tags(record, task.tags);
  return added;
}

}  // namespace

TaskRows add_tasks(Context& context, const AddTasksArgs& args, mcp::Call& call) {
  std::vector<NewRecord> records;
  for (std::size_t i = 0; i < args.tasks.size(); ++i) {
    const std::string place = "/tasks/" + std::to_string(i);
    records.push_back(record_of(args.tasks[i], place, context.times, call));
  }
  return {.tasks = context.store.add(std::move(records), {.call = &call, .dry_run = args.dry_run})};
}

}  // namespace tasks
