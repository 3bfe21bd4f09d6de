#include "schemas/tasks/undo_tasks_change.hpp"

#include "servers/tasks/context.hpp"

namespace tasks {

common::UndoResult undo_tasks_change(Context& context, const common::UndoArgs& args,
                                     mcp::Call& call) {
  return context.journal.undo(args, call);
}

}  // namespace tasks
