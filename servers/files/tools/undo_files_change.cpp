#include "schemas/files/undo_files_change.hpp"

#include "servers/files/context.hpp"

namespace files {

common::UndoResult undo_files_change(Context& context, const common::UndoArgs& args,
                                     mcp::Call& call) {
  return context.changes.undo(args, call);
}

}  // namespace files
