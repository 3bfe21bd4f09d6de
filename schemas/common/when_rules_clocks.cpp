#include <cstdlib>

#include "schemas/common/when_lexicon.hpp"
#include "schemas/common/when_names.hpp"
#include "schemas/common/when_rules.hpp"

/// Times of day and parts of the day.
namespace common::words {
namespace {

using Result = std::optional<Made>;

constexpr int kTwelve = 12;
constexpr int kMinutes = 60;
constexpr int kHours = 24;

Made clock_item(const ClockTime& clock) {
  return Made(Moment{.clock = clock});
}

Result valid(const ClockTime& clock) {
  if (!is_clock_time(clock)) return std::nullopt;
  return clock_item(clock);
}

/// An item of tag <hour>: "3", "3pm", "noon", "7 in the evening".
ClockTime hour_of(const Match& match, std::size_t i) {
  if (const auto* moment = std::get_if<Moment>(&match.item(i).made.value)) {
    return moment->part ? settled(*moment->clock, *moment->part) : *moment->clock;
  }
  return o_clock(match.number(i));
}

Result with_meridiem(ClockTime clock, const Match& match, bool weak) {
  const bool after_noon = match.get<Meridiem>(match.size() - 1).after_noon;
  if (clock.hour > kTwelve && after_noon) return clock_item(clock);
  if (clock.hour < 1 || clock.hour > kTwelve) return std::nullopt;
  clock.hour = clock.hour % kTwelve + (after_noon ? kTwelve : 0);
  clock.open = false;
  Made made = clock_item(clock);
  made.weak = weak;
  return made;
}
Result number_meridiem(const Match& match) {
  const auto& quantity = match.get<Quantity>(0);
  if (!quantity.whole() || quantity.digits > 2 || *quantity.whole() > kTwelve) return std::nullopt;
  return with_meridiem({.hour = *quantity.whole()}, match, match.item(1).made.weak);
}
Result clock_meridiem(const Match& match) {
  return with_meridiem(*match.moment(0).clock, match, false);
}
/// "3 30 pm".
Result numbers_meridiem(const Match& match) {
  const ClockTime clock{.hour = match.number(0),
                        .minute = match.get<Quantity>(1).whole().value_or(60)};
  if (clock.minute >= kMinutes) return std::nullopt;
  return with_meridiem(clock, match, false);
}

Result at_hour(const Match& match) {
  return clock_item(o_clock(match.number(0))).as_loose();
}
Result o_clock_said(const Match& match) {
  const std::optional<int> hour = match.get<Quantity>(0).whole();
  return hour && !match.get<Quantity>(0).vague ? valid(o_clock(*hour)) : std::nullopt;
}
/// "at 1530", "at 930", "150ish".
Result packed_clock(const Match& match) {
  const int digits = match.number(0);
  const bool leading_zero = match.tokens()[match.item(0).begin].text.front() == '0';
  ClockTime clock = o_clock(digits / 100, digits % 100);
  const auto& token = match.tokens()[match.item(0).begin];
  if (token.text.size() < 3 || token.text.size() > 4) return std::nullopt;
  if (leading_zero || clock.hour > kTwelve || match.said("hours")) clock.open = false;
  if (!is_clock_time(clock)) return std::nullopt;
  return clock_item(clock).as_loose();
}
Result same_clock(const Match& match) {
  return Made(match.moment(0));
}

/// "ten thirty": only beside "at" or "am" surely a time.
Result spoken_digits(const Match& match) {
  const ClockTime clock = o_clock(match.number(0), match.number(1));
  const bool usual = match.said("-") || match.number(1) % 15 == 0;  // "three twenty" may be 320
  const bool tens = match.number(1) >= 10 && match.number(1) < kMinutes;
  if (!tens || !usual || clock.hour < 1) return std::nullopt;
  return clock_item(clock).as_loose();
}
Result spoken_oh(const Match& match) {
  if (match.number(1) > 9 || match.number(0) < 1) return std::nullopt;
  return clock_item(o_clock(match.number(0), match.number(1))).as_loose();
}

Result past(const Match& match, int minutes) {
  ClockTime clock = hour_of(match, match.size() - 1);
  if (clock.minute != 0) return std::nullopt;
  clock.minute = minutes;
  return valid(clock);
}
Result to(const Match& match, int minutes) {
  ClockTime clock = hour_of(match, match.size() - 1);
  if (clock.minute != 0) return std::nullopt;
  clock.hour = (clock.hour + kHours - 1) % kHours;
  clock.minute = kMinutes - minutes;
  return valid(clock);
}
/// "5 to 9" is rather a range; "20 to 9", "5 minutes to 9" and "ten to nine" are not.
Result minutes_to(const Match& match) {
  const bool said =
      match.said("minutes") || match.said("minute") || match.said("mins") || match.said("min");
  const int minutes = match.number(0);
  const auto* hour = std::get_if<Moment>(&match.item(1).made.value);
  const bool in_part = hour != nullptr && hour->part.has_value();
  const bool usual = (match.get<Quantity>(0).digits == 0 || in_part) && minutes % 5 == 0;
  if (minutes <= kTwelve && !said && !usual) return std::nullopt;
  auto made = to(match, minutes);
  if (made) made->loose = minutes <= kTwelve && !said;
  return made;
}

/// "8 tonight", "6 in the morning", "9 tomorrow morning".
Result hour_in_part(const Match& match) {
  Moment moment = match.moment(1);
  moment.clock = o_clock(match.number(0));
  return Made(std::move(moment));
}
Result part_and_hour(const Match& match) {
  if (match.tokens()[match.item(1).begin].glued) return std::nullopt;  // "friday13"
  Moment moment = match.moment(0);
  moment.clock = o_clock(match.number(1));
  return Made(std::move(moment)).as_loose();
}
/// "9 tomorrow"; "9 friday" is rather nine of something.
Result hour_of_day(const Match& match) {
  const bool glued = match.tokens()[match.item(1).begin].glued;
  if (glued || as<RelativeDay>(match.moment(1).day) == nullptr) return std::nullopt;
  return hour_in_part(match);
}

Result placed(const Match& match) {
  Moment moment = match.moment(0);
  if (moment.place) return std::nullopt;
  moment.place = match.get<Place>(match.size() - 1);
  return Made(std::move(moment));
}

Part earlier(Part part) {
  return part == Part::Morning ? Part::EarlyMorning : part;
}
Part later(Part part) {
  switch (part) {
    case Part::Morning:
      return Part::LateMorning;
    case Part::Afternoon:
      return Part::LateAfternoon;
    case Part::Evening:
    case Part::Night:
      return Part::LateNight;
    default:
      return part;
  }
}
Part middle(Part part) {
  if (part == Part::Morning) return Part::MidMorning;
  return part == Part::Afternoon ? Part::MidAfternoon : part;
}
Result turned(const Match& match, Part (*turn)(Part)) {
  Moment moment = match.moment(0);
  moment.part = turn(*moment.part);
  return Made(std::move(moment));
}

template <Part kPart>
Result part(const Match&) {
  return Made(Moment{.part = kPart});
}
template <int kHour, int kMinute>
Result fixed(const Match&) {
  return clock_item({.hour = kHour, .minute = kMinute});
}
/// "fourteen hundred hours", "oh eight hundred".
Result hundred_hours(const Match& match) {
  const std::optional<int> number = match.get<Quantity>(0).whole();
  const bool leading = match.said("oh") || match.said("zero");
  if (!number) return std::nullopt;
  const int hour = leading ? *number : *number / 100;
  if (hour > kHours || (!leading && *number % 100 != 0) || (leading && *number > 9)) {
    return std::nullopt;
  }
  return valid({.hour = hour});
}
/// "12:00 noon".
Result confirmed(const Match& match) {
  ClockTime clock = *match.moment(0).clock;
  if (clock.hour != kTwelve || clock.minute != 0) return std::nullopt;
  if (match.said("midnight")) clock.hour = 0;
  clock.open = false;
  return clock_item(clock);
}
/// "first thing tomorrow", "early on friday", "late tomorrow".
template <Part kPart>
Result part_of_day(const Match& match) {
  Moment moment = match.moment(0);
  moment.part = kPart;
  return Made(std::move(moment));
}
/// "the night before christmas".
Result part_beside(const Match& match, bool back) {
  const Tree day = tree_of(match.moment(1));
  Moment moment = match.moment(0);
  moment.day = make(Shift{.by = {{.count = 1, .unit = Unit::Day}}, .back = back, .from = day});
  return Made(std::move(moment));
}
/// "end of today".
Result end_of_day(const Match& match) {
  Moment moment = match.moment(0);
  if (as<Holiday>(moment.day) != nullptr) return std::nullopt;  // "end of ramadan" has its own
  moment.clock = ClockTime{.hour = kHours - 1, .minute = kMinutes - 1};
  return Made(std::move(moment));
}
/// "7 hundred hours", of which the number was not read as one.
Result digits_hundred_hours(const Match& match) {
  const int hour = match.number(0);
  return hour <= kHours ? valid({.hour = hour}) : std::nullopt;
}
/// "this time tomorrow", "last year at this time".
Result at_this_time(const Match& match) {
  Tree day = tree_of(match.moment(0));
  if (const auto* cycle = as<Cycle>(day); cycle != nullptr && cycle->unit != Unit::Day) {
    if (cycle->unit < Unit::Day || cycle->skip == 0) return std::nullopt;
    const Amount by{.count = std::abs(cycle->skip), .unit = cycle->unit};
    day = make(Shift{.by = {by}, .back = cycle->skip < 0, .from = make(RelativeDay{})});
  } else if (!is_one_day(day) && as<Date>(day) == nullptr) {
    return std::nullopt;
  }
  return Made(make(On{.day = day, .time = make(Now{})}));
}

/// "friday pm", "this am".
Result half_day(const Match& match) {
  Moment moment = match.moment(0);
  const bool of_time = as<Shift>(moment.day) != nullptr || as<NthFrom>(moment.day) != nullptr;
  if (match.item(1).made.weak || of_time) return std::nullopt;
  moment.part = match.get<Meridiem>(1).after_noon ? Part::Afternoon : Part::Morning;
  return Made(std::move(moment));
}
Result night_before_last(const Match&) {
  return Made(Moment{.day = make(RelativeDay{.days = -2}), .part = Part::Night});
}
/// "1400Z".
Result packed_zulu(const Match& match) {
  auto made = packed_clock(match);
  if (!made) return std::nullopt;
  Moment moment = std::get<Moment>(made->value);
  moment.clock->open = false;
  moment.place = Place{};
  return Made(std::move(moment));
}
template <int kDays>
Result short_day(const Match&) {
  return Made(Moment{.day = make(RelativeDay{.days = kDays})});
}
Result tonight(const Match&) {
  return Made(Moment{.day = make(RelativeDay{}), .part = Part::Night});
}
Result now(const Match&) {
  return Made(Moment{.day = make(Now{})});
}
/// "asap", should nothing surer be said: "as soon as possible, before 8:30".
Result soon(const Match&) {
  Made made(Moment{.day = make(Now{})});
  made.last_resort = true;
  return made;
}

constexpr Rule kClocks[] = {
    {"<number> <meridiem>", number_meridiem},
    {"<clock> <meridiem>", clock_meridiem},
    {"<0-24> in the <meridiem>", number_meridiem},
    {"<clock> in the <meridiem>", clock_meridiem},
    {"<0-24> _ish <meridiem>", number_meridiem},
    {"<0-24> <2-digits> <meridiem>", numbers_meridiem},
    {"<number-word> <number> <meridiem>", numbers_meridiem},
    {"<clock> noon|midday|midnight", confirmed},
    {"<count> hours|hrs", hundred_hours, -1},
    {"oh|zero <number-word> hundred hours|hrs?", hundred_hours},
    {"<0-24> hundred hours|hrs", digits_hundred_hours},
    {"<clock> -? ish", same_clock},
    {"<clock> o'clock|oclock", same_clock},
    {"<clock> _h", same_clock},
    {"at|@? <0-24> - _ish", o_clock_said},
    {"<clock> local|my|your|our time", same_clock},
    {"this|same time on? <timeless>", at_this_time},
    {"the same time on? <timeless>", at_this_time},
    {"<timeless> ,? at? this|same time", at_this_time},
    {"<timeless> at? the same time", at_this_time},
    {"<number> o'clock|oclock", o_clock_said},
    {"at|@ about|around? <number> o'clock|oclock", o_clock_said},
    {"at|@ about|around? <0-24>", at_hour},
    {"at|@ <digits>", packed_clock, -1},
    {"<digits> hours|hrs|h", packed_clock, -1},
    {"<4-digits> _z", packed_zulu},
    {"at|@? about|around? <digits> _ish", packed_clock},
    {"at|@? <0-24> _ish", o_clock_said},
    {"at|@|for|about|around|circa|approximately|approx|~ .? about|around? <clock>", same_clock},
    {"<clock> sharp|exactly|precisely|hours|hrs|hour", same_clock},
    {"<number-word> -? <number-word>", spoken_digits},
    {"<number-word> -? oh|o|zero -? <number-word>", spoken_oh},
    {"a? quarter past|after <hour>", [](const Match& m) { return past(m, 15); }},
    {"half -? past|after <hour>", [](const Match& m) { return past(m, 30); }},
    {"<1-59> minutes|minute|mins|min? past|after <hour>",
     [](const Match& m) { return past(m, m.number(0)); }},
    {"a? quarter to|till|til|before|of <hour>", [](const Match& m) { return to(m, 15); }},
    {"<1-59> minutes|minute|mins|min? to|till|til|before|of <hour>", minutes_to},
    {"half <number-word>",
     [](const Match& match) -> Result {
       const ClockTime clock = o_clock(match.number(0), 30);
       if (clock.hour < 1 || clock.hour > kTwelve) return std::nullopt;
       return clock_item(clock).as_loose();
     },
     -1},
    {"half an? hour past|after <hour>", [](const Match& m) { return past(m, 30); }},
    {"half an? hour to|till|til|before <hour>", [](const Match& m) { return to(m, 30); }},
    {"12|twelve? noon|midday|noonish|noontime", fixed<12, 0>},
    {"12|twelve? midnight|midnite", fixed<0, 0>},
    {"eod|end-of-day", fixed<23, 59>},
    {"the? end of the? day", fixed<23, 59>},
    {"cob", fixed<17, 0>},
    {"close of business", fixed<17, 0>},
    {"end of business day?", fixed<17, 0>},
    {"<0-24> <part>", hour_in_part},
    {"<0-24> <named-day>", hour_of_day},
    {"<part> <0-24>", part_and_hour},
    {"<named-day> <0-24>", part_and_hour},
    {"<clock> <place> time?", placed},
    {"<clock> ( <place> )", placed},
    {"<clock> <place> ( <place> )",
     [](const Match& match) -> Result {
       Moment moment = match.moment(0);
       moment.place = match.get<Place>(1);
       return Made(std::move(moment));
     }},
    {"<part> <place>", placed},
    {"in|during|at|by|over the? <bare-part>", same_clock},
    {"the <bare-part>", [](const Match& m) -> Result { return Made(m.moment(0)).as_weak(); }},
    {"early <part>", [](const Match& m) { return turned(m, earlier); }},
    {"early in the <bare-part>", [](const Match& m) { return turned(m, earlier); }},
    {"first thing in? the? <part>", [](const Match& m) { return turned(m, earlier); }},
    {"late <part>", [](const Match& m) { return turned(m, later); }},
    {"late in the <bare-part>", [](const Match& m) { return turned(m, later); }},
    {"mid -? <part>", [](const Match& m) { return turned(m, middle); }},
    {"first thing on? <named-day>", part_of_day<Part::EarlyMorning>},
    {"<named-day> first thing", part_of_day<Part::EarlyMorning>},
    {"early on? <named-day>", part_of_day<Part::EarlyMorning>},
    {"late on? <named-day>", part_of_day<Part::Evening>},
    {"in? the? early|small|wee hours of|on <day>", part_of_day<Part::EarlyMorning>},
    {"the? <bare-part> before <day>", [](const Match& m) { return part_beside(m, true); }, 1},
    {"the? <bare-part> after <day>", [](const Match& m) { return part_beside(m, false); }, 1},
    {"the? end of <named-day>", end_of_day},
    {"late in? at? night", part<Part::LateNight>},
    {"after lunch", part<Part::AfterLunch>, 2},
    {"after work", part<Part::AfterWork>, 2},
    {"after dinner", part<Part::LateNight>, 2},
    {"lunch time", part<Part::Lunch>},
    {"dinner time", part<Part::Dinner>},
    {"tea time", part<Part::Tea>},
    {"breakfast time", part<Part::Breakfast>},
    {"<named-day> <meridiem>", half_day},
    {"the night before last", night_before_last},
    {"tonight|tonite|tonights", tonight},
    {"2 _nite|night", tonight},
    {"2 _moro|morrow|morro|mrw|mro", short_day<1>},
    {"2 _day", short_day<0>},
    {"right|just? now", now},
    {"atm|immediately", now},
    {"asap", soon},
    {"as soon as possible", soon},
    {"at this|the moment", now},
};

}  // namespace

std::span<const Rule> clock_rules() {
  return kClocks;
}

}  // namespace common::words
