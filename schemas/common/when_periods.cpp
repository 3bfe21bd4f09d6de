#include "schemas/common/when_grammar.hpp"
#include "schemas/common/when_names.hpp"

namespace common::words {
namespace {

constexpr int kOrdinalMax = 53;
constexpr int kQuarters = 4;

int steps(Which which) {
  switch (which) {
    case Which::This:
      return 0;
    case Which::Next:
      return 1;
    case Which::Last:
      return -1;
  }
  return 0;
}

}  // namespace

bool Grammar::day_piece(Moment& moment) {
  if (moment.day != nullptr) return false;
  if (relative_day(moment)) return true;
  Tree day = attempt([this] { return shift(); });
  if (day == nullptr) day = attempt([this] { return period(); });
  if (day == nullptr) return false;
  if (const On* on = as<On>(day)) {  // "this morning": a time beside it makes it exact
    if (moment.has_time() && moment.part) return false;
    moment.day = on->day;
    moment.part = as<DayPart>(on->time)->part;
  } else {
    moment.day = day;
  }
  return true;
}

/// "now", "today", "tomorrow", "tonight".
bool Grammar::relative_day(Moment& moment) {
  if (in_.take("now")) {
    moment.day = make(Now{});
    return true;
  }
  const bool night = in_.next_is("tonight") || in_.next_is("tonite");
  const std::optional<int> days = in_.take_named(relative_day_named);
  if (!days) return false;
  moment.day = make(RelativeDay{.days = *days});
  if (night && !moment.part) moment.part = Part::Night;
  return true;
}

Tree Grammar::period() {
  if (Tree tree = attempt([this] { return third_period(); })) return tree;
  if (Tree tree = attempt([this] { return nth_period(); })) return tree;
  if (Tree tree = attempt([this] { return which_period(); })) return tree;
  return attempt([this] { return named_period(); });
}

/// "next week", "this march", "the last 7 days", "the week after next".
Tree Grammar::which_period() {
  in_.take("the");
  if (const auto unit = in_.take_named(unit_named)) {
    const bool after = in_.take("after") && in_.take("next");
    const bool before = !after && in_.take("before") && in_.take("last");
    if (!after && !before) return nullptr;
    return make(Cycle{.unit = *unit, .skip = after ? 2 : -2});
  }
  const std::optional<Which> which = in_.take_named(which_named);
  return which ? which_of(*which) : nullptr;
}

Tree Grammar::which_of(Which which) {
  const bool counted = in_.peek() != nullptr && !in_.next_is("a") && !in_.next_is("an") &&
                       (in_.peek()->kind == Token::Kind::Number || number_named(in_.peek()->text));
  if (counted && which != Which::This) {
    const std::optional<Duration> by = duration();
    return by ? make(Rolling{.by = *by, .back = which == Which::Last}) : nullptr;
  }
  if (const auto part = in_.take_named(part_named)) {
    return make(
        On{.day = make(RelativeDay{.days = steps(which)}), .time = make(DayPart{.part = *part})});
  }
  if (const auto weekday = attempt([this] { return in_.take_named(weekday_named); })) {
    return make(Turn{.which = which, .of = make(Date{.weekday = weekday})});
  }
  if (const auto month = in_.take_named(month_named)) {
    return make(Turn{.which = which, .of = make(Date{.month = month})});
  }
  if (Tree named = attempt([this] { return named_period(); })) {
    return make(Turn{.which = which, .of = named});
  }
  if (const auto unit = in_.take_named(unit_named)) {
    return make(Cycle{.unit = *unit, .skip = steps(which)});
  }
  return nullptr;
}

/// "weekend", "q3 2026", "summer", "the week of 6 October".
Tree Grammar::named_period() {
  in_.take("the");
  if (in_.take("weekend") || in_.take("weekends")) return make(Weekend{});
  if (in_.next_is("week") && in_.next_is("-", 1) && in_.next_is("end", 2)) {
    in_.advance(3);
    return make(Weekend{});
  }
  if (in_.take("week") && in_.take_any("of", "containing")) {
    in_.take("the");
    const std::optional<Date> date = calendar_date();
    return date ? make(Around{.unit = Unit::Week, .of = make(*date)}) : nullptr;
  }
  if (const auto season = in_.take_named(season_named)) {
    in_.take("of");
    return make(Season{.number = *season, .year = attempt([this] { return year(); })});
  }
  return quarter_period();
}

Tree Grammar::quarter_period() {
  std::optional<int> number;
  if (in_.take("q")) {
    number = in_.take_number(1, 1);
  } else {
    number = ordinal();
    if (!in_.take_any("quarter", "qtr")) return nullptr;
  }
  if (!number || *number < 1 || *number > kQuarters) return nullptr;
  const auto in_year = attempt([this] {
    in_.take_any("of", "in", "/", ",");
    return year();
  });
  return make(QuarterOf{.number = *number, .year = in_year});
}

std::optional<int> Grammar::ordinal() {
  if (in_.take("last")) return -1;
  return attempt([this]() -> std::optional<int> {
    const bool digits = in_.peek() != nullptr && in_.peek()->kind == Token::Kind::Number;
    const std::optional<int> number = ordinal_day();
    if (!number || *number > kOrdinalMax) return std::nullopt;
    if (digits && !is_ordinal_ending(in_.previous())) return std::nullopt;
    return in_.take("last") ? -*number : *number;
  });
}

/// "first monday of april", "last day of the month", "the 20th of next month".
Tree Grammar::nth_period() {
  in_.take("the");
  const std::optional<int> n = ordinal();
  if (!n) return nullptr;
  Tree of;
  int count = *n;
  if (const auto weekday = in_.take_named(weekday_named)) {
    of = make(Date{.weekday = weekday});
  } else if (const auto unit = in_.take_named(unit_named)) {
    of = make(Cycle{.unit = *unit});
  } else if (*n > 0) {
    of = make(Date{.day = *n});
    count = 1;
  } else {
    return nullptr;
  }
  if (!in_.take_any("of", "in")) return nullptr;
  const Tree within = container();
  if (within == nullptr) return nullptr;
  if (as<Date>(of) != nullptr && as<Date>(of)->day && as<Date>(within) != nullptr) return nullptr;
  return make(Nth{.n = count, .of = of, .within = within});
}

/// "end of month", "early next week", "mid-March". The end of a day is a time: see named_time.
Tree Grammar::third_period() {
  in_.take("the");
  if (in_.take_any("eom", "eoy", "eow")) {
    const char unit = in_.previous().back();
    const Unit of = unit == 'm' ? Unit::Month : unit == 'y' ? Unit::Year : Unit::Week;
    return make(ThirdOf{.third = Third::End, .of = make(Cycle{.unit = of})});
  }
  const std::optional<Third> third = in_.take_named(third_named);
  if (!third) return nullptr;
  in_.take_any("of", "in", "-");
  const Tree of = container();
  if (of == nullptr || as<On>(of) != nullptr) return nullptr;
  const Cycle* cycle = as<Cycle>(of);
  if (cycle != nullptr && cycle->unit <= Unit::Day) return nullptr;
  return make(ThirdOf{.third = *third, .of = of});
}

/// A period that holds days: "the month", "next week", "April 2026", "2027".
Tree Grammar::container() {
  if (Tree which = attempt([this] { return which_period(); })) return which;
  if (Tree named = attempt([this] { return named_period(); })) return named;
  in_.take("the");
  if (const auto unit = in_.take_named(unit_named)) return make(Cycle{.unit = *unit});
  if (const auto number = attempt([this] { return year(); })) return make(Date{.year = number});
  if (const auto month = in_.take_named(month_named)) {
    in_.take_any("of", ",");
    return make(Date{.year = attempt([this] { return year(); }), .month = month});
  }
  return nullptr;
}

}  // namespace common::words
