#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

/// Time as values: no clock, no zone data. What resolves words into instants is
/// servers/common/times.
namespace common {

enum class Weekday : std::uint8_t { Mon, Tue, Wed, Thu, Fri, Sat, Sun };

/// A point in time as an answer shows it: an instant with the offset it is shown in, or a bare
/// date. Printed as RFC 3339 ("2026-03-16T15:00:00+01:00") or as "2026-03-16". Years 0001 to 9999.
struct Time {
  std::chrono::sys_seconds at{};  ///< The instant; of a date, its midnight read as if in UTC.
  std::chrono::seconds offset{};  ///< Local time minus UTC; zero for a date.
  bool date{};                    ///< A whole day: at 00:00, offset 0.

  std::chrono::local_seconds local() const {
    return std::chrono::local_seconds((at + offset).time_since_epoch());
  }
  friend bool operator==(const Time&, const Time&) = default;
};

/// Reads RFC 3339 with offset or Z, or a full date, and nothing else. Returns what was expected, if
/// the text is neither.
std::optional<std::string> parse(std::string_view text, Time& out);
std::string to_string(const Time& time);
Time instant(std::chrono::sys_seconds at, std::chrono::seconds offset);
Time whole_day(std::chrono::year_month_day date);
/// Of the local day.
Weekday weekday_of(const Time& time);

}  // namespace common
