#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "servers/common/icalendar/content.hpp"
#include "servers/common/icalendar/series.hpp"
#include "servers/common/times.hpp"

/// Calendar objects made and changed: each function returns a whole VCALENDAR, in which everything
/// that is not its business stays as it was.
namespace calendar {

/// What a caller said about an event, resolved.
struct NewEvent {
  std::string title{};
  common::Span when{};
  std::optional<common::Zone> zone{};  ///< In which it keeps its local time; always set.
  std::string location{};
  std::string notes{};
  std::vector<std::string> attendees{};  ///< Addresses.
  std::string repeat{};                  ///< RRULE value.
  std::vector<std::int64_t> reminders_minutes{};
  bool busy{true};
};

icalendar::Component compose(const NewEvent& event, const std::string& uid,
                             std::chrono::sys_seconds now);

/// The same event beginning at `start`, as long as before. For a series whose rule does not hold at
/// the day that the caller named.
icalendar::Component starting_at(icalendar::Component calendar, const icalendar::Occurrence& start,
                                 const icalendar::Series& series);

/// `stored` with the changed occurrences that `incoming`, which has no whole series, brings.
icalendar::Component merged(icalendar::Component stored, const icalendar::Component& incoming);

/// True if every VEVENT is of a single occurrence (RECURRENCE-ID).
bool is_partial(const icalendar::Component& calendar);

/// With STATUS:CANCELLED in every VEVENT.
icalendar::Component cancelled(icalendar::Component calendar);

/// The VEVENT of one occurrence alone, to be changed: the one that is there, or a new one. Returns
/// its index in calendar.parts. `calendar` is a copy of series.calendar().
std::size_t split_off(icalendar::Component& calendar, const icalendar::Series& series,
                      const icalendar::Occurrence& occurrence);

/// Notes in a VEVENT which time the user proposed instead; without one, that none is proposed.
void record_proposal(icalendar::Component& event, const std::optional<common::Span>& proposed,
                     const common::Times& times);

/// A UID that nobody else has.
std::string new_uid();

}  // namespace calendar
