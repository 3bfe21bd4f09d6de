#include "schemas/email/send_drafts.hpp"

#include "servers/email/context.hpp"

namespace email {

Drafts send_drafts(Context& context, const SendDraftsArgs& args, mcp::Call& call) {
  Queueing queueing{.ids = args.ids, .dry_run = args.dry_run};
  if (args.send_at) {
    queueing.leaves = context.times.point(*args.send_at, {.pointer = "/send_at"});
    if (context.times.begin_of(*queueing.leaves) < context.times.now().at)
      throw mcp::ToolError("/send_at: " + common::Times::spoken(*queueing.leaves) + " is past");
  }
  return {
      .drafts = context.drafts.queue(queueing, call),
      .warnings = {"Nothing is sent: no account that can send mail is set up. The drafts wait in "
                   "the outbox, " +
                   context.drafts.outbox().string() + "."}};
}

}  // namespace email
