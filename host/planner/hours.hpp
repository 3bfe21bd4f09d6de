#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/common/time.hpp"
#include "servers/common/icalendar/zones.hpp"

namespace host {

/// From one instant to another.
struct Span {
  std::chrono::sys_seconds start{};
  std::chrono::sys_seconds end{};

  std::chrono::seconds length() const { return end - start; }
  bool overlaps(const Span& other) const { return start < other.end && other.start < end; }
  bool holds(const Span& other) const { return start <= other.start && other.end <= end; }
  friend bool operator==(const Span&, const Span&) = default;
};

/// Hours of a day, "09:00-17:00".
struct Hours {
  std::chrono::minutes start{};
  std::chrono::minutes end{};
  friend bool operator==(const Hours&, const Hours&) = default;
};

std::optional<Hours> parse_hours(std::string_view text);
std::string to_string(const Hours& hours);

/// Those hours of one day of the zone.
Span on_day(const Hours& hours, std::chrono::local_days day, const common::Zone& zone);
Span whole_day(std::chrono::local_days day, const common::Zone& zone);
std::chrono::local_days day_of(std::chrono::sys_seconds instant, const common::Zone& zone);
bool is_weekend(std::chrono::local_days day);

/// "09:30", "Tue 17 Mar 09:30", "09:30-11:00", "45 min", "1 h 30 min", "2026-03-16".
std::string clock_text(std::chrono::sys_seconds instant, const common::Zone& zone);
std::string day_text(std::chrono::local_days day);
std::string moment_text(std::chrono::sys_seconds instant, const common::Zone& zone);
std::string span_text(const Span& span, const common::Zone& zone);
std::string length_text(std::chrono::seconds length);
std::string date_text(std::chrono::local_days day);

/// What is left of `within` when `taken` (in any order) is cut out, each grown by `gap` on both
/// sides; earliest first, none shorter than `shortest`.
std::vector<Span> free_of(const Span& within, std::vector<Span> taken, std::chrono::minutes gap,
                          std::chrono::minutes shortest);

}  // namespace host
