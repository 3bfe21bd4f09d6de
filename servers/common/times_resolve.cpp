#include "servers/common/times_resolve.hpp"

#include <algorithm>
#include <utility>

#include "schemas/common/when_moment.hpp"

namespace common::words {

using namespace std::chrono;

namespace {

constexpr int kNoon = 12;
constexpr int kAfternoonUntil = 6;  ///< "at 3" is 15:00, "at 8" is 08:00.

struct PartHours {
  int begin{};
  int end{};
  int usual{};
};

PartHours hours_of(Part part) {
  switch (part) {
    case Part::Morning:
      return {0, 12, 9};
    case Part::EarlyMorning:
      return {0, 9, 8};
    case Part::MidMorning:
      return {9, 11, 10};
    case Part::LateMorning:
      return {9, 12, 11};
    case Part::Dawn:
      return {5, 7, 6};
    case Part::Breakfast:
      return {7, 10, 8};
    case Part::Brunch:
      return {10, 13, 11};
    case Part::Lunch:
      return {12, 14, 12};
    case Part::AfterLunch:
      return {13, 17, 13};
    case Part::Afternoon:
      return {12, 18, 14};
    case Part::MidAfternoon:
      return {14, 16, 15};
    case Part::Tea:
      return {15, 18, 16};
    case Part::LateAfternoon:
      return {15, 19, 17};
    case Part::AfterWork:
      return {17, 21, 18};
    case Part::Dusk:
      return {18, 20, 19};
    case Part::Evening:
      return {18, 24, 18};
    case Part::Dinner:
      return {18, 21, 19};
    case Part::Night:
      return {18, 24, 20};
    case Part::LateNight:
      return {21, 24, 22};
  }
  return {};
}

bool on_the_calendar(const Duration& by) {
  return std::ranges::all_of(by, [](const Amount& amount) { return amount.unit >= Unit::Day; });
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
  if (view_.place) return sys_seconds{at.time_since_epoch() - view_.place->offset};
  return view_.zone->to_utc(at);
}

local_seconds Resolver::local(sys_seconds at) const {
  if (view_.place) return local_seconds{at.time_since_epoch() + view_.place->offset};
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
  if (as<Now>(time) != nullptr) {
    const sys_seconds at = utc(day + (local(view_.now) - day_of(view_.now)));
    return Extent{.begin = at, .end = at, .timed = true, .unit = Unit::Minute};
  }
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
  if (date != nullptr && only_weekday(*date)) {
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
    const bool weekend = days.end - days.begin == std::chrono::days{2};
    if (view_.lenient && weekend) {
      doubt_ = "this is a time on two days: name the day";
      return time_on(days.begin, node.time);
    }
    return unclear("this is a time on several days (" + spelled_day(days.begin) + " to " +
                   spelled_day(days.end - std::chrono::days{1}) + "): name the day");
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

/// Days, weeks and more from now are also about this time of day: the hour that has begun.
Resolver::Meaning Resolver::of(const Shift& node) {
  const Meaning from = meaning(node.from);
  if (!from) return std::nullopt;
  const bool exact = !on_the_calendar(node.by);
  const sys_seconds at = shifted(from->one(), node.by, node.back);
  if (!exact && from->timed && from->stretch && from->usual) {
    // "the day after tomorrow morning" is a morning, too.
    Extent part = *from;
    part.begin = shifted(from->begin, node.by, node.back);
    part.end = shifted(from->end, node.by, node.back);
    part.usual = at;
    return part;
  }
  const bool keeps_time = from->timed && from->unit != Unit::Second;
  if (exact || keeps_time) {
    return Extent{.begin = at, .end = at, .timed = true, .unit = Unit::Minute};
  }
  Extent extent = whole(unit_around(day_of(at), Unit::Day), Unit::Day);
  if (from->timed) extent.hour = utc(floor<hours>(local(at)));
  return extent;
}

/// The units that follow the present one: "next 3 days" are the three after today.
Extent Resolver::units_after_now(const Amount& by, bool only_last) const {
  const std::int64_t first = only_last ? by.count : 1;
  if (by.unit >= Unit::Day) {
    const local_days today = day_of(view_.now);
    const Days days{unit_around(today, by.unit, first).begin,
                    unit_around(today, by.unit, by.count).end};
    Extent extent = whole(days, by.unit, !only_last);
    extent.filter_from = view_.now;
    return extent;
  }
  const seconds length = on_the_time_line({.count = 1, .unit = by.unit});
  const sys_seconds here{view_.now.time_since_epoch() / length * length};
  return Extent{.begin = here + first * length,
                .end = here + (by.count + 1) * length,
                .timed = true,
                .stretch = !only_last,
                .unit = by.unit,
                .filter_from = view_.now};
}

Resolver::Meaning Resolver::of(const Rolling& node) {
  const bool ahead = !node.back && !node.due && node.by.size() == 1;
  constexpr std::int64_t kAheadMax = 1000;  // further on there are no units
  if (ahead && node.by.front().count >= 1 && node.by.front().count <= kAheadMax &&
      node.by.front().unit != Unit::Hour && node.by.front().unit <= Unit::Year) {
    return units_after_now(node.by.front(), node.only_last);
  }
  const sys_seconds other = shifted(view_.now, node.by, node.back);
  const bool by_day = on_the_calendar(node.by);
  if (node.due) {
    const sys_seconds last = by_day ? utc(day_of(other)) : other;
    const sys_seconds end = by_day ? utc(day_of(other) + days{1}) : other;
    return Extent{.begin = view_.now,
                  .end = end,
                  .timed = !by_day,
                  .stretch = true,
                  .unit = by_day ? Unit::Day : Unit::Minute,
                  .usual = last,
                  .due = true};
  }
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
  const On* first = as<On>(node.from);
  const On* second = as<On>(node.to);
  const bool on_one_day = first != nullptr && second != nullptr && first->day == second->day;
  Meaning to =
      on_one_day ? other.time_on(day_of(from->begin), second->time) : other.meaning(node.to);
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
  from->timed = from->timed || !on_the_calendar(node.by);
  from->usual.reset();
  from->stretch = true;
  return from;
}

Resolver::Meaning Resolver::of(const Open& node) {
  if (node.side == Side::Since) view_.toward = Toward::Past;
  Meaning extent = meaning(node.of);
  if (!extent) return std::nullopt;
  extent->open = node.side;
  if (node.within == nullptr) return extent;
  const Meaning day = meaning(node.within);
  if (!day) return std::nullopt;
  extent->filter_from = day->begin;
  return extent;
}

Resolver::Meaning Resolver::of(const AtPlace& node) {
  const View outer = view_;
  std::optional<Zone> zone;
  if (node.place.iana.empty()) {
    view_.place = node.place;
  } else if ((zone = Zone::find(node.place.iana))) {
    view_.zone = &*zone;
    view_.place.reset();
  } else {
    return unclear("the zone " + std::string(node.place.iana) + " is not installed");
  }
  Meaning extent = meaning(node.of);
  view_ = outer;
  return extent;
}

}  // namespace common::words
