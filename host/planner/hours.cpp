#include "host/planner/hours.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace host {

using std::chrono::days;

using std::chrono::local_days;
using std::chrono::local_seconds;
using std::chrono::minutes;
using std::chrono::sys_seconds;

namespace {

constexpr std::array<const char*, 7> kWeekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string two_digits(long number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

std::optional<long> digits(std::string_view text) {
  if (text.empty() || text.size() > 2) return std::nullopt;
  long value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

/// "09:30" or "9" or "24:00".
std::optional<minutes> parse_clock(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::optional<long> hour = digits(text.substr(0, colon));
  const std::optional<long> minute =
      colon == std::string_view::npos ? 0L : digits(text.substr(colon + 1));
  if (!hour || !minute || *minute > 59 || *hour * 60 + *minute > 24 * 60) return std::nullopt;
  return minutes(*hour * 60 + *minute);
}

std::string hours_and_minutes(minutes time) {
  return two_digits(time.count() / 60) + ":" + two_digits(time.count() % 60);
}

}  // namespace

std::optional<Hours> parse_hours(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const std::optional<minutes> start = parse_clock(text.substr(0, dash));
  const std::optional<minutes> end = parse_clock(text.substr(dash + 1));
  if (!start || !end || *start >= *end) return std::nullopt;
  return Hours{.start = *start, .end = *end};
}

std::string to_string(const Hours& hours) {
  return hours_and_minutes(hours.start) + "-" + hours_and_minutes(hours.end);
}

Span on_day(const Hours& hours, local_days day, const common::Zone& zone) {
  return {.start = zone.to_utc(local_seconds(day) + hours.start),
          .end = zone.to_utc(local_seconds(day) + hours.end)};
}

Span whole_day(local_days day, const common::Zone& zone) {
  return {.start = zone.to_utc(local_seconds(day)),
          .end = zone.to_utc(local_seconds(day + days(1)))};
}

local_days day_of(sys_seconds instant, const common::Zone& zone) {
  return std::chrono::floor<days>(zone.to_local(instant));
}

bool is_weekend(local_days day) {
  const std::chrono::weekday weekday(day);
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

std::string clock_text(sys_seconds instant, const common::Zone& zone) {
  const local_seconds local = zone.to_local(instant);
  return hours_and_minutes(std::chrono::floor<minutes>(local - std::chrono::floor<days>(local)));
}

std::string day_text(local_days day) {
  const std::chrono::year_month_day date(day);
  return std::string(kWeekdays[std::chrono::weekday(day).c_encoding()]) + " " +
         std::to_string(static_cast<unsigned>(date.day())) + " " +
         kMonths[static_cast<unsigned>(date.month()) - 1];
}

std::string moment_text(sys_seconds instant, const common::Zone& zone) {
  return day_text(day_of(instant, zone)) + " " + clock_text(instant, zone);
}

std::string span_text(const Span& span, const common::Zone& zone) {
  return clock_text(span.start, zone) + "-" + clock_text(span.end, zone);
}

std::string length_text(std::chrono::seconds length) {
  const long total = std::chrono::floor<minutes>(length).count();
  if (total < 60) return std::to_string(total) + " min";
  const std::string whole = std::to_string(total / 60) + " h";
  return total % 60 == 0 ? whole : whole + " " + std::to_string(total % 60) + " min";
}

std::string date_text(local_days day) {
  const std::chrono::year_month_day date(day);
  return std::to_string(static_cast<int>(date.year())) + "-" +
         two_digits(static_cast<unsigned>(date.month())) + "-" +
         two_digits(static_cast<unsigned>(date.day()));
}

std::vector<Span> free_of(const Span& within, std::vector<Span> taken, minutes gap,
                          minutes shortest) {
  std::sort(taken.begin(), taken.end(),
            [](const Span& left, const Span& right) { return left.start < right.start; });
  std::vector<Span> free;
  sys_seconds at = within.start;
  const auto add = [&](sys_seconds end) {
    const Span span{.start = at, .end = std::min(end, within.end)};
    if (span.length() >= shortest) free.push_back(span);
  };
  for (const Span& span : taken) {
    if (span.end + gap <= at) continue;
    if (span.start - gap >= within.end) break;
    add(span.start - gap);
    at = std::max(at, span.end + gap);
  }
  add(within.end);
  return free;
}

}  // namespace host
