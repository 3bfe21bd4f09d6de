#include <algorithm>

#include "host/planner/rules/reply.hpp"
#include "host/planner/rules/rules.hpp"
#include "host/planner/rules/sending.hpp"
#include "host/planner/rules/time_taken.hpp"
#include "schemas/calendar/respond_to_event_types.hpp"
#include "schemas/email/create_draft_types.hpp"

namespace host {

namespace {

using std::chrono::days;
using std::chrono::local_days;

constexpr int kProposeWithinDays = 7;

/// What the rule answers, and why.
struct Decision {
  bool accept{};
  Span proposed{};  ///< Another time, if not accepted.
  std::string why{};
};

Span wanted_span(const common::Invitation& invitation, const common::Zone& zone) {
  return span_of(calendar::Event{.start = invitation.start, .end = invitation.end}, zone);
}

bool in_any(const std::vector<Hours>& hours, const Span& span, const World& world) {
  const local_days day = day_of(span.start, world.zone);
  return std::any_of(hours.begin(), hours.end(),
                     [&](const Hours& each) { return on_day(each, day, world.zone).holds(span); });
}

/// The focus blocks that are kept free of meetings.
std::vector<Span> kept_blocks(const World& world, local_days day) {
  std::vector<Span> blocks;
  if (!world.profile.focus_mode) return blocks;
  for (const Hours& hours : world.profile.focus_blocks)
    blocks.push_back(on_day(hours, day, world.zone));
  return blocks;
}

/// Why the user cannot come; empty if the time is good.
std::string obstacle(const World& world, const Plan& plan, const common::Invitation& invitation,
                     const Span& wanted) {
  const local_days day = day_of(wanted.start, world.zone);
  const Span padded{.start = wanted.start - world.profile.buffer,
                    .end = wanted.end + world.profile.buffer};
  for (const calendar::Event& event : *world.events) {
    if (event.uid == invitation.uid || !keeps_busy(event)) continue;
    const Span busy = span_of(event, world.zone);
    if (!busy.overlaps(padded)) continue;
    const std::string when = event.title + " (" + span_text(busy, world.zone) + ")";
    return busy.overlaps(wanted)
               ? "it overlaps " + when
               : "it leaves less than " + length_text(world.profile.buffer) + " to " + when;
  }
  for (const Span& span : plan.taken) {
    if (span.overlaps(padded)) return "another invitation has that time";
  }
  for (const Span& block : kept_blocks(world, day)) {
    if (block.overlaps(wanted))
      return "it falls into your focus block " + span_text(block, world.zone);
  }
  if (is_weekend(day)) return "it is on a " + day_text(day).substr(0, 3);
  if (!in_any({world.profile.working_hours}, wanted, world))
    return "it is outside your working hours " + to_string(world.profile.working_hours);
  return "";
}

/// Free spans of a working day, first within the preferred hours, then anywhere at work.
std::optional<Span> place_on(const World& world, const Plan& plan, local_days day,
                             std::chrono::seconds length, bool preferred) {
  std::vector<Span> taken = time_taken(world, plan);
  const std::vector<Span> blocks = kept_blocks(world, day);
  taken.insert(taken.end(), blocks.begin(), blocks.end());
  const std::vector<Hours> anywhere{world.profile.working_hours};
  for (const Hours& hours : preferred ? world.profile.preferred_meeting_times : anywhere) {
    Span within = on_day(hours, day, world.zone);
    within.start = std::max(within.start, world.now + std::chrono::hours(1));
    const std::vector<Span> free = free_of(within, taken, world.profile.buffer,
                                           std::chrono::ceil<std::chrono::minutes>(length));
    if (!free.empty()) return Span{.start = free.front().start, .end = free.front().start + length};
  }
  return std::nullopt;
}

/// Preferred hours of any of the next days come before other hours of an earlier day.
std::optional<Span> other_time(const World& world, const Plan& plan, const Span& wanted) {
  const local_days first = std::max(day_of(wanted.start, world.zone), world.today());
  const local_days last =
      std::min(first + days(kProposeWithinDays), world.today() + days(kDaysSeen));
  for (const bool preferred : {true, false}) {
    for (local_days day = first; day < last; day += days(1)) {
      if (is_weekend(day)) continue;
      if (const auto span = place_on(world, plan, day, wanted.length(), preferred)) return span;
    }
  }
  return std::nullopt;
}

std::optional<Decision> decide(const World& world, const Plan& plan,
                               const common::Invitation& invitation) {
  const Span wanted = wanted_span(invitation, world.zone);
  const std::string when = moment_text(wanted.start, world.zone);
  const std::string problem = obstacle(world, plan, invitation, wanted);
  if (problem.empty()) {
    const bool preferred = in_any(world.profile.preferred_meeting_times, wanted, world);
    return Decision{.accept = true,
                    .why = "You are free on " + when +
                           (preferred ? ", in your preferred hours for meetings."
                                      : ", within your working hours.")};
  }
  const std::optional<Span> other = other_time(world, plan, wanted);
  if (!other) return std::nullopt;
  const bool preferred = in_any(world.profile.preferred_meeting_times, *other, world);
  return Decision{.proposed = *other,
                  .why = when + " does not suit: " + problem + ". " +
                         moment_text(other->start, world.zone) + " is free" +
                         (preferred ? " and in your preferred hours." : ".")};
}

std::string answer_text(const World& world, const std::string& from, const Span& wanted,
                        const Decision& decision) {
  std::string text = greeting(from) + "\n\nthank you for the invitation. ";
  if (decision.accept) {
    text += "I will be there on " + moment_text(wanted.start, world.zone) + ".\n";
  } else {
    const std::chrono::local_days day = day_of(decision.proposed.start, world.zone);
    text += moment_text(wanted.start, world.zone) + " does not suit me. Could we meet on " +
            day_text(day) + ", " + span_text(decision.proposed, world.zone) + ", instead?\n";
  }
  if (!world.profile.name.empty()) text += "\nKind regards\n" + world.profile.name + "\n";
  return text;
}

/// One invitation on its way: the letter that brought it and the names of what is done about it.
struct Invited {
  const email::Message& letter;
  const common::Invitation& invitation;
  Item answer{};  ///< The calendar's record of the answer.
  Item letter_item{};
};

void record_answer(const World& world, Plan& plan, const Invited& invited,
                   const Decision& decision) {
  calendar::RespondToEventArgs args{.invitation = invited.invitation,
                                    .response = decision.accept
                                                    ? calendar::RespondToEventResponse::Accepted
                                                    : calendar::RespondToEventResponse::Counter};
  if (!decision.accept) {
    args.propose_start = exactly(decision.proposed.start, world.zone);
    args.propose_end = exactly(decision.proposed.end, world.zone);
  }
  const std::string title = (decision.accept ? "Accept " : "Propose another time for ");
  Proposer(world, plan, "invitation")
      .propose("calendar", "respond_to_event", args,
               {.title = title + invited.invitation.title, .reason = decision.why},
               {invited.answer});
  plan.taken.push_back(decision.accept ? wanted_span(invited.invitation, world.zone)
                                       : decision.proposed);
}

void write_answer(const World& world, Plan& plan, const Invited& invited,
                  const Decision& decision) {
  using Response = email::CreateDraftInvitationResponse;
  email::CreateDraftArgs args{
      .text = answer_text(world, invited.letter.from, wanted_span(invited.invitation, world.zone),
                          decision),
      .reply_to = invited.letter.id,
      .invitation_response = decision.accept ? Response::Accepted : Response::Counter};
  if (!decision.accept) {
    args.propose_start = exactly(decision.proposed.start, world.zone);
    args.propose_end = exactly(decision.proposed.end, world.zone);
  }
  Proposer(world, plan, "invitation")
      .propose("email", "create_draft", args,
               {.title = "Draft the answer to " + name_in(invited.letter.from) + ": " +
                         invited.invitation.title,
                .reason = decision.why},
               {invited.letter_item});
}

void answer_one(const World& world, Plan& plan, const Invited& invited) {
  const std::string& title = invited.invitation.title;
  propose_sending(world, plan,
                  {.written = invited.letter_item,
                   .title = "Send the answer to " + name_in(invited.letter.from) + ": " + title,
                   .reason = "The answer is written; it leaves only with your yes."});
  const Proposer proposer(world, plan, "invitation");
  if (!proposer.wants(invited.answer, title)) return;
  if (wanted_span(invited.invitation, world.zone).end <= world.now) return;
  const std::optional<Decision> decision = decide(world, plan, invited.invitation);
  if (!decision) {
    proposer.notice({.key = "undecided:" + invited.answer.key},
                    title + ": no free time within a week of it; the answer is yours.");
    return;
  }
  record_answer(world, plan, invited, *decision);
  write_answer(world, plan, invited, *decision);
}

}  // namespace

void answer_invitations(const World& world, Plan& plan) {
  if (!world.inbox || !world.events) return;
  for (const email::Triaged& triaged : *world.inbox) {
    const email::Message* letter = world.message(triaged.id);
    if (triaged.category == email::Triage::Spam || letter == nullptr || !letter->invitation)
      continue;
    const common::Invitation& invitation = *letter->invitation;
    const std::string thing = invitation.uid + ":" + std::to_string(invitation.sequence);
    const std::string about = address_of(letter->from);
    if (invitation.method == common::InvitationMethod::Cancel) {
      Proposer(world, plan, "cancelled")
          .notice({.key = "cancelled:" + thing, .about = about},
                  name_in(letter->from) + " cancels " + invitation.title + ".");
    }
    if (invitation.method != common::InvitationMethod::Request) continue;
    answer_one(world, plan,
               {.letter = *letter,
                .invitation = invitation,
                .answer = {.key = "answer:" + thing, .about = about},
                .letter_item = {.key = "letter:" + thing, .about = about}});
  }
}

}  // namespace host
