#include "schemas/tasks/reopen_tasks.hpp"

#include "servers/tasks/context.hpp"

namespace tasks {

TaskRows reopen_tasks(Context& context, const ReopenTasksArgs& args, mcp::Call& call) {
  const auto reopen = [&](Record& task) {
    if (is_finished(task)) set_status(task, Status::Todo, context.times.now());
  };
  return {.tasks = context.store
                       .update(args.ids, {.verb = "Reopened", .change = reopen},
                               {.call = &call, .dry_run = args.dry_run})
                       .tasks};
}

}  // namespace tasks
