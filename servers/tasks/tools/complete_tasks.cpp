#include "schemas/tasks/complete_tasks.hpp"

#include "servers/tasks/context.hpp"

namespace tasks {

CompleteTasksResult complete_tasks(Context& context, const CompleteTasksArgs& args,
                                   mcp::Call& call) {
  const common::Time at =
      args.at ? context.times.point(*args.at, {.pointer = "/at", .toward = common::Toward::Past})
              : context.times.now();
  const auto complete = [&](Record& task) {
    if (task.status == Status::Cancelled) task.completed.reset();
    set_status(task, Status::Done, at);
  };
  return {.tasks = context.store.update(args.ids, "Completed", complete,
                                        {.call = &call, .dry_run = args.dry_run})};
}

}  // namespace tasks
