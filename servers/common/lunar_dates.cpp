#include "servers/common/lunar_dates.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "servers/common/sky.hpp"

namespace common::lunar {

using namespace std::chrono;

namespace {

constexpr double kBeijing = 8.0 / 24;  ///< Ahead of universal time, in days.
constexpr double kIndia = 5.5 / 24;
/// When in Mecca, by universal time, a new moon must have been to be old enough by sunset.
constexpr double kMeccaEvening = 10.1 / 24;
constexpr int kMonthsPerYear = 12;
constexpr int kSign = 30;  ///< Degrees.

local_days day_at(double at, double ahead) {
  return local_days{days{static_cast<int>(std::floor(at + ahead))}};
}
double midnight(local_days day, double ahead) {
  return static_cast<double>(day.time_since_epoch().count()) - ahead;
}
local_days first_of(int in_year) {
  return local_days{year{in_year} / January / 1};
}

// --- Hebrew

/// Days from the calendar's epoch to the new year, before the postponements that look at
/// neighbours.
std::int64_t elapsed_days(std::int64_t in_year) {
  const std::int64_t months = (235 * in_year - 234) / 19;
  const std::int64_t parts = 12084 + 13753 * months;
  const std::int64_t day = 29 * months + parts / 25920;
  return (3 * (day + 1)) % 7 < 3 ? day + 1 : day;
}

std::int64_t new_year(std::int64_t in_year) {
  const std::int64_t before = elapsed_days(in_year - 1);
  const std::int64_t here = elapsed_days(in_year);
  const std::int64_t after = elapsed_days(in_year + 1);
  if (after - here == 356) return here + 2;
  return here - before == 382 ? here + 1 : here;
}

bool is_hebrew_leap(int in_year) {
  return (7 * in_year + 1) % 19 < 7;
}

int hebrew_month_length(int in_year, int month) {
  const std::int64_t length = new_year(in_year + 1) - new_year(in_year);
  const bool short_kislev = length % 10 == 3;
  const bool long_heshvan = length % 10 == 5;
  const bool is_short = month == 2 || month == 4 || month == 6 || month == 10 || month == 13 ||
                        (month == 12 && !is_hebrew_leap(in_year)) ||
                        (month == 8 && !long_heshvan) || (month == 9 && short_kislev);
  return is_short ? 29 : 30;
}

// --- Chinese

local_days chinese_new_moon(int number) {
  return day_at(sky::new_moon(number), kBeijing);
}

/// The number of the new moon that begins the month of the winter solstice in that year.
int eleventh_month(int in_year) {
  const local_days solstice = day_at(
      sky::reaches(sky::sun_longitude, 270, midnight(first_of(in_year) + days{300}, 0)), kBeijing);
  int number = sky::new_moon_before(midnight(solstice, kBeijing) + 1);
  while (chinese_new_moon(number) > solstice) --number;
  return number;
}

/// The sun's sign at the midnight that begins a day in Beijing.
int sign_on(local_days day) {
  return static_cast<int>(sky::sun_longitude(midnight(day, kBeijing)) / kSign);
}

// --- Indian

int sidereal_sign(double at) {
  return static_cast<int>(sky::sidereal_sun_longitude(at) / kSign);
}

double hour_of(words::HolidayRule::At at) {
  using At = words::HolidayRule::At;
  switch (at) {
    case At::Sunrise:
      return 6.0 / 24;
    case At::Noon:
      return 12.0 / 24;
    case At::Afternoon:
      return 15.5 / 24;
    case At::Sunset:
      return 18.5 / 24;
    case At::Night:
      return 24.0 / 24;
  }
  return 0;
}

/// The day of the tithi in the lunar month that begins with that new moon.
local_days tithi_day(int new_moon, const words::HolidayRule& rule) {
  constexpr double kTithi = 12.0;  ///< Degrees of the moon's phase.
  const double begin = sky::new_moon(new_moon);
  const auto tithi_at = [&](local_days day) {
    return static_cast<int>(sky::moon_phase(midnight(day, kIndia) + hour_of(rule.at)) / kTithi) + 1;
  };
  // A tithi lasts 0.9 to 1.1 days; begin to look two days early.
  local_days day = day_at(begin + (rule.day - 1) * 0.98 - 2, kIndia);
  const bool passed_over_year = rule.day > 28;
  for (int i = 0; i < 6; ++i, day += days{1}) {
    const int tithi = tithi_at(day);
    if (tithi == rule.day) return day;
    // Over it already: it began and ended since yesterday.
    const bool over = passed_over_year ? tithi < 10 : tithi > rule.day && tithi < rule.day + 10;
    if (over && (i > 0 || rule.day > 1)) return day - days{1};
  }
  return day;
}

}  // namespace

local_days hebrew_day(int hebrew_year, int month, int day) {
  const local_days epoch{year{-3760} / September / 7};
  std::int64_t offset = new_year(hebrew_year);
  const int last = is_hebrew_leap(hebrew_year) ? 13 : 12;
  if (month == kMonthsPerYear) month = last;  // holidays of Adar are of Adar II
  if (month < 7) {
    for (int m = 7; m <= last; ++m) offset += hebrew_month_length(hebrew_year, m);
    for (int m = 1; m < month; ++m) offset += hebrew_month_length(hebrew_year, m);
  } else {
    for (int m = 7; m < month; ++m) offset += hebrew_month_length(hebrew_year, m);
  }
  return epoch + days{offset + day - 1};
}

std::vector<local_days> islamic_days(int gregorian_year, int month, int day) {
  // Shawwal 1420, the tenth month, began after new moon 0.
  constexpr int kMonthOfFirst = 9;
  std::vector<local_days> found;
  int number = sky::new_moon_before(midnight(first_of(gregorian_year), 0)) - 2;
  for (int i = 0; i < 16; ++i, ++number) {
    const int index = ((number + kMonthOfFirst) % kMonthsPerYear + kMonthsPerYear) % kMonthsPerYear;
    if (index != month - 1) continue;
    const local_days evening = day_at(sky::new_moon(number) - kMeccaEvening + 1, 0);
    const local_days date = evening + days{day};
    if (year_month_day{date}.year() == year{gregorian_year}) found.push_back(date);
  }
  return found;
}

local_days chinese_day(int gregorian_year, int month, int day) {
  const int begin = eleventh_month(gregorian_year - 1);
  const bool leap = eleventh_month(gregorian_year) - begin == kMonthsPerYear + 1;
  int number = begin;
  int current = 11;
  bool leap_seen = false;
  while (current != month || number == begin) {
    ++number;
    const local_days first = chinese_new_moon(number);
    const local_days next = chinese_new_moon(number + 1);
    if (leap && !leap_seen && sign_on(first) == sign_on(next)) {
      leap_seen = true;
      continue;
    }
    current = current % kMonthsPerYear + 1;
    if (number > begin + 14) break;
  }
  return chinese_new_moon(number) + days{day - 1};
}

std::vector<local_days> hindu_days(int gregorian_year, const words::HolidayRule& rule) {
  std::vector<local_days> found;
  int number = sky::new_moon_before(midnight(first_of(gregorian_year), 0)) - 1;
  for (int i = 0; i < 15; ++i, ++number) {
    const int sign = sidereal_sign(sky::new_moon(number));
    const bool leap = sign == sidereal_sign(sky::new_moon(number + 1));
    if (leap || (sign + 1) % kMonthsPerYear + 1 != rule.month) continue;
    const local_days date = tithi_day(number, rule) + days{rule.nth};
    if (year_month_day{date}.year() == year{gregorian_year}) found.push_back(date);
  }
  return found;
}

local_days sun_day(int gregorian_year, int degrees) {
  const double from = midnight(first_of(gregorian_year), 0);
  return day_at(sky::reaches(sky::sun_longitude, degrees, from), kBeijing);
}

local_days sidereal_day(int gregorian_year, int sign) {
  constexpr double kAfterSunset = 6.0 / 24;  // of an Indian day that counts until 18:00
  const double from = midnight(first_of(gregorian_year), 0);
  const double at = sky::reaches(sky::sidereal_sun_longitude, (sign - 1) * kSign, from);
  return day_at(at + kAfterSunset, kIndia);
}

}  // namespace common::lunar
