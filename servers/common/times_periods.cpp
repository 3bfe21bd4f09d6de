#include <algorithm>
#include <cstdlib>
#include <vector>

#include "schemas/common/when_holidays.hpp"
#include "schemas/common/when_moment.hpp"
#include "schemas/common/when_names.hpp"
#include "servers/common/holidays.hpp"
#include "servers/common/times_resolve.hpp"

/// What dates, periods and places in periods mean.
namespace common::words {

using namespace std::chrono;

namespace {

constexpr int kYearMonths = 12;
constexpr int kSeasons = 4;
constexpr int kHolidayYears = 12;  ///< How far a holiday is looked for.

/// How many months away a date without year may be. A weekday beside a day only confirms it: far
/// away, one of the two is a mistake.
int farthest_months(const Date& date) {
  if (date.weekday && date.day) return date.month ? kYearMonths : 2;
  return 9 * kYearMonths;  // over 29 February
}

}  // namespace

/// The date that incomplete fields mean. `today_too`: a weekday alone may be today.
std::optional<Days> Resolver::pick(const Date& date, bool today_too) const {
  if (date.year) {
    const Days in_year = unit_around(local_days{year{*date.year} / January / 1}, Unit::Year);
    return nth_match(date, in_year, 1);
  }
  const local_days today = day_of(view_.from);
  const bool not_today = only_weekday(date) && !today_too && !view_.anchored;
  const bool month_alone = !date.day && !date.weekday;
  const int farthest = farthest_months(date);
  const local_days here = month_alone ? unit_around(today, Unit::Month).begin : today;
  if (view_.toward == Toward::Past) {
    const local_days end = not_today ? today : today + days{1};
    return nth_match(date, {months_later(today, -farthest), end}, -1);
  }
  const local_days begin = not_today ? today + days{1} : here;
  return nth_match(date, {begin, months_later(today, farthest)}, 1);
}

Resolver::Meaning Resolver::of(const Date& node) {
  const std::optional<Days> found = pick(node, false);
  if (found) {
    const Unit unit = node.day || node.weekday ? Unit::Day : node.month ? Unit::Month : Unit::Year;
    return whole(*found, unit);
  }
  Date without = node;
  without.weekday.reset();
  const std::optional<Days> other = node.weekday ? pick(without, false) : std::nullopt;
  if (!other || !without.day) return unclear("there is no such day");
  return contradicted(*other, *node.weekday);
}

/// The day is of another weekday than the words say.
Resolver::Meaning Resolver::contradicted(const Days& days, Weekday said) {
  std::string why = "the day named is " + spelled_day(days.begin) + ", not a " +
                    std::string(weekday_name(said)) + ": leave out one of the two";
  if (!view_.lenient) return unclear(std::move(why));
  doubt_ = std::move(why);
  return whole(days, Unit::Day);
}

Resolver::Meaning Resolver::recurring(const Node& period, const std::optional<int>& in_year,
                                      Unit unit, bool stretch) {
  if (in_year) return whole(*occurrence(period, *in_year), unit, stretch);
  const local_days today = day_of(view_.from);
  std::int64_t index = occurrence_index(period, today) - 1;
  while (occurrence(period, index)->end <= today) ++index;
  const bool begun = occurrence(period, index)->begin <= today;
  if (view_.toward == Toward::Past && !begun) --index;
  return whole(*occurrence(period, index), unit, stretch);
}

Resolver::Meaning Resolver::of(const QuarterOf& node) {
  return recurring({.what = node}, node.year, Unit::Quarter, false);
}

Resolver::Meaning Resolver::of(const Season& node) {
  return recurring({.what = node}, node.year, Unit::Quarter, true);
}

Resolver::Meaning Resolver::of(const Weekend& node) {
  return recurring({.what = node}, std::nullopt, Unit::Day, true);
}

Resolver::Meaning Resolver::of(const WeekendAt& node) {
  const Meaning at = meaning(node.of);
  if (!at) return std::nullopt;
  const local_days day = day_of(at->begin);
  const bool nearer_before = weekday_on(day) <= Weekday::Tue;
  const local_days saturday = monday_of(day) + days{nearer_before ? -2 : 5};
  Days found{saturday, saturday + days{2}};
  if (as<Holiday>(node.of) != nullptr) {
    found = {std::min(found.begin, day), std::max(found.end, day + days{1})};
  }
  return whole(found, Unit::Day, true);
}

Resolver::Meaning Resolver::of(const Cycle& node) {
  if (node.unit >= Unit::Day) {
    return whole(unit_around(day_of(view_.now), node.unit, node.skip), node.unit);
  }
  const seconds length = on_the_time_line({.count = 1, .unit = node.unit});
  const sys_seconds begin{view_.now.time_since_epoch() / length * length + node.skip * length};
  return Extent{.begin = begin, .end = begin + length, .timed = true, .unit = node.unit};
}

Resolver::Meaning Resolver::of(const Turn& node) {
  const local_days today = day_of(view_.now);
  const Date* date = as<Date>(node.of);
  if (date != nullptr && date->weekday) {
    const local_days in_next_week =
        monday_of(today) + weeks{1} + days{static_cast<int>(*date->weekday)};
    Days found{in_next_week, in_next_week + days{1}};
    if (node.which == Which::This) found = *nth_match(*date, {today, today + days{7}}, 1);
    if (node.which == Which::Last) found = *nth_match(*date, {today - days{7}, today}, 1);
    return whole(found, Unit::Day);
  }
  if (const Holiday* holiday = as<Holiday>(node.of)) {
    const auto found = next_match({.what = *holiday}, today, node.which == Which::Last);
    return found ? holiday_on(holiday->which, found->begin) : unclear("there is none in sight");
  }
  const Unit unit = date != nullptr ? Unit::Month : Unit::Quarter;
  const bool stretch = as<Season>(node.of) != nullptr || as<Weekend>(node.of) != nullptr;
  if (!occurrence(*node.of, 0)) return unclear("this does not come around again");
  // The first that is not over; one that has begun is "this" one.
  std::int64_t index = occurrence_index(*node.of, today) - 1;
  while (occurrence(*node.of, index)->end <= today) ++index;
  const bool begun = occurrence(*node.of, index)->begin <= today;
  const bool weekend = as<Weekend>(node.of) != nullptr;
  if (node.which == Which::Next && (begun || weekend)) ++index;
  if (node.which == Which::Last) --index;
  if (node.which == Which::This && date != nullptr) index = occurrence_index(*node.of, today);
  return whole(*occurrence(*node.of, index), weekend ? Unit::Day : unit, stretch);
}

Resolver::Meaning Resolver::of(const SeasonTurn& node) {
  const local_days today = day_of(view_.now);
  int season = 0;
  std::int64_t index = occurrence_index({.what = Season{}}, today) - 1;
  const auto here = [&] { return *occurrence({.what = Season{.number = season}}, index); };
  const auto step = [&](int by) {
    season += by;
    if (season < 0 || season >= kSeasons) index += by;
    season = (season + kSeasons) % kSeasons;
  };
  while (here().end <= today) step(1);
  for (int i = 0; i < std::abs(node.skip); ++i) step(node.skip < 0 ? -1 : 1);
  return whole(here(), Unit::Quarter, true);
}

/// The days of a holiday that begins on that day. One of several days is shown whole; as one time
/// it is its first, and for one that begins on an evening the day after.
Resolver::Meaning Resolver::holiday_on(std::size_t which, local_days day) const {
  const HolidayInfo& info = holiday(which);
  Extent extent = whole({day, day + days{info.days}}, Unit::Day, info.days > 1);
  const bool from_evening = info.rule.kind == HolidayRule::Kind::Hebrew;
  if (info.days > 1) extent.usual = from_evening ? utc(day + days{1}) : extent.begin;
  return extent;
}

Resolver::Meaning Resolver::of(const Holiday& node) {
  const HolidayInfo& info = holiday(node.which);
  const local_days today = day_of(view_.from);
  if (node.year) {
    const std::vector<local_days> found = holiday_days(info.rule, *node.year);
    if (found.empty()) return unclear("it is not in the year " + std::to_string(*node.year));
    return holiday_on(node.which, found.front());
  }
  const bool back = view_.toward == Toward::Past;
  const local_days from = back ? today + days{1} : today - days{info.days};
  std::optional<Days> found = next_match({.what = node}, from, back);
  if (!found) found = next_match({.what = node}, today, !back);
  return found ? holiday_on(node.which, found->begin) : unclear("there is none in sight");
}

/// The first after that day that fits (a Date of a weekday or more, a Holiday, or the Saturday of a
/// Weekend), or the last before it.
std::optional<Days> Resolver::next_match(const Node& of, local_days day, bool back) const {
  const auto one = [](local_days at) { return Days{at, at + days{1}}; };
  if (const Date* date = std::get_if<Date>(&of.what)) {
    if (back) return nth_match(*date, {months_later(day, -farthest_months(*date)), day}, -1);
    return nth_match(*date, {day + days{1}, months_later(day, farthest_months(*date))}, 1);
  }
  if (std::holds_alternative<Weekend>(of.what)) {
    return next_match({.what = Date{.weekday = Weekday::Sat}}, day, back);
  }
  const Holiday* node = std::get_if<Holiday>(&of.what);
  if (node == nullptr) return std::nullopt;
  const int here = int{year_month_day{day}.year()};
  std::optional<local_days> best;
  for (int i = -1; i <= kHolidayYears && !best; ++i) {
    for (const local_days at :
         holiday_days(holiday(node->which).rule, back ? here - i : here + i)) {
      const bool fits = back ? at < day : at > day;
      if (fits && (!best || (back ? at > *best : at < *best))) best = at;
    }
  }
  return best ? std::optional(one(*best)) : std::nullopt;
}

Resolver::Meaning Resolver::of(const WeekNumber& node) {
  const local_days today = day_of(view_.from);
  const auto monday_in = [&](int in_year) {
    return monday_of(local_days{year{in_year} / January / 4}) + weeks{node.number - 1};
  };
  const int iso_year = int{year_month_day{monday_of(today) + days{3}}.year()};
  const local_days monday = monday_in(node.year.value_or(iso_year));
  return whole({monday, monday + weeks{1}}, Unit::Week);
}

/// The next nth weekday of a month that is not over.
Resolver::Meaning Resolver::nth_to_come(const Nth& node) const {
  const local_days today = day_of(view_.from);
  const bool past = view_.toward == Toward::Past;
  for (int i = 0; i <= kYearMonths; ++i) {
    const auto found =
        nth_match(*as<Date>(node.of), unit_around(today, Unit::Month, past ? -i : i), node.n);
    if (found && (past ? found->begin <= today : found->begin >= today)) {
      return whole(*found, Unit::Day);
    }
  }
  return std::nullopt;
}

Resolver::Meaning Resolver::of(const Nth& node) {
  if (node.comes_again) {
    const Meaning found = nth_to_come(node);
    return found ? found : unclear("there is no such day in a month");
  }
  const Meaning within = meaning(node.within);
  if (!within) return std::nullopt;
  const Days days = days_of(*within);
  if (const Date* date = as<Date>(node.of)) {
    const std::optional<Days> found = nth_match(*date, days, node.n);
    if (found) return whole(*found, date->day || date->weekday ? Unit::Day : Unit::Month);
    if (date->weekday && within->unit == Unit::Day) {
      return contradicted(days, *date->weekday);
    }
  } else if (const Cycle* cycle = as<Cycle>(node.of)) {
    if (const std::optional<Days> found = nth_unit(cycle->unit, days, node.n)) {
      return whole(*found, cycle->unit);
    }
  } else if (as<Weekend>(node.of) != nullptr) {
    const auto saturday = nth_match({.weekday = Weekday::Sat}, days, node.n);
    if (saturday) {
      return whole({saturday->begin, saturday->end + std::chrono::days{1}}, Unit::Day, true);
    }
  } else if (const Holiday* of = as<Holiday>(node.of)) {
    const auto found =
        next_match({.what = Holiday{.which = of->which}}, days.begin - std::chrono::days{1}, false);
    if (found && found->begin < days.end) return holiday_on(of->which, found->begin);
  } else if (const auto found = occurrence(*node.of, occurrence_index(*node.of, days.begin));
             found && found->begin >= days.begin && found->begin < days.end) {
    return whole(*found, Unit::Quarter, as<Season>(node.of) != nullptr);
  }
  return unclear("there is no such day in that period");
}

Resolver::Meaning Resolver::of(const NthFrom& node) {
  const Meaning from = meaning(node.from);
  if (!from) return std::nullopt;
  local_days day = node.back ? day_of(from->begin) : days_of(*from).end - days{1};
  std::optional<Days> found;
  for (int i = 0; i < node.n; ++i) {
    found = next_match(*node.of, day, node.back);
    if (!found) return unclear("there is no such day");
    day = found->begin;
  }
  if (as<Weekend>(node.of) != nullptr) {
    return whole({found->begin, found->end + days{1}}, Unit::Day, true);
  }
  return whole(*found, Unit::Day);
}

Resolver::Meaning Resolver::of(const Closest& node) {
  const Meaning to = meaning(node.to);
  if (!to) return std::nullopt;
  const local_days day = day_of(to->begin);
  std::optional<Days> later = next_match(*node.of, day - days{1}, false);
  std::optional<Days> earlier = next_match(*node.of, day, true);
  for (int i = 1; later || earlier; ++i) {
    const bool take_later = later && (!earlier || later->begin - day <= day - earlier->begin);
    std::optional<Days>& nearest = take_later ? later : earlier;
    if (i == node.n) return whole(*nearest, Unit::Day);
    nearest = next_match(*node.of, nearest->begin, !take_later);
  }
  return unclear("there is no such day");
}

Resolver::Meaning Resolver::of(const HalfOf& node) {
  const Meaning period = meaning(node.of);
  if (!period) return std::nullopt;
  const Days days = days_of(*period);
  const local_days middle = period->unit == Unit::Year ? months_later(days.begin, kYearMonths / 2)
                                                       : days.begin + (days.end - days.begin) / 2;
  return whole(node.half == 1 ? Days{days.begin, middle} : Days{middle, days.end}, Unit::Day, true);
}

Resolver::Meaning Resolver::of(const RestOf& node) {
  Meaning period = meaning(node.of);
  if (!period) return std::nullopt;
  if (node.passed) {
    if (period->begin >= view_.now) return unclear("it has not begun");
    period->end = std::min(period->end, view_.now);
  } else {
    if (period->end <= view_.now) return unclear("it is over");
    period->begin = std::max(period->begin, view_.now);
  }
  period->stretch = true;
  period->timed = true;
  return period;
}

Resolver::Meaning Resolver::of(const PartOf& node) {
  Meaning period = meaning(node.of);
  if (!period) return std::nullopt;
  if (node.last) {
    period->begin = shifted(period->end, node.length, true);
  } else {
    period->end = shifted(period->begin, node.length, false);
  }
  period->usual.reset();
  period->unit = node.length.back().unit;
  period->timed = period->unit < Unit::Day;
  period->stretch = true;
  return period;
}

Resolver::Meaning Resolver::of(const ThirdOf& node) {
  const Meaning period = meaning(node.of);
  if (!period) return std::nullopt;
  const Days days = third_of(days_of(*period), period->unit, node.third);
  Extent extent = whole(days, Unit::Day, true);
  if (node.third == Third::End) extent.usual = utc(days.end - std::chrono::days{1});
  return extent;
}

Resolver::Meaning Resolver::of(const Around& node) {
  const Meaning inner = meaning(node.of);
  if (!inner) return std::nullopt;
  // Who writes "the week of" a Sunday has weeks that begin on it.
  local_days day = day_of(inner->begin);
  const bool one_day = day + days{1} >= local(inner->end);
  if (node.unit == Unit::Week && one_day && weekday_on(day) == Weekday::Sun) day += days{1};
  return whole(unit_around(day, node.unit), node.unit);
}

}  // namespace common::words
