#include "schemas/email/flag_messages.hpp"

#include "servers/email/context.hpp"

namespace email {

Counted flag_messages(Context& context, const FlagMessagesArgs& args, mcp::Call& call) {
  if (args.add_flags.empty() && args.remove_flags.empty())
    throw mcp::ToolError("/add_flags: expected flags to add or remove");
  return context.mail(call).flag({.ids = args.ids,
                                  .add = args.add_flags,
                                  .remove = args.remove_flags,
                                  .dry_run = args.dry_run},
                                 call);
}

}  // namespace email
