#include <algorithm>

#include "host/planner/rules/focus_list.hpp"
#include "host/planner/rules/rules.hpp"
#include "host/planner/rules/time_taken.hpp"
#include "schemas/calendar/create_event_types.hpp"

namespace host {

namespace {

constexpr auto kShortestBlock = std::chrono::minutes(30);

/// The largest free part of the block from now on.
std::optional<Span> free_part(const World& world, const Plan& plan, const Hours& hours) {
  Span within = on_day(hours, world.today(), world.zone);
  within.start = std::max(within.start, world.now);
  const std::vector<Span> free =
      free_of(within, time_taken(world, plan), std::chrono::minutes(0), kShortestBlock);
  if (free.empty()) return std::nullopt;
  return *std::max_element(free.begin(), free.end(), [](const Span& left, const Span& right) {
    return left.length() < right.length();
  });
}

/// The longest task of the focus list that fits: a long free time is rare.
const tasks::Scored* task_for(const std::vector<const tasks::Scored*>& list, const Span& span) {
  const tasks::Scored* best = nullptr;
  for (const tasks::Scored* task : list) {
    if (estimate_of(*task) > span.length()) continue;
    if (best == nullptr || estimate_of(*task) > estimate_of(*best)) best = task;
  }
  return best;
}

}  // namespace

void protect_focus_blocks(const World& world, Plan& plan) {
  if (!world.events || !world.profile.focus_mode || is_weekend(world.today())) return;
  const Proposer proposer(world, plan, "focus_block");
  for (const Hours& hours : world.profile.focus_blocks) {
    const std::string range = to_string(hours);
    Item item{.key = "focus:" + date_text(world.today()) + ":" + range, .about = "focus " + range};
    if (!proposer.wants(item, "Focus block " + range)) continue;
    const std::optional<Span> span = free_part(world, plan, hours);
    if (!span) continue;
    const tasks::Scored* task = task_for(tasks_to_place(world, plan), *span);
    calendar::CreateEventArgs args{.title = "Focus time",
                                   .start = exactly(span->start, world.zone),
                                   .end = exactly(span->end, world.zone)};
    std::vector<Item> items{item};
    if (task != nullptr) {
      args.title = "Focus: " + task->title;
      args.origin = origin_of(*task);
      items.push_back(placing_item(world, *task));
    }
    const std::string when = span_text(*span, world.zone);
    proposer.propose(
        "calendar", "create_event", args,
        {.title = "Keep " + when + " free: " + args.title,
         .reason =
             "Your profile keeps " + range + " for focused work, and " +
             (*span == on_day(hours, world.today(), world.zone) ? "all of it is free"
                                                                : when + " of it is free") +
             (task == nullptr ? "." : "; this task of the focus list needs the longest time.")},
        std::move(items));
    plan.taken.push_back(*span);
  }
}

}  // namespace host
