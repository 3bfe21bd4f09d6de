#include <algorithm>
#include <array>

#include "schemas/common/when_rules.hpp"
#include "schemas/common/when_tags.hpp"

/// What goes from one time to another, or is open on one side.
namespace common::words {
namespace {

using Result = std::optional<Made>;

/// A bare number or a moment as the end of a range.
Moment end_of_range(const Match& match, std::size_t i) {
  if (const auto* moment = std::get_if<Moment>(&match.item(i).made.value)) return *moment;
  if (const auto* ordinal = std::get_if<Ordinal>(&match.item(i).made.value)) {
    return Moment{.date = Date{.day = ordinal->n}};
  }
  return Moment{.number = match.number(i)};
}

/// "the week", "quarter": what only other words make a time.
bool is_bare_period(const Item& item) {
  const auto* moment = std::get_if<Moment>(&item.made.value);
  return item.made.weak && moment != nullptr && as<Cycle>(moment->day) != nullptr;
}

Result from_to(const Match& match) {
  if (is_bare_period(match.item(0)) || is_bare_period(match.item(1))) return std::nullopt;
  const auto range = range_of(end_of_range(match, 0), end_of_range(match, 1));
  if (!range) return std::nullopt;
  Made made(*range);
  const bool loose = match.item(0).made.loose || match.item(1).made.loose;
  const bool bare = !is_time(match.item(0)) || !is_time(match.item(1));
  const bool said = match.said("from") || match.said("between");  // "from 2020 to 2022"
  made.weak = range->from.number || (match.item(0).made.weak && match.item(1).made.weak && !said) ||
              (loose && bare);  // "at 10 - 20"
  made.loose = loose;
  if (range->from.number) {
    const std::string first = std::to_string(*range->from.number);
    const std::string second = std::to_string(*range->to.number);
    match.hint("\"" + first + "-" + second +
               "\" could be a day and a month, or two times of day: write \"" + first + ":00 to " +
               second + ":00\", or name the month");
  }
  return made;
}

/// "now until 5pm".
Result from_now(const Match& match) {
  if (as<Now>(match.moment(0).day) == nullptr || match.item(1).made.weak) return std::nullopt;
  const Tree to = tree_of(match.moment(1));
  return Made(make(Between{.from = make(Now{}), .to = to}));
}

Result lasting(const Match& match) {
  const Moment& from = match.moment(0);
  const Tree tree = match.item(0).made.weak && !from.clock ? nullptr : tree_of(from);
  if (tree == nullptr) return std::nullopt;
  return Made(make(Lasting{.from = tree, .by = match.duration(1)}));
}
Result lasting_from(const Match& match) {
  const Tree tree = match.item(1).made.weak ? nullptr : tree_of(match.moment(1));
  if (tree == nullptr) return std::nullopt;
  return Made(make(Lasting{.from = tree, .by = match.duration(0)}));
}

/// A year alone is enough after "since"; "since week" says nothing.
template <Side kSide>
Result open(const Match& match) {
  const Item& of = match.item(0);
  const auto* moment = std::get_if<Moment>(&of.made.value);
  const bool year = moment != nullptr && moment->date && only_year(*moment->date);
  if ((of.made.weak && !year && !(moment != nullptr && moment->clock)) || as<Open>(tree_of(of))) {
    return std::nullopt;
  }
  Made made(make(Open{.side = kSide, .of = tree_of(of)}));
  made.loose = of.made.loose;
  return made;
}
/// "friday at the latest", "monday at the earliest".
template <Side kSide>
Result open_end(const Match& match) {
  const Item& of = match.item(0);
  if (of.made.weak || as<Open>(tree_of(of)) != nullptr) return std::nullopt;
  return Made(make(Open{.side = kSide, .of = tree_of(of)}));
}
/// "sometime next week".
Result sometime(const Match& match) {
  if (match.item(0).made.weak) return std::nullopt;
  return Made(match.moment(0));
}
/// "from monday on"; "from now" alone says nothing yet.
Result open_from(const Match& match) {
  const auto* moment = std::get_if<Moment>(&match.item(0).made.value);
  const bool now = moment != nullptr && as<Now>(moment->day) != nullptr;
  if (now && !match.said("on") && !match.said("onward") && !match.said("onwards")) {
    return std::nullopt;
  }
  return open<Side::From>(match);
}
/// "before 5", an hour if the phrase ends there.
template <Side kSide>
Result open_hour(const Match& match) {
  return Made(make(Open{.side = kSide, .of = make(o_clock(match.number(0)))})).as_loose();
}

/// "tomorrow after 4pm": its other end is the end of the day; of "tomorrow before 4pm" the
/// beginning.
Result bounded(const Match& match, bool after) {
  const bool day_first = match.begin() == match.item(0).begin;
  Moment edge = match.moment(day_first ? 0 : 1);
  const Item& clock = match.item(day_first ? 1 : 0);
  const auto* moment = std::get_if<Moment>(&clock.made.value);
  if (edge.has_time()) return std::nullopt;
  const Tree day = tree_of(edge);
  edge.clock = moment != nullptr ? *moment->clock : o_clock(match.number(day_first ? 1 : 0));
  edge.place = moment != nullptr ? moment->place : std::nullopt;
  const Tree time = tree_of(edge);
  if (after) return Made(make(Between{.from = time, .to = day}));
  const Side side = match.said("by") ? Side::By : Side::Before;
  return Made(make(Open{.side = side, .of = time, .within = day}));
}

constexpr Rule kRanges[] = {
    {"from? <moment> -|to|till|til|until|through|thru <moment>", from_to},
    {"from? the? <end> -|to|till|til|until|through|thru the? <moment>", from_to, -1},
    {"from? <moment> -|to|till|til|until|through|thru the? <end>", from_to, -1},
    {"from? <end> -|to|till|til|until|through|thru <end>", from_to, -2},
    {"between <moment> and <moment>", from_to},
    {"between the? <end> and the? <moment>", from_to},
    {"between <moment> and the? <end>", from_to},
    {"between <end> and <end>", from_to, -2},
    {"<full-date> / <full-date>", from_to},
    {"<full-date> . _. <full-date>", from_to},
    {"from? <moment> -|to|till|til|until|through|thru <moment>", from_now, 1},
    {"after|past <moment> but|and before <moment>", from_to},
    {"later than <moment> but|and before <moment>", from_to},
    {"from? <moment> for <duration>", lasting},
    {"for <duration> starting? from|on|at <moment>", lasting_from},
    {"<duration> starting|beginning at|on|from? <moment>", lasting_from},
    {"since <time>", open<Side::Since>},
    {"anytime|any|sometime|sometimes? time? after <time>", open<Side::After>},
    {"later than <time>", open<Side::After>},
    {"anytime|any|sometime|sometimes? time? before <time>", open<Side::Before>},
    {"prior|previous to <time>", open<Side::Before>},
    {"earlier than <time>", open<Side::Before>},
    {"until|till|til|through|thru <time>", open<Side::Until>},
    {"up to|until <time>", open<Side::Until>},
    {"by|before the? latest? <time>", open<Side::By>, -1},
    {"no|not later than <time>", open<Side::By>},
    {"no|not earlier|sooner than <time>", open<Side::From>},
    {"not before|until|till <time>", open<Side::From>},
    {"on|at or|and after <time>", open<Side::From>},
    {"on|at or|and before <time>", open<Side::Until>},
    {"on? <time> at the? latest", open_end<Side::By>},
    {"at the latest on|by? <time>", open_end<Side::By>},
    {"on? <time> at the? earliest", open_end<Side::From>},
    {"at the earliest on? <time>", open_end<Side::From>},
    {"sometime|anytime in|on|during|over? the? <moment>", sometime},
    {"some|any time|day in|on|during|over? <moment>", sometime},
    {"ever since <time>", open<Side::Since>},
    {"starting|beginning|effective from|on|at|as? <time>", open<Side::From>},
    {"as of <time>", open<Side::From>},
    {"from <time> on|onwards|onward?", open_from, -1},
    {"as from <time>", open<Side::From>},
    {"<time> onwards|onward", open<Side::From>},
    {"<time> or|and later|after", open<Side::From>},
    {"after <0-24>", open_hour<Side::After>},
    {"since <0-24>", open_hour<Side::Since>},
    {"until|till|til <0-24>", open_hour<Side::Until>},
    {"before <0-24>", open_hour<Side::Before>},
    {"by <0-24>", open_hour<Side::By>},
    {"<day> ,? after|from|since <clock>", [](const Match& m) { return bounded(m, true); }},
    {"<day> ,? before|by|until|till <clock>", [](const Match& m) { return bounded(m, false); }},
    {"after <0-24> on? <day>", [](const Match& m) { return bounded(m, true); }},
    {"before|by|until|till <0-24> on? <day>", [](const Match& m) { return bounded(m, false); }},
    {"<day> ,? after <0-24>", [](const Match& m) { return bounded(m, true); }},
    {"<day> ,? before|by|until|till <0-24>", [](const Match& m) { return bounded(m, false); }},
};

/// The weight of a join is below any rule's own.
constexpr int kJoined = -1;

Result side_by_side(const Match& match) {
  if (is_bare_period(match.item(0)) || is_bare_period(match.item(1))) return std::nullopt;
  auto moment = joined(match.moment(0), match.moment(1));
  if (!moment) return std::nullopt;
  Made made(*std::move(moment));
  made.weak = match.item(0).made.weak && match.item(1).made.weak;
  return made;
}
/// "the 20th of the month": here "of" makes a period of it.
Result of_period(const Match& match) {
  auto moment = joined(match.moment(0), match.moment(1));
  if (!moment || is_bare_period(match.item(0))) return std::nullopt;
  return Made(*std::move(moment));
}
Result range_and_moment(const Match& match) {
  auto range = joined(match.get<Range>(0), match.moment(1));
  if (!range || is_bare_period(match.item(1))) return std::nullopt;
  return Made(*std::move(range));
}
Result moment_and_range(const Match& match) {
  auto range = joined(match.get<Range>(1), match.moment(0));
  if (!range || is_bare_period(match.item(0))) return std::nullopt;
  return Made(*std::move(range));
}

/// "the sun", "on the march": with "the" these are other words.
bool is_other_word(const Match& match, std::size_t i) {
  const Item& item = match.item(i);
  constexpr std::array<std::string_view, 5> kOthers = {"sun", "sat", "mon", "march", "may"};
  return match.said("the") && item.end == item.begin + 1 &&
         std::ranges::find(kOthers, match.tokens()[item.begin].text) != kOthers.end();
}

/// The same moment, with the word that belongs to it: "on friday", "in march".
Result led_day(const Match& match) {
  const Item& item = match.item(0);
  const Moment& moment = match.moment(0);
  if (!moment.has_day() || item.made.weak) return std::nullopt;
  Made made(moment);
  made.loose = item.made.loose;
  return made;
}
Result led_period(const Match& match) {
  const Moment& moment = match.moment(0);
  const bool rolling = as<Rolling>(moment.day) != nullptr;
  if (is_bare_period(match.item(0)) && !match.said("the")) return std::nullopt;
  if (is_other_word(match, 0)) return std::nullopt;
  if (!moment.has_day() || moment.clock || (match.item(0).made.weak && !moment.date)) {
    return std::nullopt;
  }
  if (moment.date && moment.date->day) return std::nullopt;
  if (match.said("in") && !rolling && as<Shift>(moment.day) != nullptr) return std::nullopt;
  return Made(moment);
}
Result led_time(const Match& match) {
  if (match.item(0).made.weak || is_other_word(match, 0)) return std::nullopt;
  return Made(match.moment(0));
}
Result led_range(const Match& match) {
  Made made(match.get<Range>(0));
  made.weak = match.item(0).made.weak;
  made.loose = match.item(0).made.loose;
  return made;
}

constexpr Rule kJoins[] = {
    {"<moment> <moment>", side_by_side, kJoined},
    {"<moment> , <moment>", side_by_side, kJoined},
    {"<moment> _.|: _<moment>", side_by_side, kJoined},
    {"<moment> of|'s|\u2219 <moment>", of_period, kJoined},
    {"<weekday> from <period>", of_period, kJoined},
    {"<range> <moment>", range_and_moment, kJoined},
    {"<range> , <moment>", range_and_moment, kJoined},
    {"<range> of <moment>", range_and_moment, kJoined},
    {"<moment> <range>", moment_and_range, kJoined},
    {"<moment> , <range>", moment_and_range, kJoined},
    {"on|for <moment>", led_day},
    {"in|during|over|within|throughout the? <moment>", led_period},
    {"at|@|by? around|about? <moment>", led_day, -1},
    {"the <comes-around>", led_time},
    {"around|about|circa|approximately|~ <moment>", led_time},
    {"on or about|around <moment>", led_time},
    {"this <full-date>", led_time},
    {"on|at|for|during <range>", led_range},
};

}  // namespace

std::span<const Rule> range_rules() {
  return kRanges;
}
std::span<const Rule> join_rules() {
  return kJoins;
}

std::span<const std::span<const Rule>> rule_tables() {
  static const std::span<const Rule> tables[] = {length_rules(), shift_rules(),  date_rules(),
                                                 clock_rules(),  period_rules(), range_rules(),
                                                 join_rules(),   holiday_rules()};
  return tables;
}

}  // namespace common::words
