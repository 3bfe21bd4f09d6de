#include "schemas/email/move_messages.hpp"

#include "servers/email/context.hpp"

namespace email {

Counted move_messages(Context& context, const MoveMessagesArgs& args, mcp::Call& call) {
  return context.mail(call).move(
      {.ids = args.ids, .mailbox = args.mailbox, .dry_run = args.dry_run}, call);
}

}  // namespace email
