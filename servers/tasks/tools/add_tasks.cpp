#include "schemas/tasks/add_tasks.hpp"

#include "servers/tasks/context.hpp"

namespace tasks {
namespace {

Record record_of(const NewTask& task, const std::string& place, const common::Times& times,
                 const mcp::Call& call) {
  Record record{.title = task.title,
                .notes = task.notes,
                .project = task.project,
                .priority = task.priority,
                .importance = task.importance,
                .assignee = task.assignee,
                .estimate_minutes = task.estimate_minutes,
                .origin = task.origin.empty() ? call.actor() : task.origin,
                .untrusted = !task.origin.empty()};
  if (task.due) record.due = times.point(*task.due, {.pointer = place + "/due"});
  if (task.scheduled) {
    record.scheduled = times.point(*task.scheduled, {.pointer = place + "/scheduled"});
  }
  set_status(record, task.status, times.now());
  add_tags(record, task.tags);
  return record;
}

}  // namespace

TaskRows add_tasks(Context& context, const AddTasksArgs& args, mcp::Call& call) {
  std::vector<Record> records;
  for (std::size_t i = 0; i < args.tasks.size(); ++i) {
    const std::string place = "/tasks/" + std::to_string(i);
    records.push_back(record_of(args.tasks[i], place, context.times, call));
  }
  return {.tasks = context.store.add(std::move(records), {.call = &call, .dry_run = args.dry_run})};
}

}  // namespace tasks
