#include "servers/common/icalendar/recurrence.hpp"

#include <algorithm>
#include <utility>

namespace icalendar {
namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::local_seconds;
using std::chrono::months;
using std::chrono::seconds;
using std::chrono::year_month_day;
using std::chrono::years;

constexpr std::chrono::year kYearMax{9999};

bool contains(const std::vector<int>& list, int value) {
  return std::ranges::find(list, value) != list.end();
}

/// `value` counts from 1, `size` is the last one; negative entries count from the end.
bool lists(const std::vector<int>& list, int value, int size) {
  return contains(list, value) || contains(list, value - size - 1);
}

int count_of(days length) {
  return static_cast<int>(length.count());
}

seconds unit(Frequency frequency) {
  switch (frequency) {
    case Frequency::Hourly:
      return std::chrono::hours(1);
    case Frequency::Minutely:
      return std::chrono::minutes(1);
    default:
      return seconds(1);
  }
}

local_days week_begin(local_days day, std::chrono::weekday week_start) {
  return day - (std::chrono::weekday(day) - week_start);
}

/// A week belongs to the year that holds its fourth day.
bool matches_week(const Rule& rule, local_days day) {
  const local_days fourth = week_begin(day, rule.week_start) + days(3);
  const std::chrono::year year = year_month_day(fourth).year();
  const int at = count_of(fourth - local_days(year / 1 / 1));
  const int length = year.is_leap() ? 366 : 365;
  return lists(rule.weeks, at / 7 + 1, (length - 1 - at % 7) / 7 + 1);
}

/// The day as the nth of its weekday between `first` and `last`.
bool is_nth(int nth, local_days day, local_days first, local_days last) {
  if (nth > 0) return count_of(day - first) / 7 + 1 == nth;
  return count_of(last - day) / 7 + 1 == -nth;
}

bool matches_weekday(const Rule& rule, local_days day, year_month_day date) {
  const std::chrono::weekday weekday(day);
  const bool of_month = rule.frequency == Frequency::Monthly || !rule.months.empty();
  const local_days first(of_month ? date.year() / date.month() / 1 : date.year() / 1 / 1);
  const local_days last = of_month ? local_days(date.year() / date.month() / std::chrono::last)
                                   : local_days(date.year() / 12 / 31);
  return std::ranges::any_of(rule.days, [&](const ByDay& by) {
    if (by.day != weekday) return false;
    return by.nth == 0 || rule.frequency > Frequency::Monthly || is_nth(by.nth, day, first, last);
  });
}

/// What the rule leaves open is as in its start.
Rule completed(Rule rule, local_seconds start, bool whole_days) {
  const local_days day = std::chrono::floor<days>(start);
  const year_month_day date(day);
  const std::chrono::hh_mm_ss time(start - day);
  if (rule.weeks.empty() && rule.year_days.empty() && rule.month_days.empty() &&
      rule.days.empty()) {
    if (rule.frequency == Frequency::Yearly && rule.months.empty()) {
      rule.months = {static_cast<int>(static_cast<unsigned>(date.month()))};
    }
    if (rule.frequency <= Frequency::Monthly) {
      rule.month_days = {static_cast<int>(static_cast<unsigned>(date.day()))};
    }
    if (rule.frequency == Frequency::Weekly) rule.days = {{.day = std::chrono::weekday(day)}};
  }
  const auto fill = [&](std::vector<int>& list, Frequency own, auto value) {
    if (whole_days) list = {0};
    if (list.empty() && rule.frequency < own) list = {static_cast<int>(value.count())};
  };
  fill(rule.hours, Frequency::Hourly, time.hours());
  fill(rule.minutes, Frequency::Minutely, time.minutes());
  fill(rule.seconds, Frequency::Secondly, time.seconds());
  return rule;
}

/// The times within one period: of a day, or for shorter periods of the hour or minute.
std::vector<seconds> times_within(const Rule& rule) {
  const std::vector<int> one = {0};
  const auto expanded = [&](const std::vector<int>& list,
                            Frequency own) -> const std::vector<int>& {
    return rule.frequency < own ? list : one;
  };
  std::vector<seconds> times;
  for (const int hour : expanded(rule.hours, Frequency::Hourly)) {
    for (const int minute : expanded(rule.minutes, Frequency::Minutely)) {
      for (const int second : expanded(rule.seconds, Frequency::Secondly)) {
        if (second < 60) times.push_back(seconds(hour * 3600 + minute * 60 + second));
      }
    }
  }
  std::ranges::sort(times);
  times.erase(std::ranges::unique(times).begin(), times.end());
  return times;
}

}  // namespace

bool matches_day(const Rule& rule, local_days day) {
  const year_month_day date(day);
  const int month = static_cast<int>(static_cast<unsigned>(date.month()));
  if (!rule.months.empty() && !contains(rule.months, month)) return false;
  if (!rule.month_days.empty()) {
    const auto last = (date.year() / date.month() / std::chrono::last).day();
    if (!lists(rule.month_days, static_cast<int>(static_cast<unsigned>(date.day())),
               static_cast<int>(static_cast<unsigned>(last)))) {
      return false;
    }
  }
  if (!rule.year_days.empty()) {
    const int at = count_of(day - local_days(date.year() / 1 / 1)) + 1;
    if (!lists(rule.year_days, at, date.year().is_leap() ? 366 : 365)) return false;
  }
  if (!rule.weeks.empty() && !matches_week(rule, day)) return false;
  return rule.days.empty() || matches_weekday(rule, day, date);
}

Recurrence::Recurrence(Rule rule, local_seconds start, bool days)
    : start_(start), rule_(completed(std::move(rule), start, days)), times_(times_within(rule_)) {}

void Recurrence::skip_to(local_seconds from) {
  if (rule_.count || from <= start_) return;
  const local_days day = std::chrono::floor<days>(from);
  const year_month_day at(day);
  const year_month_day first(std::chrono::floor<days>(start_));
  std::int64_t periods = 0;
  switch (rule_.frequency) {
    case Frequency::Yearly:
      periods = (at.year() - first.year()).count();
      break;
    case Frequency::Monthly:
      periods = (at.year() / at.month() - first.year() / first.month()).count();
      break;
    case Frequency::Weekly:
      periods = (day - week_begin(local_days(first), rule_.week_start)).count() / 7;
      break;
    case Frequency::Daily:
      periods = (day - local_days(first)).count();
      break;
    default:
      periods = (from - origin()) / unit(rule_.frequency);
  }
  index_ = periods / rule_.interval;
}

/// The hour, minute or second of the start.
local_seconds Recurrence::origin() const {
  const local_days day = std::chrono::floor<days>(start_);
  return start_ - (start_ - day) % unit(rule_.frequency);
}

/// On to the first period that begins at `at` or later.
void Recurrence::jump_to(local_seconds at) {
  const seconds step = unit(rule_.frequency) * rule_.interval;
  const std::int64_t index = at <= origin() ? 0 : (at - origin() + step - seconds(1)) / step;
  index_ = std::max(index, index_ + 1);
}

local_seconds Recurrence::period_begin() const {
  const local_days day = std::chrono::floor<days>(start_);
  const year_month_day first(day);
  const std::int64_t steps = index_ * rule_.interval;
  constexpr std::int64_t kStepsMax = 120'000;  // Months until the last year.
  switch (rule_.frequency) {
    case Frequency::Yearly:
      return local_days((first.year() + years(std::min(steps, kStepsMax / 12))) / 1 / 1);
    case Frequency::Monthly:
      return local_days((first.year() / first.month() + months(std::min(steps, kStepsMax))) / 1);
    case Frequency::Weekly:
      return week_begin(day, rule_.week_start) + days(7 * steps);
    case Frequency::Daily:
      return day + days(steps);
    default:
      return origin() + unit(rule_.frequency) * steps;
  }
}

void Recurrence::expand_days(local_days begin, local_days end) {
  std::vector<local_seconds> set;
  for (local_days day = begin; day < end; day += days(1)) {
    if (!matches_day(rule_, day)) continue;
    for (const seconds time : times_) set.push_back(day + time);
  }
  ++index_;
  keep(std::move(set));
}

void Recurrence::expand_time(local_seconds begin) {
  const local_days day = std::chrono::floor<days>(begin);
  if (!matches_day(rule_, day)) return jump_to(day + days(1));
  const std::chrono::hh_mm_ss time(begin - day);
  const auto excludes = [](const std::vector<int>& list, auto value) {
    return !list.empty() && !contains(list, static_cast<int>(value.count()));
  };
  if (excludes(rule_.hours, time.hours())) {
    return jump_to(day + time.hours() + std::chrono::hours(1));
  }
  if (rule_.frequency >= Frequency::Minutely && excludes(rule_.minutes, time.minutes())) {
    return jump_to(day + time.hours() + time.minutes() + std::chrono::minutes(1));
  }
  ++index_;
  if (rule_.frequency == Frequency::Secondly && excludes(rule_.seconds, time.seconds())) {
    return;
  }
  std::vector<local_seconds> set;
  for (const seconds offset : times_) set.push_back(begin + offset);
  keep(std::move(set));
}

/// Applies BYSETPOS and leaves out what is before the start.
void Recurrence::keep(std::vector<local_seconds> set) {
  found_.clear();
  taken_ = 0;
  const int size = static_cast<int>(set.size());
  for (int i = 0; i < size; ++i) {
    const local_seconds at = set[static_cast<std::size_t>(i)];
    const bool wanted = rule_.positions.empty() || lists(rule_.positions, i + 1, size);
    if (wanted && at >= start_) found_.push_back(at);
  }
}

bool Recurrence::fill(local_seconds last) {
  const local_seconds begin = period_begin();
  const local_days day = std::chrono::floor<days>(begin);
  const year_month_day date(day);
  if (begin > last || date.year() > kYearMax) return false;
  switch (rule_.frequency) {
    case Frequency::Yearly:
      expand_days(day, local_days((date.year() + years(1)) / 1 / 1));
      break;
    case Frequency::Monthly:
      expand_days(day, local_days((date.year() / date.month() + months(1)) / 1));
      break;
    case Frequency::Weekly:
      expand_days(day, day + days(7));
      break;
    case Frequency::Daily:
      expand_days(day, day + days(1));
      break;
    default:
      expand_time(begin);
  }
  return true;
}

std::optional<local_seconds> Recurrence::next(local_seconds last) {
  if (rule_.count && given_ >= *rule_.count) return std::nullopt;
  while (taken_ == found_.size()) {
    if (!fill(last)) return std::nullopt;
  }
  if (found_[taken_] > last) return std::nullopt;
  ++given_;
  return found_[taken_++];
}

}  // namespace icalendar
