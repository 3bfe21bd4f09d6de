#include "schemas/common/time.hpp"

#include <array>
#include <cassert>
#include <cstdio>

namespace common {
namespace {

using namespace std::chrono;

constexpr std::string_view kExpected =
    "expected a time such as 2026-03-16T15:00:00+01:00, or a date such as 2026-03-16";

/// Takes exactly `digits` digits off the front of `text`.
bool take_number(std::string_view& text, std::size_t digits, int& out) {
  if (text.size() < digits) return false;
  int value = 0;
  for (const char digit : text.substr(0, digits)) {
    if (digit < '0' || digit > '9') return false;
    value = value * 10 + (digit - '0');
  }
  text.remove_prefix(digits);
  out = value;
  return true;
}

bool take(std::string_view& text, char wanted) {
  if (text.empty() || text.front() != wanted) return false;
  text.remove_prefix(1);
  return true;
}

bool take_date(std::string_view& text, year_month_day& out) {
  int y = 0;
  int m = 0;
  int d = 0;
  if (!take_number(text, 4, y) || !take(text, '-') || !take_number(text, 2, m) ||
      !take(text, '-') || !take_number(text, 2, d)) {
    return false;
  }
  out = year{y} / month{static_cast<unsigned>(m)} / day{static_cast<unsigned>(d)};
  return y >= 1 && out.ok();
}

/// "15:00:00" with an optional fraction, which is dropped. A leap second counts as the second
/// before.
bool take_clock(std::string_view& text, seconds& out) {
  int h = 0;
  int m = 0;
  int s = 0;
  if (!take_number(text, 2, h) || !take(text, ':') || !take_number(text, 2, m) ||
      !take(text, ':') || !take_number(text, 2, s) || h > 23 || m > 59 || s > 60) {
    return false;
  }
  if (take(text, '.')) {
    int digit = 0;
    if (!take_number(text, 1, digit)) return false;
    while (take_number(text, 1, digit)) {
    }
  }
  out = hours{h} + minutes{m} + seconds{s == 60 ? 59 : s};
  return true;
}

bool take_offset(std::string_view& text, seconds& out) {
  if (take(text, 'Z') || take(text, 'z')) {
    out = {};
    return true;
  }
  const bool west = !text.empty() && text.front() == '-';
  int h = 0;
  int m = 0;
  if (!take(text, west ? '-' : '+') || !take_number(text, 2, h) || !take(text, ':') ||
      !take_number(text, 2, m) || h > 23 || m > 59) {
    return false;
  }
  out = (hours{h} + minutes{m}) * (west ? -1 : 1);
  return true;
}

bool in_range(sys_seconds at) {
  return at >= sys_days{year{1} / January / 1} && at < sys_days{year{10000} / January / 1};
}

}  // namespace

std::optional<std::string> parse(std::string_view text, Time& out) {
  const auto expected = [] { return std::string(kExpected); };
  year_month_day date{};
  if (!take_date(text, date)) return expected();
  if (text.empty()) {
    out = whole_day(date);
    return std::nullopt;
  }
  seconds clock{};
  seconds offset{};
  if (!take(text, 'T') && !take(text, 't') && !take(text, ' ')) return expected();
  if (!take_clock(text, clock) || !take_offset(text, offset) || !text.empty()) return expected();
  const sys_seconds at = sys_days{date} + clock - offset;
  if (!in_range(at)) return expected();
  out = instant(at, offset);
  return std::nullopt;
}

std::string to_string(const Time& time) {
  const auto local = time.local();
  const year_month_day date{floor<days>(local)};
  std::array<char, 64> text{};
  const auto write = [&text](auto... values) {
    const int length = std::snprintf(text.data(), text.size(), values...);
    return std::string(text.data(), static_cast<std::size_t>(length));
  };
  const int y = static_cast<int>(date.year());
  const unsigned m = static_cast<unsigned>(date.month());
  const unsigned d = static_cast<unsigned>(date.day());
  if (time.date) return write("%04d-%02u-%02u", y, m, d);

  const hh_mm_ss clock{local - floor<days>(local)};
  const auto hour = static_cast<int>(clock.hours().count());
  const auto minute = static_cast<int>(clock.minutes().count());
  const auto second = static_cast<int>(clock.seconds().count());
  const auto offset = static_cast<int>(abs(time.offset).count() / 60);
  const char sign = time.offset < seconds{} ? '-' : '+';
  return write("%04d-%02u-%02uT%02d:%02d:%02d%c%02d:%02d", y, m, d, hour, minute, second, sign,
               offset / 60, offset % 60);
}

Time instant(sys_seconds at, seconds offset) {
  // RFC 3339 has no seconds in an offset: local mean times of old are shown to the minute.
  return {.at = at, .offset = floor<minutes>(offset), .date = false};
}

Time whole_day(year_month_day date) {
  assert(date.ok());
  return {.at = sys_days{date}, .offset = {}, .date = true};
}

Weekday weekday_of(const Time& time) {
  const weekday day{floor<days>(time.local())};
  return static_cast<Weekday>(day.iso_encoding() - 1);
}

}  // namespace common
