#include "schemas/common/when_moment.hpp"

#include <utility>

namespace common::words {
namespace {

constexpr int kNoonHour = 12;
constexpr int kHourLast = 24;
constexpr int kMonthLast = 12;
constexpr int kDayLast = 31;
constexpr int kAnyLeapYear = 2000;
/// "at 3" is in the afternoon and "at 8" in the morning, unless other words say so.
constexpr int kAfternoonUntil = 6;

int default_hour(const ClockTime& clock) {
  return clock.open && clock.hour <= kAfternoonUntil ? clock.hour + kNoonHour : clock.hour;
}

int minutes_of(const ClockTime& clock) {
  return clock.hour * 60 + clock.minute;
}

ClockTime half_a_day_later(ClockTime clock) {
  clock.hour = clock.hour % kNoonHour + kNoonHour;
  return clock;
}

/// The reading of an open clock that is nearest before `until`: "3 to 4pm", "11 to 1pm".
ClockTime settled_before(ClockTime clock, const ClockTime& until) {
  if (!clock.open) return clock;
  clock.open = false;
  const ClockTime later = half_a_day_later(clock);
  return minutes_of(later) < minutes_of(until) ? later : clock;
}

/// The reading of an open clock that comes first after `from`: "9 to 5".
ClockTime settled_after(ClockTime clock, const ClockTime& from) {
  if (!clock.open) return clock;
  clock.open = false;
  if (minutes_of(clock) > minutes_of(from)) return clock;
  const ClockTime later = half_a_day_later(clock);
  return minutes_of(later) > minutes_of(from) ? later : clock;
}

void settle_both(Moment& from, Moment& to) {
  if (!from.clock || !to.clock) return;
  if (from.part) from.clock = settled(*from.clock, *from.part);
  if (to.part) to.clock = settled(*to.clock, *to.part);
  if (!to.clock->open) {
    from.clock = settled_before(*from.clock, *to.clock);
  } else {
    from.clock->hour = default_hour(*from.clock);
    from.clock->open = false;
    to.clock = settled_after(*to.clock, *from.clock);
  }
}

/// What one end of a range leaves out, the other end says: "10 - 22 August", "Aug 10 to 22, 2026".
void share_fields(Date& from, Date& to) {
  if (!from.month && !from.weekday) from.month = to.month;
  if (!to.month && !to.weekday && to.day) to.month = from.month;
  if (!from.year) from.year = to.year;
  const bool later_in_year = !from.month || !to.month || *to.month >= *from.month;
  if (!to.year && later_in_year) to.year = from.year;
}

/// A day of a month, which a bare number beside it is, too: "10 - 22 August".
bool is_day_number(const Moment& moment) {
  return moment.date && moment.date->day;
}

bool is_hour(int number) {
  return number >= 0 && number <= kHourLast;
}

/// Gives the bare numbers at the ends of a range their meaning; false if nothing says which.
bool place_numbers(Moment& from, Moment& to) {
  if (from.number && to.number) return true;
  if (from.number) {
    // "3-5pm on March 16": one is the hour, the other the day; what they are was said apart.
    if (to.clock && is_day_number(to)) return false;
    if (to.clock && !is_day_number(to) && is_hour(*from.number)) {
      from.clock = o_clock(*from.number);
    } else if (is_day_number(to) && *from.number >= 1 && *from.number <= kDayLast) {
      from.date = Date{.day = from.number};
    } else {
      return false;
    }
    from.number.reset();
  }
  if (to.number) {
    if (from.clock && is_hour(*to.number)) {
      to.clock = o_clock(*to.number);
    } else if (is_day_number(from) && *to.number >= 1 && *to.number <= kDayLast) {
      to.date = Date{.day = to.number};
    } else {
      return false;
    }
    to.number.reset();
  }
  return true;
}

/// Two bare numbers on a day are times of it: "friday 9-10".
void numbers_to_clocks(Range& range) {
  for (Moment* end : {&range.from, &range.to}) {
    if (!end->number) continue;
    end->clock = o_clock(*end->number);
    end->number.reset();
  }
}

/// Adds what `more` says; false where the two contradict.
bool merge(Date& date, const Date& more) {
  const auto differ = [](const auto& a, const auto& b) { return a && b; };
  if (differ(date.year, more.year) || differ(date.month, more.month) ||
      differ(date.day, more.day) || differ(date.weekday, more.weekday)) {
    return false;
  }
  if (more.year) date.year = more.year;
  if (more.month) date.month = more.month;
  if (more.day) date.day = more.day;
  if (more.weekday) date.weekday = more.weekday;
  return true;
}

/// A day node that takes a year of its own: "Q3" 2026, "christmas" 2026.
Tree in_year(const Tree& day, int year) {
  if (const auto* holiday = as<Holiday>(day); holiday != nullptr && !holiday->year) {
    return make(Holiday{.which = holiday->which, .year = year});
  }
  if (const auto* quarter = as<QuarterOf>(day); quarter != nullptr && !quarter->year) {
    return make(QuarterOf{.number = quarter->number, .year = year});
  }
  if (const auto* season = as<Season>(day); season != nullptr && !season->year) {
    return make(Season{.number = season->number, .year = year});
  }
  if (const auto* week = as<WeekNumber>(day); week != nullptr && !week->year) {
    return make(WeekNumber{.number = week->number, .year = year});
  }
  return nullptr;
}

/// "3 months ago" beside a day is that month: "thanksgiving 3 months ago", "friday 2 weeks ago".
Tree as_period(const Tree& day) {
  const auto* shift = as<Shift>(day);
  if (shift == nullptr || shift->by.size() != 1 || as<Now>(shift->from) == nullptr) return day;
  const Amount& by = shift->by.front();
  if (by.unit < Unit::Week) return day;
  const auto count = static_cast<int>(by.count);
  return make(Cycle{.unit = by.unit, .skip = shift->back ? -count : count});
}

bool is_period(const Tree& day) {
  const auto* cycle = as<Cycle>(day);
  if (cycle != nullptr) return cycle->unit >= Unit::Week;
  return as<QuarterOf>(day) != nullptr || as<Season>(day) != nullptr ||
         as<Weekend>(day) != nullptr || as<WeekNumber>(day) != nullptr ||
         as<Turn>(day) != nullptr || as<ThirdOf>(day) != nullptr || as<HalfOf>(day) != nullptr ||
         as<Around>(day) != nullptr;
}

/// Two day nodes: one must lie in the other, "tax day last year".
Tree nested(const Tree& left, const Tree& right) {
  for (const auto& [inner, outer] : {std::pair(left, right), std::pair(right, left)}) {
    const Tree within = as_period(outer);
    const auto* cycle = as<Cycle>(outer);
    const bool in_a_year = cycle != nullptr && cycle->unit == Unit::Year &&
                           (as<QuarterOf>(inner) != nullptr || as<Season>(inner) != nullptr);
    const bool holds = in_a_year || as<Holiday>(inner) != nullptr || as<Weekend>(inner) != nullptr;
    if (holds && is_period(within) && as<Weekend>(within) == nullptr) {
      return make(Nth{.n = 1, .of = inner, .within = within});
    }
  }
  return nullptr;
}

/// Joins what the two say of the day; false where they contradict.
bool join_days(Moment& all, const Moment& more) {
  if (more.day != nullptr && all.day != nullptr) {
    all.day = nested(all.day, more.day);
    if (all.day == nullptr) return false;
  } else if (more.day != nullptr) {
    all.day = more.day;
  }
  Date date = all.date.value_or(Date{});
  if (more.date && !merge(date, *more.date)) return false;
  if (!all.date && !more.date) return true;
  if (!exists(date)) return false;
  all.date = date;
  if (all.day == nullptr) return true;
  if (only_year(date)) {
    all.day = in_year(all.day, *date.year);
    all.date.reset();
    return all.day != nullptr;
  }
  all.day = as_period(all.day);
  // "july next year", "friday next week", "tomorrow, friday"; no date in what has a year itself.
  const auto* cycle = as<Cycle>(all.day);
  if (date.day && as<Shift>(all.day) != nullptr) return false;
  if (date.year) return is_one_day(all.day) && date.day;
  if (only_month(date)) return cycle != nullptr && cycle->unit == Unit::Year;
  return is_period(all.day) || is_one_day(all.day);
}

}  // namespace

bool exists(const Date& date) {
  if (date.year && *date.year < 1) return false;
  if (date.month && (*date.month < 1 || *date.month > kMonthLast)) return false;
  if (date.day && (*date.day < 1 || *date.day > kDayLast)) return false;
  if (!date.month || !date.day) return true;
  using namespace std::chrono;
  return (year{date.year.value_or(kAnyLeapYear)} / month{static_cast<unsigned>(*date.month)} /
          day{static_cast<unsigned>(*date.day)})
      .ok();
}

bool only_weekday(const Date& date) {
  return date.weekday && !date.day && !date.month && !date.year;
}
bool only_month(const Date& date) {
  return date.month && !date.day && !date.weekday && !date.year;
}
bool only_year(const Date& date) {
  return date.year && !date.day && !date.weekday && !date.month;
}

bool is_one_day(const Tree& day) {
  if (day == nullptr) return false;
  if (const auto* cycle = as<Cycle>(day)) {
    return cycle->unit == Unit::Day || cycle->unit == Unit::Workday;
  }
  if (const auto* nth = as<Nth>(day)) {
    const auto* unit = as<Cycle>(nth->of);
    return as<Date>(nth->of) != nullptr || is_one_day(nth->of) ||
           (unit != nullptr && (unit->unit == Unit::Day || unit->unit == Unit::Workday));
  }
  if (const auto* nth = as<NthFrom>(day)) return as<Date>(nth->of) != nullptr;
  if (const auto* shift = as<Shift>(day)) return shift->by.back().unit >= Unit::Day;
  if (const auto* turn = as<Turn>(day)) {
    const auto* date = as<Date>(turn->of);
    return as<Holiday>(turn->of) != nullptr || (date != nullptr && date->weekday);
  }
  return as<RelativeDay>(day) != nullptr || as<Holiday>(day) != nullptr ||
         as<Closest>(day) != nullptr;
}

ClockTime o_clock(int hour, int minute) {
  return {.hour = hour, .minute = minute, .open = hour >= 1 && hour <= kNoonHour};
}

ClockTime settled(ClockTime clock, Part part) {
  const bool early = part <= Part::Breakfast;
  const bool at_noon = part > Part::Breakfast && part <= Part::AfterLunch;
  const bool at_night = part == Part::Night || part == Part::LateNight;
  if (clock.hour == 0 && clock.minute == 0 && at_night) clock.hour = kHourLast;
  if (!clock.open) return clock;
  clock.open = false;
  if (clock.hour == kNoonHour) {
    if (early) clock.hour = 0;
    if (at_night) clock.hour = kHourLast;
    return clock;
  }
  const bool late = !early && !(at_noon && clock.hour >= 10);
  if (late) clock.hour += kNoonHour;
  return clock;
}

std::optional<Moment> joined(const Moment& left, const Moment& right) {
  if (left.number || right.number) return std::nullopt;
  if ((left.clock && right.clock) || (left.part && right.part) || (left.place && right.place)) {
    return std::nullopt;
  }
  Moment all = left;
  if (!join_days(all, right)) return std::nullopt;
  if (right.clock) all.clock = right.clock;
  if (right.part) all.part = right.part;
  if (right.place) all.place = right.place;
  if (!all.has_time()) return all;
  // A time of day is of a day: no "march 5:30", which is 30 past 5 in no month.
  if (all.date && (only_month(*all.date) || only_year(*all.date)) && all.day == nullptr) {
    return std::nullopt;
  }
  if (as<Now>(all.day) != nullptr || as<Rolling>(all.day) != nullptr) return std::nullopt;
  return all;
}

std::optional<Range> joined(const Range& range, const Moment& beside) {
  Range all = range;
  if (beside.has_day() || beside.has_time()) {
    const bool on_a_day =
        is_one_day(beside.day) || (beside.date && (beside.date->day || beside.date->weekday));
    if (all.from.number && (beside.clock || !on_a_day)) return std::nullopt;
    numbers_to_clocks(all);
  }
  // What one end has said, it keeps: "10:30 JST today to 10:30 PST tomorrow".
  const auto from = joined(all.from, beside);
  const auto to = joined(all.to, beside);
  if (!from || !to) return std::nullopt;
  return Range{.from = *from, .to = *to};
}

std::optional<Range> range_of(Moment from, Moment to) {
  if (!place_numbers(from, to)) return std::nullopt;
  if (from.number) return Range{.from = from, .to = to};
  if (from.has_time() != to.has_time() && !(from.has_day() && to.has_day())) return std::nullopt;
  if (from.date && to.date) share_fields(*from.date, *to.date);
  if ((from.date && !exists(*from.date)) || (to.date && !exists(*to.date))) return std::nullopt;
  if (!to.has_day() && from.has_day()) {
    to.date = from.date;
    to.day = from.day;
  } else if (!from.has_day() && to.has_day()) {
    from.date = to.date;
    from.day = to.day;
  }
  if (from.has_day() != to.has_day()) return std::nullopt;
  if (!from.part && to.part && from.clock && from.clock->open) from.part = to.part;
  settle_both(from, to);
  if (!from.place) from.place = to.place;
  if (!to.place) to.place = from.place;
  return Range{.from = std::move(from), .to = std::move(to)};
}

namespace {

Tree day_tree(const Moment& moment) {
  if (!moment.date) return moment.day;
  Tree fields = make(*moment.date);
  return moment.day == nullptr ? fields : make(Nth{.n = 1, .of = fields, .within = moment.day});
}

bool is_same_day(const Moment& one, const Moment& other) {
  if (one.day != other.day || one.date.has_value() != other.date.has_value()) return false;
  if (!one.date) return true;
  const Date& a = *one.date;
  const Date& b = *other.date;
  return a.year == b.year && a.month == b.month && a.day == b.day && a.weekday == b.weekday;
}

Tree with_time(const Moment& moment, const Tree& day) {
  Tree tree = day;
  if (moment.clock) {
    const ClockTime clock = moment.part ? settled(*moment.clock, *moment.part) : *moment.clock;
    tree = day == nullptr ? make(clock) : make(On{.day = day, .time = make(clock)});
  } else if (moment.part) {
    const Tree part = make(DayPart{.part = *moment.part});
    tree = day == nullptr ? part : make(On{.day = day, .time = part});
  }
  if (tree != nullptr && moment.place) tree = make(AtPlace{.of = tree, .place = *moment.place});
  return tree;
}

}  // namespace

Tree tree_of(const Moment& moment) {
  return with_time(moment, day_tree(moment));
}

Tree tree_of(const Range& range) {
  const Tree day = day_tree(range.from);
  const Tree from = with_time(range.from, day);
  // Two times of one day share its node, which says so.
  const bool shared = is_same_day(range.from, range.to) && range.to.has_time();
  const Tree to = with_time(range.to, shared ? day : day_tree(range.to));
  return from == nullptr || to == nullptr ? nullptr : make(Between{.from = from, .to = to});
}

Tree tree_of_numbers(const Range& range) {
  const int first = range.from.number.value_or(-1);
  const int second = range.to.number.value_or(-1);
  if (first >= 1 && first <= kMonthLast && second > kNoonHour) {
    const Date date{.month = first, .day = second};
    return exists(date) ? make(date) : nullptr;
  }
  if (!is_hour(first) || !is_hour(second) || first == second) return nullptr;
  Range hours = range;
  numbers_to_clocks(hours);
  settle_both(hours.from, hours.to);
  return tree_of(hours);
}

}  // namespace common::words
