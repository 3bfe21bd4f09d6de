#include "schemas/email/get_messages.hpp"

#include "protocol/mcp/fields.hpp"
#include "servers/email/context.hpp"
#include "servers/email/view.hpp"

namespace email {
namespace {

constexpr std::size_t kAnswerBytes = 64 * 1024;

}  // namespace

GetMessagesResult get_messages(Context& context, const GetMessagesArgs& args, mcp::Call& call) {
  MailStore& mail = context.mail(call);
  const Part part{.view = args.view,
                  .offset = static_cast<std::size_t>(args.offset),
                  .max_chars = static_cast<std::size_t>(args.max_chars)};
  GetMessagesResult result;
  std::size_t bytes = 0;
  for (const std::string& id : args.ids) {
    std::optional<Message> message = mail.find(id);
    const std::optional<Mail> content = message ? mail.read(id) : std::nullopt;
    if (!content) {
      result.missing.push_back(id);
      continue;
    }
    show(*content, part, context.times.zone(), *message);
    const std::size_t weight = mcp::fields::weight(tables::kMessage, &*message, call.rows());
    if (!result.messages.empty() && bytes + weight > kAnswerBytes) {
      result.not_shown.push_back(id);
      continue;
    }
    bytes += weight;
    result.messages.push_back(std::move(*message));
  }
  return result;
}

}  // namespace email
