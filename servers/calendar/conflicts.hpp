#pragma once

#include <vector>

#include "servers/calendar/store.hpp"

namespace calendar {

/// A series is checked as far ahead as this.
constexpr std::chrono::days kConflictHorizon{366};
constexpr std::size_t kConflictsMax = 20;

/// Busy times of other events that overlap an occurrence of `event`, earliest first, as brief rows.
/// None for an event that takes no time.
std::vector<Event> conflicts_with(const Kept& event, Store& store, const Shown& shown);
/// The same for one stretch of time; `number` is the event to leave out.
std::vector<Event> conflicts_between(std::chrono::sys_seconds from, std::chrono::sys_seconds to,
                                     std::int64_t number, Store& store, const Shown& shown);

/// Events that are likely the same: on the same day, within an hour or for the whole day, with
/// titles that share most of their words.
std::vector<Event> duplicates_of(const Kept& event, Store& store, const Shown& shown);

}  // namespace calendar
