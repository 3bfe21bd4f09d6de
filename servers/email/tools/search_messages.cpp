#include "schemas/email/search_messages.hpp"

#include "servers/email/context.hpp"
#include "servers/email/pages.hpp"

namespace email {

MessagePage search_messages(Context& context, const SearchMessagesArgs& args, mcp::Call& call) {
  MailStore& mail = context.mail(call);
  const Filter filter{
      .terms = parse_query(args.query, context.times),
      .folders = mail.folders_of(args.mailbox),
      .sent = context.times.range(args.start, args.end, {.toward = common::Toward::Past})};
  return page_of(mail, filter, {.limit = args.limit, .cursor = args.cursor}, call);
}

}  // namespace email
