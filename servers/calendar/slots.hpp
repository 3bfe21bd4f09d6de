#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/calendar/rows.hpp"
#include "servers/common/icalendar/zones.hpp"
#include "servers/common/settings.hpp"

/// The search for free time, apart from where the busy times come from.
namespace calendar {

/// A part of each day: minutes since midnight.
struct Hours {
  std::chrono::minutes from{};
  std::chrono::minutes to{};
};

/// "09:00-17:00", or nothing. "24:00" ends a day.
std::optional<Hours> parse_hours(std::string_view text);
std::string to_string(const Hours& hours);

/// What settings.toml says of the user's days: `working_hours` ("09:00-17:00", also the default)
/// and `preferred_hours`, a list of the same form.
struct Habits {
  Hours working{.from = std::chrono::hours(9), .to = std::chrono::hours(17)};
  std::vector<Hours> preferred{};
};
/// Throws std::runtime_error for hours that cannot be read.
Habits read_habits(const common::Settings& settings);

struct Interval {
  std::chrono::sys_seconds from{};
  std::chrono::sys_seconds to{};
};

struct SlotSearch {
  Interval within{};
  std::chrono::minutes duration{};
  Hours hours{};
  std::vector<Hours> preferred{};
  bool weekends{};
  std::chrono::minutes buffer{};
  bool by_preference{};
  std::size_t limit{};
};

/// Free times on quarters of an hour. In order of time they follow each other without overlap; by
/// preference, preferred hours come first, then what leaves the least free time broken up, then the
/// earlier one. Each says why it was chosen.
std::vector<Slot> find_slots(const SlotSearch& search, std::vector<Interval> busy,
                             const common::Zone& zone);

}  // namespace calendar
