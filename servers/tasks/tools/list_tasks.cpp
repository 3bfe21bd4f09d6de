#include "schemas/tasks/list_tasks.hpp"

#include "servers/common/page.hpp"
#include "servers/tasks/context.hpp"

namespace tasks {
namespace {

common::Range due_of(const ListTasksArgs& args, const common::Times& times) {
  common::Range range = times.range(args.due_from, std::nullopt, {.start = "/due_from"});
  if (args.due_before) {
    range.to = times.begin_of(times.point(*args.due_before, {.pointer = "/due_before"}));
  }
  return range;
}

}  // namespace

ListTasksResult list_tasks(Context& context, const ListTasksArgs& args, mcp::Call& call) {
  common::Page<Task> page(call, {.limit = args.limit, .cursor = args.cursor});
  const Listed listed =
      context.store.list({.query = args.query,
                          .status = args.status,
                          .project = args.project,
                          .assignee = args.assignee,
                          .tags = args.tags,
                          .due = due_of(args, context.times),
                          .overdue = args.overdue},
                         {.sort = args.sort, .after = page.start(), .limit = args.limit});
  for (const auto& [key, task] : listed.tasks) {
    if (!page.offer(key, row_of(task, context.times))) break;
  }
  return {.tasks = page.rows(), .total = listed.total, .next_cursor = page.next_cursor()};
}

}  // namespace tasks
