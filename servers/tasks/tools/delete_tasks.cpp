#include "schemas/tasks/delete_tasks.hpp"

#include "servers/tasks/context.hpp"

namespace tasks {

TaskRows delete_tasks(Context& context, const DeleteTasksArgs& args, mcp::Call& call) {
  return {.tasks = context.store.remove(args.ids, {.call = &call, .dry_run = args.dry_run})};
}

}  // namespace tasks
