#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "servers/common/icalendar/content.hpp"

namespace icalendar {

/// A DATE or DATE-TIME value as it was written, before any zone is asked.
struct Moment {
  enum class Kind : std::uint8_t { Date, Floating, Utc, Zoned };
  std::chrono::local_seconds local{};  ///< The wall time; of Utc, the wall time in UTC.
  Kind kind{Kind::Floating};
  std::string tzid{};  ///< Of Zoned.

  friend bool operator==(const Moment&, const Moment&) = default;
};

/// A DURATION: weeks and days are nominal (a day may have 23 hours), the rest is exact.
struct Duration {
  std::chrono::days days{};
  std::chrono::seconds time{};
};

/// A PERIOD of an RDATE. Without `length` it is a start alone.
struct Period {
  Moment start{};
  std::optional<Moment> end{};
  std::optional<Duration> length{};
};

/// What libical makes of content lines. All of these throw mcp::ToolError, naming the line and what
/// is wrong with it.
Moment read_moment(const Line& line);
std::vector<Moment> read_moments(const Line& line);
std::vector<Period> read_periods(const Line& line);
Duration read_duration(const Line& line);
std::chrono::seconds read_offset(const Line& line);

/// The moment, or nothing where read_moment would throw.
std::optional<Moment> find_moment(const Line& line);

/// What libical cannot read of the line's value, in a sentence. A value that is missing counts only
/// where it repeats an event (RRULE, RDATE, EXDATE).
std::optional<std::string> find_fault(const Line& line);

/// Of any line; these never fail. The text is unescaped, quoted-printable undone.
std::string read_text(const Line& line);
/// Empty if there is none. `name` in capitals.
std::string read_parameter(const Line& line, std::string_view name);
/// The same line with one parameter set, or taken away where `value` is empty.
Line with_parameter(const Line& line, std::string_view name, std::string_view value);

/// "DTSTART" and a moment as a content line.
Line moment_line(std::string_view name, const Moment& moment);

/// Throws mcp::ToolError: "line 12: DTSTART:2012 cannot be read: expected ...".
[[noreturn]] void refuse(const Line& line, std::string_view why);

}  // namespace icalendar
