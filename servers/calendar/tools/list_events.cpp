#include "schemas/calendar/list_events.hpp"

#include "servers/calendar/agenda.hpp"
#include "servers/calendar/context.hpp"
#include "servers/common/page.hpp"

namespace calendar {
namespace {

/// Without a range, today; from an open start, everything; to an open end, as far as kHorizon.
Interval range_of(const ListEventsArgs& args, const common::Times& times) {
  if (!args.start && !args.end) {
    const std::chrono::sys_seconds today = times.begin_of(times.today());
    const common::Time tomorrow = common::whole_day(std::chrono::year_month_day(
        std::chrono::sys_days(std::chrono::floor<std::chrono::days>(times.today().at)) +
        std::chrono::days(1)));
    return {.from = today, .to = times.begin_of(tomorrow)};
  }
  const common::Range range = times.range(args.start, args.end);
  Interval interval{.from = range.from.value_or(std::chrono::sys_seconds::min())};
  interval.to = range.to.value_or(std::max(times.now().at, interval.from) + kHorizon);
  return interval;
}

}  // namespace

EventPage list_events(Context& context, const ListEventsArgs& args, mcp::Call& call) {
  Interval range = range_of(args, context.times);
  common::Page<Event> page(call, {.limit = args.limit, .cursor = args.cursor});
  if (!page.start().empty()) {
    const std::optional<std::chrono::sys_seconds> reached = start_of_key(page.start());
    if (!reached) throw common::bad_cursor();
    range.from = std::max(range.from, *reached);
  }
  const std::vector<Kept> events =
      context.store.load({.calendars = args.calendars, .from = range.from, .to = range.to});
  Agenda agenda(events, range.from, range.to);
  while (const std::optional<Entry> entry = agenda.next()) {
    if (call.cancelled()) break;
    const std::string key = key_of(*entry);
    if (page.shown_before(key)) continue;
    const icalendar::Component& event = component_of(*entry->kept, entry->occurrence);
    if (!args.attendee.empty() && !takes_part(event, args.attendee)) continue;
    if (!page.offer(key, row_of(*entry->kept, entry->occurrence, context.shown()))) break;
  }
  std::string next = page.next_cursor();
  return {.events = std::move(page).rows(), .next_cursor = std::move(next)};
}

}  // namespace calendar
