#include "schemas/calendar/find_free_slots.hpp"

#include <algorithm>

#include "servers/calendar/agenda.hpp"
#include "servers/calendar/context.hpp"

namespace calendar {
namespace {

constexpr std::chrono::days kDefaultSearch{7};
constexpr std::chrono::days kSearchMax{366};

/// Never the past: what has gone by is not free.
Interval within(const FindFreeSlotsArgs& args, const common::Times& times) {
  const std::chrono::sys_seconds now = times.now().at;
  if (!args.start && !args.end) return {.from = now, .to = now + kDefaultSearch};
  const common::Range range = times.range(args.start, args.end);
  Interval interval{.from = std::max(range.from.value_or(now), now)};
  interval.to =
      std::min(range.to.value_or(interval.from + kDefaultSearch), interval.from + kSearchMax);
  if (interval.to <= now) {
    throw mcp::ToolError("/start: that time has passed; it is " +
                         common::Times::spoken(times.now()));
  }
  return interval;
}

Hours hours_of(const FindFreeSlotsArgs& args, const Habits& habits) {
  if (args.hours.empty()) return habits.working;
  const std::optional<Hours> hours = parse_hours(args.hours);
  if (!hours) {
    throw mcp::ToolError("/hours: expected hours such as \"09:00-17:00\", got \"" + args.hours +
                         "\"");
  }
  return *hours;
}

std::string considered(const SlotSearch& search, std::size_t busy, const common::Times& times) {
  const auto spoken = [&](std::chrono::sys_seconds at) {
    return common::Times::spoken(times.zone().at(at));
  };
  std::string text = spoken(search.within.from) + " to " + spoken(search.within.to) + ", " +
                     to_string(search.hours) + ", " +
                     (search.weekends ? "weekends included" : "without weekends") + ", around " +
                     std::to_string(busy) + (busy == 1 ? " busy time" : " busy times");
  if (search.buffer > std::chrono::minutes(0)) {
    text += ", " + std::to_string(search.buffer.count()) + " minutes kept around each";
  }
  return text;
}

}  // namespace

FindFreeSlotsResult find_free_slots(Context& context, const FindFreeSlotsArgs& args, mcp::Call&) {
  const SlotSearch search{.within = within(args, context.times),
                          .duration = std::chrono::minutes(args.duration_minutes),
                          .hours = hours_of(args, context.habits),
                          .preferred = context.habits.preferred,
                          .weekends = args.weekends,
                          .buffer = std::chrono::minutes(args.buffer_minutes),
                          .by_preference = args.order == FindFreeSlotsOrder::Preferred,
                          .limit = static_cast<std::size_t>(args.limit)};
  const std::chrono::sys_seconds from = search.within.from - search.buffer;
  const std::chrono::sys_seconds to = search.within.to + search.buffer;
  const std::vector<Kept> events =
      context.store.load({.calendars = args.calendars, .from = from, .to = to});
  std::vector<Interval> busy;
  for (const Entry& entry : entries_between(events, from, to)) {
    if (!is_busy(*entry.kept, entry.occurrence, context.self)) continue;
    busy.push_back({.from = entry.occurrence.start, .to = entry.occurrence.end});
  }
  const std::size_t count = busy.size();
  return {.slots = find_slots(search, std::move(busy), context.times.zone()),
          .considered = considered(search, count, context.times)};
}

}  // namespace calendar
