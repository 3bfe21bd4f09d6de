#include "servers/common/holidays.hpp"

#include <algorithm>
#include <array>

#include "servers/common/lunar_dates.hpp"
#include "servers/common/times_days.hpp"

namespace common::words {

using namespace std::chrono;

namespace {

constexpr int kHebrewEra = 3760;  ///< The Hebrew year that begins in the autumn of year 0.

/// Gregorian Easter (Meeus, chapter 8: the anonymous algorithm of 1876).
local_days easter_day(int in_year) {
  const int a = in_year % 19;
  const int b = in_year / 100;
  const int c = in_year % 100;
  const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int n = h + l - 7 * m + 114;
  return local_days{year{in_year} / (n / 31) / (n % 31 + 1)};
}

/// Julian Easter (Meeus, chapter 8), as a Gregorian date.
local_days orthodox_easter_day(int in_year) {
  const int d = (19 * (in_year % 19) + 15) % 30;
  const int e = (2 * (in_year % 4) + 4 * (in_year % 7) - d + 34) % 7;
  const int n = d + e + 114;
  const int century = in_year / 100;
  const days behind{century - century / 4 - 2};  // the Julian calendar, after March
  return local_days{year{in_year} / (n / 31) / (n % 31 + 1)} + behind;
}

local_days off_weekend(local_days day, HolidayRule::Move rule) {
  using Rule = HolidayRule::Move;
  const Weekday weekday = weekday_on(day);
  if (weekday == Weekday::Sat) {
    if (rule == Rule::ToWeekday) return day - days{1};
    if (rule == Rule::Forward) return day + days{2};
  }
  if (weekday == Weekday::Sun) {
    if (rule == Rule::SundayBack) return day - days{1};
    if (rule != Rule::Stays) return day + days{1};
  }
  return day;
}

std::optional<local_days> nth_weekday(const HolidayRule& rule, int in_year) {
  const Days in_month = unit_around(
      local_days{year{in_year} / month{static_cast<unsigned>(rule.month)} / 1}, Unit::Month);
  const auto found = nth_match({.weekday = rule.weekday}, in_month, rule.nth);
  if (!found) return std::nullopt;
  return found->begin + days{rule.day};
}

/// United States: 15 April, moved off weekends and off Emancipation Day, which is 16 April.
local_days tax_day(int in_year) {
  const local_days april{year{in_year} / April / 15};
  const local_days emancipation = off_weekend(april + days{1}, HolidayRule::Move::ToWeekday);
  local_days day = off_weekend(april, HolidayRule::Move::Forward);
  if (day == emancipation) day = off_weekend(day + days{1}, HolidayRule::Move::Forward);
  return day;
}

/// The days on which most states of the United States voted in primaries.
std::vector<local_days> super_tuesdays(int in_year) {
  constexpr std::array kDays = {year{2004} / March / 2, year{2008} / February / 5,
                                year{2012} / March / 6, year{2016} / March / 1,
                                year{2020} / March / 3, year{2024} / March / 5};
  for (const year_month_day& day : kDays) {
    if (day.year() == year{in_year}) return {local_days{day}};
  }
  return {};
}

std::vector<local_days> once(const HolidayRule& rule, int in_year) {
  if (rule.nth == 0) return {tax_day(in_year)};
  if (rule.nth == 1) return super_tuesdays(in_year);
  constexpr year_month_day kMini = year{2004} / February / 3;
  constexpr year_month_day kGiga = year{2008} / February / 5;
  const year_month_day day = rule.nth == 2 ? kMini : kGiga;
  return day.year() == year{in_year} ? std::vector{local_days{day}} : std::vector<local_days>{};
}

/// A Jewish holiday begins on the evening before its day.
std::vector<local_days> hebrew_eves(const HolidayRule& rule, int in_year) {
  std::vector<local_days> found;
  for (const int hebrew : {in_year + kHebrewEra, in_year + kHebrewEra + 1}) {
    const local_days eve = lunar::hebrew_day(hebrew, rule.month, rule.day) - days{1};
    if (year_month_day{eve}.year() == year{in_year}) found.push_back(eve);
  }
  return found;
}

std::vector<local_days> islamic(const HolidayRule& rule, int in_year) {
  std::vector<local_days> found = lunar::islamic_days(in_year, rule.month, rule.day);
  if (rule.nth >= 0) return found;
  for (local_days& day : found) {  // the last such weekday before
    const auto last = nth_match({.weekday = rule.weekday}, {day - days{7}, day}, -1);
    if (last) day = last->begin;
  }
  return found;
}

}  // namespace

std::vector<local_days> holiday_days(const HolidayRule& rule, int in_year) {
  using Kind = HolidayRule::Kind;
  switch (rule.kind) {
    case Kind::Fixed: {
      const year_month_day date = year{in_year} / rule.month / rule.day;
      if (!date.ok()) return {};
      return {off_weekend(local_days{date}, rule.move)};
    }
    case Kind::Weekday: {
      const auto day = nth_weekday(rule, in_year);
      return day ? std::vector{*day} : std::vector<local_days>{};
    }
    case Kind::Easter:
      return {easter_day(in_year) + days{rule.day}};
    case Kind::Orthodox:
      return {orthodox_easter_day(in_year) + days{rule.day}};
    case Kind::Hebrew:
      return hebrew_eves(rule, in_year);
    case Kind::Islamic:
      return islamic(rule, in_year);
    case Kind::Chinese:
      return {lunar::chinese_day(in_year, rule.month, rule.day) + days{rule.nth}};
    case Kind::Hindu:
      return lunar::hindu_days(in_year, rule);
    case Kind::SunLongitude:
      return {lunar::sun_day(in_year, rule.day) + days{rule.nth}};
    case Kind::SunSidereal:
      return {lunar::sidereal_day(in_year, rule.month) + days{rule.nth}};
    case Kind::Once:
      return once(rule, in_year);
  }
  return {};
}

}  // namespace common::words
