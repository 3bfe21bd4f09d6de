#include "servers/common/times_days.hpp"

#include <algorithm>
#include <array>

#include "schemas/common/when_names.hpp"

namespace common::words {

using namespace std::chrono;

namespace {

constexpr int kMonthsPerYear = 12;
constexpr int kMonthsPerQuarter = 3;
constexpr int kYearsPerDecade = 10;
constexpr int kYearsPerCentury = 100;
/// More than any calendar of ours has; keeps the arithmetic of years in their range.
constexpr std::int64_t kMonthsMax = std::int64_t{12} * 15'000;
constexpr int kWorkdays = 5;

local_days first_of(year_month month) {
  return local_days{month / 1};
}
year_month month_of(local_days day) {
  const year_month_day date{day};
  return date.year() / date.month();
}

Days months_from(year_month begin, int count) {
  return {first_of(begin), first_of(begin + months{count})};
}

bool fits(const Date& date, local_days day) {
  const year_month_day fields{day};
  return (!date.year || int{fields.year()} == *date.year) &&
         (!date.month || static_cast<int>(unsigned{fields.month()}) == *date.month) &&
         (!date.day || static_cast<int>(unsigned{fields.day()}) == *date.day) &&
         (!date.weekday || weekday_on(day) == *date.weekday);
}

bool is_workday(local_days day) {
  return weekday{day}.iso_encoding() <= kWorkdays;
}

/// So many working days on; 0 is the day itself, or the Monday after a weekend.
local_days workdays_later(local_days day, std::int64_t count) {
  if (count == 0) {
    while (!is_workday(day)) day += days{1};
    return day;
  }
  const days step{count < 0 ? -1 : 1};
  const std::int64_t left = count < 0 ? -count : count;
  day += weeks{count / kWorkdays};
  while (!is_workday(day)) day -= step;  // from a weekend on as from its last working day
  for (std::int64_t i = 0; i < left % kWorkdays;) {
    day += step;
    if (is_workday(day)) ++i;
  }
  return day;
}

Days years_from(int first, int count) {
  const year begin{first};
  return {local_days{begin / January / 1}, local_days{(begin + years{count}) / January / 1}};
}

/// The decade or century of years that holds the day, and others beside it.
Days years_around(local_days day, int length, int step) {
  const int here = int{year_month_day{day}.year()};
  return years_from(here / length * length + step * length, length);
}

/// The unit that a date with these fields is: a day, else a month, else a year.
Unit unit_of(const Date& date) {
  if (date.day || date.weekday) return Unit::Day;
  return date.month ? Unit::Month : Unit::Year;
}

}  // namespace

local_days monday_of(local_days day) {
  return day - (weekday{day} - Monday);
}

Weekday weekday_on(local_days day) {
  return static_cast<Weekday>(weekday{day}.iso_encoding() - 1);
}

local_days months_later(local_days day, std::int64_t months_on) {
  const year_month_day date{day};
  months_on = std::clamp(months_on, -kMonthsMax, kMonthsMax);
  const year_month month = date.year() / date.month() + months{static_cast<months::rep>(months_on)};
  const year_month_day_last last{month.year(), month_day_last{month.month()}};
  return local_days{month / std::min(date.day(), last.day())};
}

local_days later(local_days day, const Amount& by, bool back) {
  const std::int64_t count = back ? -by.count : by.count;
  switch (by.unit) {
    case Unit::Second:
    case Unit::Minute:
    case Unit::Hour:
      return day;
    case Unit::Day:
      return day + days{count};
    case Unit::Workday:
      return workdays_later(day, count);
    case Unit::Week:
      return day + weeks{count};
    case Unit::Month:
      return months_later(day, count);
    case Unit::Quarter:
      return months_later(day, count * kMonthsPerQuarter);
    case Unit::Year:
      return months_later(day, count * kMonthsPerYear);
    case Unit::Decade:
      return months_later(day, count * kMonthsPerYear * kYearsPerDecade);
    case Unit::Century:
      return months_later(day, count * kMonthsPerYear * kYearsPerCentury);
  }
  return day;
}

Days unit_around(local_days day, Unit unit, std::int64_t skip) {
  const auto step = static_cast<int>(skip);
  switch (unit) {
    case Unit::Second:
    case Unit::Minute:
    case Unit::Hour:
    case Unit::Day:
      return {day + days{step}, day + days{step + 1}};
    case Unit::Workday: {
      const local_days found = workdays_later(day, skip);
      return {found, found + days{1}};
    }
    case Unit::Week:
      return {monday_of(day) + weeks{step}, monday_of(day) + weeks{step + 1}};
    case Unit::Month:
      return months_from(month_of(day) + months{step}, 1);
    case Unit::Quarter: {
      const year_month month = month_of(day);
      const unsigned in_quarter = (unsigned{month.month()} - 1) % kMonthsPerQuarter;
      return months_from(month - months{in_quarter} + months{step * kMonthsPerQuarter},
                         kMonthsPerQuarter);
    }
    case Unit::Year:
      return months_from((month_of(day).year() + years{step}) / January, kMonthsPerYear);
    case Unit::Decade:
      return years_around(day, kYearsPerDecade, step);
    case Unit::Century:
      return years_around(day, kYearsPerCentury, step);
  }
  return {day, day + days{1}};
}

std::optional<Days> nth_match(const Date& date, Days within, int n) {
  const Unit unit = unit_of(date);
  const bool back = n < 0;
  int left = back ? -n : n;
  Days candidate = unit_around(back ? within.end - days{1} : within.begin, unit);
  while (candidate.end > within.begin && candidate.begin < within.end) {
    if (candidate.begin >= within.begin && fits(date, candidate.begin) && --left == 0) {
      return candidate;
    }
    candidate = unit_around(candidate.begin, unit, back ? -1 : 1);
  }
  return std::nullopt;
}

std::optional<Days> nth_unit(Unit unit, Days within, int n) {
  if (unit == Unit::Workday) {
    const local_days day = workdays_later(n < 0 ? within.end : within.begin - days{1}, n);
    if (day < within.begin || day >= within.end) return std::nullopt;
    return Days{day, day + days{1}};
  }
  Days candidate = unit_around(n < 0 ? within.end - days{1} : within.begin, unit);
  if (n < 0 && candidate.end > within.end) candidate = unit_around(candidate.begin, unit, -1);
  if (n > 0 && candidate.begin < within.begin) candidate = unit_around(candidate.begin, unit, 1);
  candidate = unit_around(candidate.begin, unit, n < 0 ? n + 1 : n - 1);
  if (candidate.begin < within.begin || candidate.end > within.end) return std::nullopt;
  return candidate;
}

std::optional<Days> occurrence(const Node& period, std::int64_t index) {
  const year in_year{static_cast<int>(index)};
  if (const auto* date = std::get_if<Date>(&period.what)) {
    if (!date->month || date->day || date->weekday) return std::nullopt;
    return months_from(in_year / month{static_cast<unsigned>(*date->month)}, 1);
  }
  if (const auto* quarter = std::get_if<QuarterOf>(&period.what)) {
    return months_from(in_year / January + months{(quarter->number - 1) * kMonthsPerQuarter},
                       kMonthsPerQuarter);
  }
  if (const auto* season = std::get_if<Season>(&period.what)) {
    constexpr std::array<month_day, 4> kBegin = {March / 20, June / 21, September / 23,
                                                 December / 21};
    const auto next = static_cast<std::size_t>(season->number + 1);
    const local_days begin{in_year / kBegin.at(next - 1)};
    if (next < kBegin.size()) return Days{begin, local_days{in_year / kBegin.at(next)}};
    return Days{begin, local_days{(in_year + years{1}) / kBegin.front()}};
  }
  if (std::holds_alternative<Weekend>(period.what)) {
    const local_days monday = monday_of(local_days{}) + weeks{index};
    return Days{monday + days{5}, monday + days{7}};
  }
  return std::nullopt;
}

std::int64_t occurrence_index(const Node& period, local_days day) {
  if (std::holds_alternative<Weekend>(period.what)) {
    return floor<weeks>(day - monday_of(local_days{})).count();
  }
  return int{year_month_day{day}.year()};
}

seconds on_the_time_line(const Amount& amount) {
  switch (amount.unit) {
    case Unit::Second:
      return seconds{amount.count};
    case Unit::Minute:
      return minutes{amount.count};
    case Unit::Hour:
      return hours{amount.count};
    default:
      return {};
  }
}

std::string spelled_day(local_days day) {
  return std::string(weekday_name(weekday_on(day))) + " " +
         to_string(whole_day(year_month_day{day}));
}

Days third_of(Days period, Unit unit, Third third) {
  const auto length = (period.end - period.begin).count();
  auto first = length / 3;
  auto second = length * 2 / 3;
  if (unit == Unit::Week) first = 3, second = 4;
  if (unit == Unit::Month) first = 10, second = 20;
  switch (third) {
    case Third::Start:
      return {period.begin, period.begin + days{first}};
    case Third::Middle:
      return {period.begin + days{first}, period.begin + days{second}};
    case Third::End:
      return {period.begin + days{second}, period.end};
  }
  return period;
}

}  // namespace common::words
