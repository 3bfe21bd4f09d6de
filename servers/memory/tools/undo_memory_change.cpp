#include "schemas/memory/undo_memory_change.hpp"

#include "servers/memory/context.hpp"

namespace memory {

common::UndoResult undo_memory_change(Context& context, const common::UndoArgs& args,
                                      mcp::Call& call) {
  return context.journal.undo(args, call);
}

}  // namespace memory
