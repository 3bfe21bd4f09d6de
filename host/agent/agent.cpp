#include "host/agent/agent.hpp"

#include <utility>

namespace host {

void Agent::say(const std::string& text) const {
  if (progress_) progress_(text);
}

Observer::Seen Agent::look() {
  const std::chrono::sys_seconds now = parts_.times.now().at;
  return observer_.look(parts_.learner.history(now), now);
}

std::optional<Outcome> Agent::execute(const Action& action) {
  say(action.proposal.title);
  if (!parts_.learner.begin(action)) return std::nullopt;
  Outcome outcome = parts_.gate.propose(action.proposal);
  parts_.learner.settle(action, outcome);
  return outcome;
}

Cycle Agent::run_cycle(std::chrono::sys_seconds next_look) {
  say("looking at calendar, mail, tasks and files");
  const std::chrono::sys_seconds now = parts_.times.now().at;
  Observer::Seen seen = observer_.look(parts_.learner.history(now), next_look);
  Plan plan = parts_.planner.plan(seen.world);
  Cycle cycle{.world = std::move(seen.world),
              .unseen = std::move(seen.unseen),
              .notices = std::move(plan.notices),
              .left_out = std::move(plan.left_out)};
  for (const Notice& notice : cycle.notices) parts_.learner.told(notice);
  for (Action& action : plan.actions) {
    std::optional<Outcome> outcome = execute(action);
    if (outcome) cycle.steps.push_back({.action = std::move(action), .outcome = *outcome});
  }
  return cycle;
}

void Agent::run_until_quiet(std::chrono::sys_seconds next_look, const OnCycle& on_cycle) {
  for (int i = 0; i < kCyclesMax; ++i) {
    const Cycle cycle = run_cycle(next_look);
    on_cycle(cycle);
    if (cycle.steps.empty()) return;
  }
}

}  // namespace host
