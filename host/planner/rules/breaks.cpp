#include <algorithm>

#include "host/planner/rules/rules.hpp"
#include "host/planner/rules/time_taken.hpp"

namespace host {

namespace {

constexpr auto kLongStretch = std::chrono::minutes(90);
constexpr auto kPause = std::chrono::minutes(10);  ///< A shorter gap is no rest.

/// Busy time of today that no real pause interrupts.
std::vector<Span> stretches(const World& world, const Plan& plan) {
  const Span today = whole_day(world.today(), world.zone);
  std::vector<Span> taken = time_taken(world, plan);
  std::sort(taken.begin(), taken.end(),
            [](const Span& left, const Span& right) { return left.start < right.start; });
  std::vector<Span> merged;
  for (const Span& span : taken) {
    if (!today.holds(span) || span == today) continue;
    if (!merged.empty() && span.start - merged.back().end < kPause) {
      merged.back().end = std::max(merged.back().end, span.end);
    } else {
      merged.push_back(span);
    }
  }
  return merged;
}

}  // namespace

void suggest_breaks(const World& world, Plan& plan) {
  if (!world.profile.break_reminders || !world.events) return;
  const Proposer proposer(world, plan, "break");
  for (const Span& span : stretches(world, plan)) {
    if (span.length() < kLongStretch || span.end <= world.now) continue;
    if (span.end >= std::max(world.next_look, world.now + std::chrono::hours(1))) continue;
    proposer.notice(
        {.key = "break:" + date_text(world.today()) + ":" + clock_text(span.end, world.zone)},
        "Take " + length_text(kPause) + " at " + clock_text(span.end, world.zone) +
            ": by then you have worked " + length_text(span.length()) + " without a pause.");
  }
}

}  // namespace host
