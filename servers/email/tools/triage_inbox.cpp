#include "schemas/email/triage_inbox.hpp"

#include <algorithm>
#include <utility>

#include "servers/email/context.hpp"
#include "servers/email/pages.hpp"
#include "servers/email/triage/triage.hpp"

namespace email {
namespace {

bool has_written_to(MailStore& mail, const Mail& message) {
  const std::vector<std::string> sent = mail.folders_of("sent");
  if (sent.empty() || message.from.empty() || message.from.front().email.empty()) return false;
  const Term to_sender{
      .field = Term::Field::To, .phrase = true, .words = message.from.front().email};
  return mail.count({.terms = {to_sender}, .folders = sent}) > 0;
}

triage::Relation relation_to(const Mail& message, MailStore& mail, const Identity& identity) {
  const std::optional<Mail::Address> reader = identity.sender(&mail, &message);
  const auto is_reader = [&](const Mail::Address& one) { return identity.is_own(one, reader); };
  return {.written_to = has_written_to(mail, message),
          .only_copied = std::ranges::none_of(message.to, is_reader) &&
                         std::ranges::any_of(message.cc, is_reader)};
}

TriageInboxCounts counts_of(const std::vector<Triaged>& messages) {
  const auto count = [&](Triage category) {
    return std::ranges::count(messages, category, &Triaged::category);
  };
  return {.urgent = count(Triage::Urgent),
          .action_required = count(Triage::ActionRequired),
          .informational = count(Triage::Informational),
          .spam = count(Triage::Spam)};
}

}  // namespace

TriageInboxResult triage_inbox(Context& context, const TriageInboxArgs& args, mcp::Call& call) {
  MailStore& mail = context.mail(call);
  const Filter filter{
      .folders = mail.folders_of(args.mailbox),
      .sent = context.times.range(args.start, {}, {.toward = common::Toward::Past})};
  common::Page<Triaged> page(
      call, {.limit = args.limit, .cursor = args.cursor, .order = common::Order::Descending});
  const auto max = static_cast<std::size_t>(args.limit) + 1;  // one more shows that there is more
  for (const Message& row : mail.list(filter, position_of(page.start()), max)) {
    const std::optional<Mail> message = mail.read(row.id);
    if (!message || call.cancelled()) continue;
    triage::Verdict verdict =
        triage::judge(*message, relation_to(*message, mail, context.identity), context.times);
    Triaged triaged{.id = row.id,
                    .date = row.date,
                    .from = row.from,
                    .subject = row.subject,
                    .category = verdict.category,
                    .score = verdict.score,
                    .reasons = std::move(verdict.reasons),
                    .due = verdict.due,
                    .suggestion = std::move(verdict.suggestion)};
    if (!page.offer(key_of(row), std::move(triaged))) break;
  }
  const std::string next = page.next_cursor();
  std::vector<Triaged> messages = std::move(page).rows();
  const TriageInboxCounts counts = counts_of(messages);
  return {.messages = std::move(messages), .counts = counts, .next_cursor = next};
}

}  // namespace email
