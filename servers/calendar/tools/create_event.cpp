#include "schemas/calendar/create_event.hpp"

#include <algorithm>

#include "servers/calendar/compose.hpp"
#include "servers/calendar/context.hpp"
#include "servers/calendar/zone_argument.hpp"
#include "servers/common/icalendar/invitation.hpp"

namespace calendar {
namespace {

/// "anna@example.com" of "Anna <Anna@example.com>", too.
std::string address_argument(const std::string& text, std::size_t index) {
  const std::size_t begin = text.rfind('<');
  const std::size_t end = text.rfind('>');
  const bool named = begin != std::string::npos && end != std::string::npos && begin < end;
  const std::string address =
      icalendar::address_of(named ? text.substr(begin + 1, end - begin - 1) : text);
  const std::size_t at = address.find('@');
  const bool clean = std::ranges::none_of(
      address, [](unsigned char c) { return c <= ' ' || c == 0x7f || c == ',' || c == ';'; });
  if (at == std::string::npos || at == 0 || at + 1 == address.size() || !clean) {
    throw mcp::ToolError("/attendees/" + std::to_string(index) +
                         ": expected an e-mail address, got \"" + text + "\"");
  }
  return address;
}

std::vector<std::string> addresses_of(const std::vector<std::string>& attendees) {
  std::vector<std::string> addresses;
  for (std::size_t i = 0; i < attendees.size(); ++i) {
    addresses.push_back(address_argument(attendees[i], i));
  }
  return addresses;
}

std::string rule_of(const CreateEventArgs& args, const common::Span& when,
                    const common::Times& times) {
  if (!args.repeat) return {};
  if (args.repeat->after_completion) {
    throw mcp::ToolError("/repeat: an event is not completed; leave out \"after completion\"");
  }
  return times.settled(*args.repeat, {.pointer = "/repeat", .anchor = when.start}).rrule;
}

/// Words are read in the zone that the call names.
NewEvent new_event(const CreateEventArgs& args, const common::Times& user_times) {
  const common::Zone zone = zone_argument(args.zone, user_times);
  const common::Times times = user_times.in(zone);
  const common::Span when = times.span(args.start, args.end, args.duration_minutes);
  return {.title = args.title,
          .when = when,
          .zone = zone,
          .location = args.location,
          .notes = args.notes,
          .attendees = addresses_of(args.attendees),
          .repeat = rule_of(args, when, times),
          .reminders_minutes = args.reminders_minutes,
          .busy = args.busy};
}

/// The object of the event. A series begins with the first day that its rule gives.
icalendar::Component object_of(const NewEvent& event, const std::string& uid,
                               const common::Times& times) {
  icalendar::Component object = compose(event, uid, times.now().at);
  if (event.repeat.empty()) return object;
  const icalendar::Series series = icalendar::read_series(icalendar::write(object), times.zone());
  const std::optional<icalendar::Occurrence> first = series.first();
  if (!first) throw mcp::ToolError("/repeat: " + event.repeat + " never happens after the start");
  return starting_at(std::move(object), *first, series);
}

}  // namespace

CreateEventResult create_event(Context& context, const CreateEventArgs& args, mcp::Call& call) {
  const std::string calendar = args.calendar.empty() ? std::string(kDefaultCalendar)
                                                     : context.store.named({args.calendar}).front();
  const std::string uid = new_uid();
  const NewEvent event = new_event(args, context.times);
  Stored stored{.calendar = calendar,
                .uid = uid,
                .ics = icalendar::write(object_of(event, uid, context.times)),
                .imported = "",
                .origin = args.origin.empty() ? call.actor() : args.origin,
                .untrusted = !args.origin.empty()};
  const Kept kept = context.store.add(std::move(stored), {.call = &call, .dry_run = args.dry_run});
  Event row = row_of(kept, *kept.series.first(), context.shown());
  row.id = id_of(kept.stored.number, "");
  Others conflicts = conflicts_with(kept, context.store, context.shown());
  Others duplicates = duplicates_of(kept, context.store, context.shown());
  return {.event = std::move(row),
          .conflicts = std::move(conflicts.events),
          .more_conflicts = conflicts.more,
          .duplicates = std::move(duplicates.events),
          .more_duplicates = duplicates.more};
}

}  // namespace calendar
