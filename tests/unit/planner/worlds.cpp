#include "tests/unit/planner/worlds.hpp"

#include <stdexcept>

namespace host::testing {

namespace {

const common::Zone& warsaw() {
  static const common::Zone zone = common::Zone::find("Europe/Warsaw").value();
  return zone;
}

}  // namespace

std::chrono::sys_seconds at(int hour, int minute, int day) {
  const std::chrono::local_days date = std::chrono::local_days(
      std::chrono::year(2026) / 3 / std::chrono::day(static_cast<unsigned>(day)));
  return warsaw().to_utc(date + std::chrono::hours(hour) + std::chrono::minutes(minute));
}

common::Time time(int hour, int minute, int day) {
  return warsaw().at(at(hour, minute, day));
}

World morning() {
  World world{.now = at(8), .next_look = at(8), .zone = warsaw()};
  world.profile.name = "Maja Nowak";
  world.events.emplace();
  world.inbox.emplace();
  world.priorities.emplace();
  return world;
}

calendar::Event event(const std::string& title, std::chrono::sys_seconds start,
                      std::chrono::sys_seconds end) {
  return {.id = "e:" + title, .title = title, .start = warsaw().at(start), .end = warsaw().at(end)};
}

void add_letter(World& world, const std::string& id, email::Triage category,
                const std::string& from, const std::string& subject, const std::string& text) {
  world.inbox->push_back({.id = id,
                          .date = time(7),
                          .from = from,
                          .subject = subject,
                          .category = category,
                          .reasons = {"asks"}});
  world.messages[id] = {.id = id,
                        .date = time(7),
                        .from = from,
                        .subject = subject,
                        .mailbox = "inbox",
                        .text = text};
}

void add_invitation(World& world, std::chrono::sys_seconds start, std::chrono::sys_seconds end) {
  add_letter(world, "m9", email::Triage::ActionRequired, "Jonas Weber <jonas@example.com>",
             "Invitation");
  world.messages["m9"].invitation = common::Invitation{.uid = "pricing@example.com",
                                                       .title = "Pricing workshop",
                                                       .start = warsaw().at(start),
                                                       .end = warsaw().at(end)};
}

tasks::Scored& add_task(World& world, const std::string& id, const std::string& title,
                        int minutes) {
  world.priorities->focus.push_back(id);
  world.priorities->tasks.push_back(
      {.id = id, .title = title, .estimate_minutes = minutes, .score = 50});
  return world.priorities->tasks.back();
}

Plan plan(const World& world) {
  return EmbeddedPlanner().plan(world);
}

std::vector<Action> actions(const Plan& plan, const std::string& kind) {
  std::vector<Action> found;
  for (const Action& action : plan.actions) {
    if (action.proposal.kind == kind) found.push_back(action);
  }
  return found;
}

const Action& only(const std::vector<Action>& actions) {
  if (actions.size() != 1)
    throw std::runtime_error(std::to_string(actions.size()) + " actions instead of one");
  return actions.front();
}

std::vector<std::string> notices(const Plan& plan, const std::string& kind) {
  std::vector<std::string> texts;
  for (const Notice& notice : plan.notices) {
    if (notice.kind == kind) texts.push_back(notice.text);
  }
  return texts;
}

}  // namespace host::testing
