#include "schemas/email/create_draft.hpp"

#include "servers/email/context.hpp"

namespace email {

Drafts create_draft(Context& context, const CreateDraftArgs& args, mcp::Call& call) {
  const DraftWriter writer(context.times, context.roots, context.identity, context.find_mail(call));
  const Written written = writer.write(args);
  return {.drafts = context.drafts.add(written.drafts, call), .warnings = written.warnings};
}

}  // namespace email
