#include "host/agent/learner.hpp"

#include <algorithm>

#include "host/agent/answers.hpp"
#include "host/planner/plan.hpp"
#include "schemas/common/time.hpp"
#include "schemas/memory/record_episode_types.hpp"

namespace host {

namespace {

constexpr auto kRetryFailed = std::chrono::hours(1);
constexpr auto kRetryDenied = std::chrono::hours(24);

bool settled(const Deed& deed, std::chrono::sys_seconds now) {
  if (deed.state != DeedState::Failed && deed.state != DeedState::Denied) return true;
  common::Time at;
  if (common::parse(deed.at, at)) return true;
  return now - at.at < (deed.state == DeedState::Failed ? kRetryFailed : kRetryDenied);
}

DeedState state_of(const Outcome& outcome) {
  if (outcome.card) return DeedState::Queued;
  if (outcome.result) return outcome.result->failed ? DeedState::Failed : DeedState::Done;
  return outcome.ruling.level == Level::Deny ? DeedState::Denied : DeedState::Failed;
}

std::vector<Item> items_of(const std::vector<Deed>& deeds) {
  std::vector<Item> items;
  for (const Deed& deed : deeds) items.push_back(deed.item);
  return items;
}

/// What a queued action is called in the memory of episodes: the kind, or the tool of a card that
/// the user asked for.
std::string action_name(const Card& card) {
  return card.kind.empty() ? card.tool : card.kind;
}

}  // namespace

struct Learner::Episode {
  std::string text{};
  std::string action{};
  memory::Outcome outcome{};
  std::string feedback{};
  std::string server{};
};

History Learner::history(std::chrono::sys_seconds now) {
  History history;
  for (const auto& [key, deed] : parts_.deeds.all()) {
    history.put(
        key,
        {.settled = settled(deed, now), .done = deed.state == DeedState::Done, .made = deed.made});
  }
  for (const Lessons::TurnedDown& lesson : parts_.lessons.turned_down())
    history.turn_down(lesson.kind, lesson.about);
  return history;
}

std::vector<Deed> Learner::deeds_of(const Action& action, DeedState state, const Outcome* outcome) {
  Deed deed{.kind = action.proposal.kind,
            .state = state,
            .server = action.proposal.call.server,
            .title = action.proposal.title,
            .reason = action.proposal.reason};
  if (outcome != nullptr) {
    deed.card = outcome->card;
    if (outcome->result) {
      deed.change_id = outcome->result->change_id;
      if (!outcome->result->failed) deed.made = id_of_made(outcome->result->structured);
    }
  }
  std::vector<Deed> deeds;
  for (const Item& item : action.items) {
    deeds.push_back(deed);
    deeds.back().item = item;
  }
  return deeds;
}

bool Learner::begin(const Action& action) {
  return parts_.deeds.claim(deeds_of(action, DeedState::Started, nullptr));
}

void Learner::settle(const Action& action, const Outcome& outcome) {
  const DeedState state = state_of(outcome);
  parts_.deeds.put(deeds_of(action, state, &outcome));
  if (outcome.result)
    parts_.changes.add(
        {.server = action.proposal.call.server, .change_id = outcome.result->change_id});
  if (state == DeedState::Queued) return;  // Nothing has come of it yet.
  Episode episode{.text = in_sentences(action.proposal),
                  .action = action.proposal.kind,
                  .outcome = state == DeedState::Done     ? memory::Outcome::Success
                             : state == DeedState::Failed ? memory::Outcome::Failure
                                                          : memory::Outcome::Cancelled,
                  .server = action.proposal.call.server};
  if (state == DeedState::Denied) episode.feedback = outcome.ruling.rule;
  if (state == DeedState::Failed)
    episode.feedback = outcome.result ? outcome.result->text : outcome.problem;
  record(episode);
}

void Learner::told(const Notice& notice) {
  Deed deed{
      .item = notice.item, .kind = notice.kind, .state = DeedState::Done, .reason = notice.text};
  if (deed.item.text.empty()) deed.item.text = notice.text;
  parts_.deeds.put({deed});
}

void Learner::typed(const CallRequest& request, const Outcome& outcome) {
  if (outcome.result)
    parts_.changes.add({.server = request.server, .change_id = outcome.result->change_id});
}

void Learner::approved(const Card& card, const Outcome& outcome) {
  std::vector<Deed> deeds = parts_.deeds.of_card(card.id);
  const bool failed = outcome.result->failed;
  parts_.changes.add({.server = card.server, .change_id = outcome.result->change_id});
  for (Deed& deed : deeds) {
    deed.state = failed ? DeedState::Failed : DeedState::Done;
    deed.change_id = outcome.result->change_id;
    if (!failed) deed.made = id_of_made(outcome.result->structured);
  }
  parts_.deeds.put(deeds);
  if (!card.kind.empty()) parts_.lessons.add(Verdict::Approved, card.kind, items_of(deeds));
  record({.text = "Card " + std::to_string(card.id) + ": " + card.title,
          .action = action_name(card),
          .outcome = failed ? memory::Outcome::Failure : memory::Outcome::Success,
          .feedback = "approved by the user",
          .server = card.server});
}

void Learner::rejected(const Card& card) {
  std::vector<Deed> deeds = parts_.deeds.of_card(card.id);
  for (Deed& deed : deeds) deed.state = DeedState::Rejected;
  parts_.deeds.put(deeds);
  if (!card.kind.empty()) parts_.lessons.add(Verdict::Rejected, card.kind, items_of(deeds));
  record({.text = "Card " + std::to_string(card.id) + ": " + card.title,
          .action = action_name(card),
          .outcome = memory::Outcome::Cancelled,
          .feedback = "rejected by the user",
          .server = card.server});
}

void Learner::undone(const std::string& change_id) {
  parts_.changes.mark_undone(change_id);
  std::vector<Deed> deeds = parts_.deeds.of_change(change_id);
  if (deeds.empty()) return;
  for (Deed& deed : deeds) deed.state = DeedState::Undone;
  parts_.deeds.put(deeds);
  parts_.lessons.add(Verdict::Undone, deeds.front().kind, items_of(deeds));
  record({.text = deeds.front().title,
          .action = deeds.front().kind,
          .outcome = memory::Outcome::Cancelled,
          .feedback = "undone by the user",
          .server = deeds.front().server});
}

void Learner::record(const Episode& episode) {
  memory::RecordEpisodeArgs args{.text = episode.text,
                                 .action = episode.action,
                                 .outcome = episode.outcome,
                                 .feedback = episode.feedback};
  // What was done with mail is told in words of others; memory must not take them for the user's.
  if (episode.server == "email") args.origin = "email";
  parts_.gate.propose({.call = {.server = "memory",
                                .tool = "record_episode",
                                .arguments = mcp::fields::encode(
                                    mcp::fields::type_of<memory::RecordEpisodeArgs>(), &args)},
                       .kind = "episode",
                       .reason = "What came of an action is kept."});
}

}  // namespace host
