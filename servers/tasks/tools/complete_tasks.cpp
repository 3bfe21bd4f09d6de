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
  Edited edited = context.store.update(args.ids, {.verb = "Completed", .change = complete},
                                       {.call = &call, .dry_run = args.dry_run});
  return {.tasks = std::move(edited.tasks),
          .next = std::move(edited.next),
          .unblocked = std::move(edited.unblocked)};
}

}  // namespace tasks
