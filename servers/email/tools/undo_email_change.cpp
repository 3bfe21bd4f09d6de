#include "schemas/email/undo_email_change.hpp"

#include "servers/email/context.hpp"

namespace email {

common::UndoResult undo_email_change(Context& context, const common::UndoArgs& args,
                                     mcp::Call& call) {
  return context.journal.undo(args, call);
}

}  // namespace email
