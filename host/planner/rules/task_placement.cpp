#include <algorithm>

#include "host/planner/rules/focus_list.hpp"
#include "host/planner/rules/rules.hpp"
#include "host/planner/rules/time_taken.hpp"
#include "schemas/calendar/create_event_types.hpp"

namespace host {

namespace {

constexpr auto kQuarter = std::chrono::minutes(15);

/// Begins on a quarter of an hour.
Span rounded_up(const Span& span, const common::Zone& zone) {
  const auto local = std::chrono::ceil<std::chrono::minutes>(zone.to_local(span.start));
  const auto past = local.time_since_epoch() % kQuarter;
  return {.start = past.count() == 0 ? span.start : zone.to_utc(local + (kQuarter - past)),
          .end = span.end};
}

/// The first free time that is long enough and, for what is due today, ends in time.
std::optional<Span> time_for(const World& world, const Plan& plan, const tasks::Scored& task) {
  const std::chrono::minutes length = estimate_of(task);
  Span within = on_day(world.profile.working_hours, world.today(), world.zone);
  within.start = std::max(within.start, world.now);
  if (task.due && !task.due->date && task.due->at > world.now)
    within.end = std::min(within.end, task.due->at);
  for (const Span& free : free_of(within, time_taken(world, plan), world.profile.buffer, length)) {
    const Span rounded = rounded_up(free, world.zone);
    if (rounded.length() >= length)
      return Span{.start = rounded.start, .end = rounded.start + length};
  }
  return std::nullopt;
}

std::string due_text(const World& world, const tasks::Scored& task) {
  if (!task.due) return "";
  if (task.due->date)
    return ", due " + day_text(std::chrono::floor<std::chrono::days>(task.due->local()));
  return ", due " + moment_text(task.due->at, world.zone);
}

void place(const World& world, Plan& plan, const tasks::Scored& task) {
  const Proposer proposer(world, plan, "task_block");
  const Item item = placing_item(world, task);
  if (!proposer.wants(item, task.title)) return;
  const std::optional<Span> span = time_for(world, plan, task);
  if (!span) {
    proposer.notice({.key = "no_time:" + item.key}, "No free " + length_text(estimate_of(task)) +
                                                        " is left today for " + task.title +
                                                        due_text(world, task) + ".");
    return;
  }
  const calendar::CreateEventArgs args{.title = task.title,
                                       .start = exactly(span->start, world.zone),
                                       .end = exactly(span->end, world.zone),
                                       .origin = origin_of(task)};
  proposer.propose("calendar", "create_event", args,
                   {.title = "Work on " + task.title + ", " + span_text(*span, world.zone),
                    .reason = "It is on the focus list (score " + std::to_string(task.score) +
                              due_text(world, task) + "); this is the first free " +
                              length_text(estimate_of(task)) + " of your working hours."},
                   {item});
  plan.taken.push_back(*span);
}

}  // namespace

void place_tasks(const World& world, Plan& plan) {
  if (!world.events || is_weekend(world.today())) return;
  for (const tasks::Scored* task : tasks_to_place(world, plan)) place(world, plan, *task);
}

}  // namespace host
