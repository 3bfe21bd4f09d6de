#include <algorithm>
#include <set>

#include "host/planner/rules/reply.hpp"
#include "host/planner/rules/rules.hpp"
#include "host/planner/rules/sending.hpp"
#include "host/planner/rules/summary.hpp"
#include "schemas/email/create_draft_types.hpp"
#include "schemas/email/flag_messages_types.hpp"
#include "schemas/email/move_messages_types.hpp"

namespace host {

namespace {

using email::Triage;
using email::Triaged;

/// Messages that one call will deal with.
struct Batch {
  std::vector<std::string> ids{};
  std::vector<Item> items{};
  std::set<std::string> senders{};

  void add(const Triaged& message, Item item) {
    ids.push_back(message.id);
    items.push_back(std::move(item));
    senders.insert(name_in(message.from));
  }
};

std::string messages(std::size_t count) {
  return count == 1 ? "1 message" : std::to_string(count) + " messages";
}

std::string names(const std::set<std::string>& senders) {
  constexpr std::size_t kNamed = 4;
  std::string list;
  std::size_t count = 0;
  for (const std::string& sender : senders) {
    if (count++ == kNamed) {
      return list + " and " + std::to_string(senders.size() - kNamed) + " more";
    }
    list += (list.empty() ? "" : ", ") + sender;
  }
  return list;
}

std::string reasons(const Triaged& message) {
  std::string text;
  for (const std::string& reason : message.reasons) text += (text.empty() ? "" : ", ") + reason;
  return text;
}

std::string said(const Triaged& message) {
  return name_in(message.from) + ": " + message.subject;
}

Item item_for(const char* what, const Triaged& message) {
  return {.key = std::string(what) + ":" + message.id,
          .about = address_of(message.from),
          .text = said(message)};
}

bool has_flag(const World& world, const Triaged& triaged, email::Flag flag) {
  const email::Message* message = world.message(triaged.id);
  return message != nullptr &&
         std::find(message->flags.begin(), message->flags.end(), flag) != message->flags.end();
}

/// Letters that ask for a meeting are answered by another rule.
bool is_invitation(const World& world, const Triaged& triaged) {
  const email::Message* message = world.message(triaged.id);
  return message != nullptr && message->invitation.has_value();
}

/// The messages of one category that a batch may deal with.
Batch batch_of(const World& world, Plan& plan, Triage category, const char* kind) {
  const Proposer proposer(world, plan, kind);
  Batch batch;
  for (const Triaged& message : *world.inbox) {
    if (message.category != category || is_invitation(world, message)) continue;
    Item item = item_for(kind, message);
    if (!proposer.wants(item, said(message))) continue;
    const email::Message* letter = world.message(message.id);
    if (letter != nullptr) item.text += " – " + summary_of(letter->text);
    batch.add(message, std::move(item));
  }
  return batch;
}

void flag_urgent(const World& world, Plan& plan) {
  const Proposer notices(world, plan, "urgent");
  for (const Triaged& message : *world.inbox) {
    if (message.category != Triage::Urgent) continue;
    notices.notice(item_for("urgent", message), said(message) + " (" + reasons(message) + ")",
                   true);
  }
  Batch batch = batch_of(world, plan, Triage::Urgent, "flag");
  if (batch.ids.empty()) return;
  const std::string reason =
      "Triage finds " + messages(batch.ids.size()) + " urgent, from " + names(batch.senders) + ".";
  const email::FlagMessagesArgs args{.ids = batch.ids, .add_flags = {email::Flag::Flagged}};
  Proposer(world, plan, "flag")
      .propose("email", "flag_messages", args,
               {.title = "Flag " + messages(batch.ids.size()), .reason = reason},
               std::move(batch.items));
}

void move(const World& world, Plan& plan, Batch batch, const char* kind, const char* mailbox,
          const std::string& why) {
  if (batch.ids.empty()) return;
  const email::MoveMessagesArgs args{.ids = batch.ids, .mailbox = mailbox};
  Proposer(world, plan, kind)
      .propose("email", "move_messages", args,
               {.title = "Move " + messages(batch.ids.size()) + " to " + mailbox,
                .reason = why + ": from " + names(batch.senders) + "."},
               std::move(batch.items));
}

void draft_reply(const World& world, Plan& plan, const Triaged& message) {
  const Proposer proposer(world, plan, "reply");
  const Item item = item_for("reply", message);
  const std::string name = name_in(message.from);
  propose_sending(world, plan,
                  {.written = item,
                   .title = "Send the reply to " + name + ": " + message.subject,
                   .reason = "The reply is written; it leaves only with your yes."});
  if (has_flag(world, message, email::Flag::Answered)) return;
  if (!proposer.wants(item, said(message))) return;
  const email::CreateDraftArgs args{.text = reply_text(world, message), .reply_to = message.id};
  proposer.propose("email", "create_draft", args,
                   {.title = "Draft a reply to " + name + ": " + message.subject,
                    .reason = name + " needs an answer (" + reasons(message) + ")."},
                   {item});
}

/// Informational mail is archived once the brief has summed it up, so never by somebody who wants
/// no summary, and as often as summaries are wanted.
bool summary_is_due(const World& world) {
  const SummaryFrequency frequency = world.profile.email_summary;
  if (frequency == SummaryFrequency::Never) return false;
  if (frequency == SummaryFrequency::Weekly)
    return std::chrono::weekday(world.today()) == std::chrono::Monday;
  return true;
}

std::string summary_key(const World& world) {
  std::string key = "summary:" + date_text(world.today());
  if (world.profile.email_summary == SummaryFrequency::Hourly)
    key += "T" + clock_text(world.now, world.zone).substr(0, 2);
  return key;
}

void archive_informational(const World& world, Plan& plan) {
  if (!summary_is_due(world)) return;
  const Item summary{.key = summary_key(world)};
  const bool each = world.profile.email_summary == SummaryFrequency::Each;
  if (!each && world.history.settled(summary.key)) return;
  Batch batch = batch_of(world, plan, Triage::Informational, "archive");
  if (batch.ids.empty()) return;
  Proposer(world, plan, "summary")
      .notice(summary, messages(batch.ids.size()) +
                           " to know, nothing to do: " + names(batch.senders) + ".");
  move(world, plan, std::move(batch), "archive", "archive",
       "Nothing to do, summed up in the brief");
}

}  // namespace

void sort_inbox(const World& world, Plan& plan) {
  if (!world.inbox) return;
  flag_urgent(world, plan);
  for (const Triaged& message : *world.inbox) {
    if (message.category == Triage::ActionRequired && !is_invitation(world, message))
      draft_reply(world, plan, message);
  }
  archive_informational(world, plan);
  move(world, plan, batch_of(world, plan, Triage::Spam, "spam"), "spam", "spam",
       "Triage is sure that it is spam");
}

}  // namespace host
