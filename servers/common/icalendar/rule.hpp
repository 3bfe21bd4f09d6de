#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "servers/common/icalendar/content.hpp"
#include "servers/common/icalendar/values.hpp"

namespace icalendar {

/// From the longest period to the shortest.
enum class Frequency : std::uint8_t { Yearly, Monthly, Weekly, Daily, Hourly, Minutely, Secondly };

/// BYDAY: every such weekday, or with `nth` the nth (from the end, if negative) of month or year.
struct ByDay {
  int nth{};
  std::chrono::weekday day{};
};

/// A recurrence rule (RFC 5545, 3.3.10) as it was written.
struct Rule {
  Frequency frequency{};
  int interval{1};
  std::optional<int> count{};
  std::optional<Moment> until{};
  std::vector<int> seconds{}, minutes{}, hours{};
  std::vector<ByDay> days{};
  std::vector<int> month_days{}, year_days{}, weeks{}, months{}, positions{};
  std::chrono::weekday week_start{std::chrono::Monday};
};

/// Reads the value of an RRULE or EXRULE. Throws mcp::ToolError naming the part that is wrong or is
/// not offered (RSCALE other than GREGORIAN, SKIP other than OMIT).
Rule read_rule(const Line& line);

}  // namespace icalendar
