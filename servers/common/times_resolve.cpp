#include "servers/common/times_resolve.hpp"

#include <algorithm>
#include <utility>

#include "schemas/common/when_names.hpp"

namespace common::words {

using namespace std::chrono;

namespace {

constexpr int kNoon = 12;
constexpr int kAfternoonUntil = 6;  ///< "at 3" is 15:00, "at 8" is 08:00.
constexpr int kYearMonths = 12;

struct PartHours {
  int begin{};
  int end{};
  int usual{};
};

PartHours hours_of(Part part) {
  switch (part) {
    case Part::Morning:
      return {6, 12, 9};
    case Part::Lunch:
      return {12, 14, 12};
    case Part::Afternoon:
      return {12, 18, 14};
    case Part::Evening:
      return {18, 24, 18};
    case Part::Night:
      return {18, 24, 20};
  }
  return {};
}

bool on_the_calendar(const Duration& by) {
  return std::ranges::all_of(by, [](const Amount& amount) { return amount.unit >= Unit::Day; });
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

bool is_weekday_only(const Date& date) {
  return date.weekday && !date.day && !date.month && !date.year;
}

/// How many months away a date without year may be. A weekday beside a day only confirms it: far
/// away, one of the two is a mistake.
int farthest_months(const Date& date) {
  if (date.weekday && date.day) return date.month ? kYearMonths : 2;
  return 9 * kYearMonths;  // over 29 February
}

std::string spelled(local_days day) {
  return std::string(weekday_name(weekday_on(day))) + " " +
         to_string(whole_day(year_month_day{day}));
}

}  // namespace

std::variant<Extent, Unclear> Resolver::resolve(const Tree& tree) {
  const Meaning extent = meaning(tree);
  if (!extent) return Unclear{why_};
  constexpr sys_days kFirst{year{1} / January / 2};
  constexpr sys_days kLast{year{9999} / December / 30};
  if (extent->begin < kFirst || extent->end > kLast) {
    return Unclear{"this lies outside the years 1 to 9999"};
  }
  return *extent;
}

Resolver::Meaning Resolver::meaning(const Tree& tree) {
  return std::visit([this](const auto& node) { return of(node); }, tree->what);
}

Resolver::Meaning Resolver::unclear(std::string why) {
  if (why_.empty()) why_ = std::move(why);
  return std::nullopt;
}

sys_seconds Resolver::utc(local_seconds at) const {
  if (view_.offset) return sys_seconds{at.time_since_epoch() - *view_.offset};
  return view_.zone->to_utc(at);
}

local_seconds Resolver::local(sys_seconds at) const {
  if (view_.offset) return local_seconds{at.time_since_epoch() + *view_.offset};
  return view_.zone->to_local(at);
}

local_days Resolver::day_of(sys_seconds at) const {
  return floor<days>(local(at));
}

Extent Resolver::whole(const Days& days, Unit unit, bool stretch) const {
  return {.begin = utc(days.begin), .end = utc(days.end), .stretch = stretch, .unit = unit};
}

Days Resolver::days_of(const Extent& extent) const {
  const local_days begin = day_of(extent.begin);
  const local_days last = extent.empty() ? begin : day_of(extent.end - seconds{1});
  return {begin, last + days{1}};
}

Resolver::Meaning Resolver::of(const Now&) {
  return Extent{.begin = view_.now, .end = view_.now, .timed = true, .unit = Unit::Second};
}

Resolver::Meaning Resolver::of(const Anchor&) {
  return Extent{.begin = view_.from, .end = view_.from, .timed = true, .unit = Unit::Second};
}

Resolver::Meaning Resolver::of(const RelativeDay& node) {
  return whole(unit_around(day_of(view_.now), Unit::Day, node.days), Unit::Day);
}

/// The date that incomplete fields mean. `today_too`: a weekday alone may be today.
std::optional<Days> Resolver::pick(const Date& date, bool today_too) const {
  if (date.year) {
    const Days in_year = unit_around(local_days{year{*date.year} / January / 1}, Unit::Year);
    return nth_match(date, in_year, 1);
  }
  const local_days today = day_of(view_.from);
  const bool not_today = is_weekday_only(date) && !today_too && !view_.anchored;
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
  if (!other) return unclear("there is no such day");
  return unclear("the day named is " + spelled(other->begin) + ", not a " +
                 std::string(weekday_name(*node.weekday)) + ": leave out one of the two");
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

Resolver::Meaning Resolver::of(const Nth& node) {
  const Meaning within = meaning(node.within);
  if (!within) return std::nullopt;
  const Days days = days_of(*within);
  if (const Date* date = as<Date>(node.of)) {
    const std::optional<Days> found = nth_match(*date, days, node.n);
    if (found) return whole(*found, date->day || date->weekday ? Unit::Day : Unit::Month);
    if (date->weekday && within->unit == Unit::Day) {
      return unclear("the day named is " + spelled(days.begin) + ", not a " +
                     std::string(weekday_name(*date->weekday)) + ": leave out one of the two");
    }
  } else if (const Cycle* cycle = as<Cycle>(node.of)) {
    if (const std::optional<Days> found = nth_unit(cycle->unit, days, node.n)) {
      return whole(*found, cycle->unit);
    }
  }
  return unclear("there is no such day in that period");
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
  return whole(unit_around(day_of(inner->begin), node.unit), node.unit);
}

/// An open clock is by day, unless only its other reading lies after the anchor.
sys_seconds Resolver::clock_on(local_days day, const ClockTime& clock) const {
  const auto at = [&](int hour) {
    return utc(day + hours{hour} + minutes{clock.minute} + seconds{clock.second});
  };
  if (!clock.open) return at(clock.hour);
  const int early = clock.hour % kNoon == 0 ? kNoon : clock.hour;
  const int hour = early <= kAfternoonUntil ? early + kNoon : early;
  const bool passed = view_.anchored && at(hour) <= view_.from;
  return passed && early != kNoon ? at(early + kNoon) : at(hour);
}

Resolver::Meaning Resolver::time_on(local_days day, const Tree& time) {
  if (const ClockTime* clock = as<ClockTime>(time)) {
    const sys_seconds at = clock_on(day, *clock);
    return Extent{.begin = at, .end = at, .timed = true, .unit = Unit::Minute};
  }
  const PartHours part = hours_of(as<DayPart>(time)->part);
  return Extent{.begin = utc(day + hours{part.begin}),
                .end = utc(day + hours{part.end}),
                .timed = true,
                .stretch = true,
                .unit = Unit::Hour,
                .usual = utc(day + hours{part.usual})};
}

/// A time of day without a day: of the anchor's day, else the nearest that is still to come (or,
/// toward the past, has begun).
Resolver::Meaning Resolver::nearest_time(const Tree& time) {
  const local_days today = day_of(view_.from);
  const Meaning here = time_on(today, time);
  if (view_.anchored) return here;
  if (view_.toward == Toward::Past) {
    return here->begin <= view_.from ? here : time_on(today - days{1}, time);
  }
  const bool over = here->empty() ? here->begin < view_.from : here->end <= view_.from;
  return over ? time_on(today + days{1}, time) : here;
}

Resolver::Meaning Resolver::of(const ClockTime& node) {
  return nearest_time(make(node));
}
Resolver::Meaning Resolver::of(const DayPart& node) {
  return nearest_time(make(node));
}

Resolver::Meaning Resolver::of(const On& node) {
  const Date* date = as<Date>(node.day);
  if (date != nullptr && is_weekday_only(*date)) {
    const local_days today = day_of(view_.from);
    if (weekday_on(today) == *date->weekday) {
      const Meaning here = time_on(today, node.time);
      const bool past = view_.toward == Toward::Past;
      if (view_.anchored || (past ? here->begin <= view_.from : here->one() >= view_.from)) {
        return here;
      }
    }
  }
  const Meaning day = meaning(node.day);
  if (!day) return std::nullopt;
  const Days days = days_of(*day);
  if (days.end - days.begin > std::chrono::days{1}) {
    return unclear("this is a time on several days (" + spelled(days.begin) + " to " +
                   spelled(days.end - std::chrono::days{1}) + "): name the day");
  }
  return time_on(days.begin, node.time);
}

/// Calendar units move the local date and keep the time of day; the rest is added on the time line.
sys_seconds Resolver::shifted(sys_seconds at, const Duration& by, bool back) const {
  const local_seconds begin = local(at);
  local_days day = floor<days>(begin);
  const seconds in_day = begin - day;
  seconds rest{};
  for (const Amount& amount : by) {
    day = later(day, amount, back);
    rest += on_the_time_line(amount);
  }
  const bool moved = day != floor<days>(begin);
  return (moved ? utc(day + in_day) : at) + (back ? -rest : rest);
}

Resolver::Meaning Resolver::of(const Shift& node) {
  const Meaning from = meaning(node.from);
  if (!from) return std::nullopt;
  const bool exact = !on_the_calendar(node.by);
  const sys_seconds at = shifted(from->one(), node.by, node.back);
  const bool keeps_time = from->timed && from->unit != Unit::Second;
  if (exact || keeps_time) {
    return Extent{.begin = at, .end = at, .timed = true, .unit = Unit::Minute};
  }
  return whole(unit_around(day_of(at), Unit::Day), Unit::Day);
}

Resolver::Meaning Resolver::of(const Rolling& node) {
  const sys_seconds other = shifted(view_.now, node.by, node.back);
  const bool by_day = on_the_calendar(node.by);
  const sys_seconds edge =
      !by_day ? other : utc(node.back ? day_of(other) : day_of(other) + days{1});
  return Extent{.begin = node.back ? edge : view_.now,
                .end = node.back ? view_.now : edge,
                .timed = !by_day,
                .stretch = true,
                .unit = by_day ? Unit::Day : Unit::Minute};
}

Resolver::Meaning Resolver::of(const Between& node) {
  const Meaning from = meaning(node.from);
  if (!from) return std::nullopt;
  View view = view_;
  view.from = from->begin;
  view.anchored = true;
  view.toward = Toward::Future;
  Resolver other(view);
  Meaning to = other.meaning(node.to);
  if (!to) return unclear(other.why_);
  const sys_seconds last = to->empty() ? to->begin : to->end;
  Extent extent{.begin = from->begin,
                .end = last,
                .timed = from->timed || to->timed,
                .stretch = true,
                .unit = std::min(from->unit, to->unit)};
  // "10pm to 1am" ends on the next day.
  const bool over_midnight = to->timed && to->empty() && day_of(to->begin) == day_of(from->begin);
  if (extent.end <= extent.begin && over_midnight) {
    extent.end = shifted(extent.end, {{.count = 1, .unit = Unit::Day}}, false);
  }
  if (extent.end > extent.begin) return extent;
  return unclear("it ends (" + Times::spoken(view_.zone->at(last)) + ") before it begins (" +
                 Times::spoken(view_.zone->at(from->begin)) + ")");
}

Resolver::Meaning Resolver::of(const Lasting& node) {
  Meaning from = meaning(node.from);
  if (!from) return std::nullopt;
  from->begin = from->one();
  from->end = shifted(from->begin, node.by, false);
  from->usual.reset();
  from->stretch = true;
  return from;
}

Resolver::Meaning Resolver::of(const Open& node) {
  if (node.side == Side::Since) view_.toward = Toward::Past;
  Meaning extent = meaning(node.of);
  if (extent) extent->open = node.side;
  return extent;
}

Resolver::Meaning Resolver::of(const AtOffset& node) {
  const std::optional<seconds> outer = std::exchange(view_.offset, node.offset);
  Meaning extent = meaning(node.of);
  view_.offset = outer;
  return extent;
}

}  // namespace common::words
