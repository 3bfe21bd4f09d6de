#pragma once

#include <vector>

#include "servers/calendar/store.hpp"

namespace calendar {

/// A series is checked as far ahead as this.
constexpr std::chrono::days kConflictHorizon{366};
constexpr std::size_t kConflictsMax = 20;

/// Other events that were looked for: the earliest, and how many there are beyond those.
struct Others {
  std::vector<Event> events{};  ///< At most kConflictsMax brief rows, earliest first.
  std::int64_t more{};
};

/// Busy times of other events that overlap an occurrence of `event`.
/// None for an event that takes no time.
Others conflicts_with(const Kept& event, Store& store, const Shown& shown);
/// The same for one stretch of time; `number` is the event to leave out.
Others conflicts_between(std::chrono::sys_seconds from, std::chrono::sys_seconds to,
                         std::int64_t number, Store& store, const Shown& shown);

/// Events that are likely the same: on the same day, within an hour or for the whole day, with
/// titles that share most of their words.
Others duplicates_of(const Kept& event, Store& store, const Shown& shown);

}  // namespace calendar
