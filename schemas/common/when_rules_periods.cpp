#include <algorithm>
#include <array>

#include "schemas/common/when_lengths.hpp"
#include "schemas/common/when_lexicon.hpp"
#include "schemas/common/when_names.hpp"
#include "schemas/common/when_rules.hpp"

/// Periods, and days that are told by their place in one.
namespace common::words {
namespace {

using Result = std::optional<Made>;

constexpr int kQuartersPerYear = 4;
constexpr int kWeeksPerYear = 53;

int steps_of(Which which) {
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

Made day_item(Tree day) {
  return Made(Moment{.day = std::move(day)});
}
Made cycle(Unit unit, int skip) {
  return day_item(make(Cycle{.unit = unit, .skip = skip}));
}

Result which_unit(const Match& match) {
  const std::size_t last = match.size() - 1;  // "this coming week": the nearer word says which
  return cycle(match.get<Unit>(last), steps_of(match.get<Which>(last - 1)));
}
/// The units that one of the match's <which> tells: "upcoming two months" end where the second is.
Made rolling(const Match& match, const Duration& by, std::size_t which) {
  return day_item(
      make(Rolling{.by = by,
                   .back = match.get<Which>(which) == Which::Last,
                   .only_last = match.tokens()[match.item(which).begin].text == "upcoming"}));
}
/// "the last 7 days"; "next a week" is none.
Result which_duration(const Match& match) {
  const Which which = match.get<Which>(0);
  const Token& first = match.tokens()[match.item(1).begin];
  constexpr std::array<std::string_view, 5> kArticles = {"a", "an", "the", "another", "half"};
  if (which == Which::This || std::ranges::find(kArticles, first.text) != kArticles.end()) {
    return std::nullopt;
  }
  return rolling(match, match.duration(1), 0);
}
Result count_which_unit(const Match& match) {
  const Which which = match.get<Which>(1);
  const auto by = duration_of(match.get<Quantity>(0), match.get<Unit>(2));
  if (which == Which::This || !by) return std::nullopt;
  return rolling(match, *by, 1);
}
Result unit_two_on(const Match& match) {
  return cycle(match.get<Unit>(0), match.said("next") ? 2 : -2);
}
Result whole_unit(const Match& match) {
  return cycle(match.get<Unit>(0), 0);
}
/// "the week", "month": a period that only other words make a time.
Result bare_unit(const Match& match) {
  const Unit unit = match.get<Unit>(0);
  if (unit < Unit::Day || unit == Unit::Workday) return std::nullopt;
  return cycle(unit, 0).as_weak();
}
Result same_period(const Match& match) {
  return Made(match.moment(0));
}

/// "next friday", "last summer", "this coming monday".
Result turn(const Match& match) {
  const std::size_t last = match.size() - 1;
  Which which = match.get<Which>(last - 1);
  const Moment& of = match.moment(last);
  const bool coming = match.said("coming") || match.said("upcoming");
  if (of.date && only_weekday(*of.date) && which == Which::Next) {
    const Token& word = match.tokens()[match.item(last - 1).begin];
    if (coming || word.text == "coming" || word.text == "upcoming") {  // never today
      return day_item(make(NthFrom{.n = 1, .of = tree_of(of), .from = make(RelativeDay{})}));
    }
    if (last == 2) which = Which::Next;
  }
  const std::string& nearer = match.tokens()[match.item(last - 1).begin].text;
  if (as<Weekend>(of.day) != nullptr && (nearer == "coming" || nearer == "upcoming")) {
    which = Which::This;
  }
  Made made = day_item(make(Turn{.which = which, .of = tree_of(of)}));
  const std::string& name = match.tokens()[match.item(last).begin].text;
  made.loose = name == "may";  // "this may be"
  return made;
}
/// "friday after next": of the week after next.
Result weekday_two_on(const Match& match) {
  const Tree week = make(Cycle{.unit = Unit::Week, .skip = match.said("next") ? 2 : -2});
  return Made(Moment{.date = match.moment(0).date, .day = week});
}
Result weekend_two_on(const Match& match) {
  const Tree week = make(Cycle{.unit = Unit::Week, .skip = match.said("next") ? 2 : -2});
  return day_item(make(Nth{.n = 1, .of = make(Weekend{}), .within = week}));
}
/// "friday week": a week after friday. "christmas week" is the week of it.
Result day_week(const Match& match) {
  if (as<Holiday>(match.moment(0).day) != nullptr) {
    return day_item(make(Around{.unit = Unit::Week, .of = tree_of(match.moment(0))}));
  }
  return day_item(make(Shift{.by = {{.count = match.said("week") ? 1 : 2, .unit = Unit::Week}},
                             .from = tree_of(match.moment(0))}));
}
Result next_after_word(const Match& match) {
  const Which which = match.said("next") ? Which::Next : Which::Last;
  return day_item(make(Turn{.which = which, .of = tree_of(match.moment(0))}));
}

/// "this morning", "last night".
Result which_part(const Match& match) {
  return Made(Moment{.day = make(RelativeDay{.days = steps_of(match.get<Which>(0))}),
                     .part = match.moment(1).part});
}
Result season_turn(const Match& match) {
  return day_item(make(SeasonTurn{.skip = steps_of(match.get<Which>(0))}));
}

Result week_of(const Match& match) {
  if (match.item(0).made.weak || match.moment(0).has_time()) return std::nullopt;
  return day_item(make(Around{.unit = Unit::Week, .of = tree_of(match.moment(0))}));
}
Result rest_of(const Match& match) {
  return day_item(make(RestOf{.of = tree_of(match.moment(0))}));
}
/// "later today", "earlier this week".
Result part_passed(const Match& match) {
  const auto* cycle = as<Cycle>(match.moment(0).day);
  const auto* day = as<RelativeDay>(match.moment(0).day);
  const bool here = (cycle != nullptr && cycle->skip == 0 && cycle->unit >= Unit::Day) ||
                    (day != nullptr && day->days == 0);
  if (!here || match.item(0).made.weak) return std::nullopt;
  return day_item(make(RestOf{.of = tree_of(match.moment(0)), .passed = match.said("earlier")}));
}
Result rest_of_day(const Match&) {
  return day_item(make(RestOf{.of = make(RelativeDay{})}));
}
/// "the first two weeks of april".
Result part_of(const Match& match) {
  if (match.number(0) != 1 && match.number(0) != -1) return std::nullopt;
  const Tree of = tree_of(match.moment(2));
  return day_item(make(PartOf{.length = match.duration(1), .last = match.number(0) < 0, .of = of}));
}
/// "labor day weekend", "the weekend of the 21st".
Result weekend_at(const Match& match) {
  const Moment& at = match.moment(0);
  if (match.item(0).made.weak || at.has_time()) return std::nullopt;
  return day_item(make(WeekendAt{.of = tree_of(at)}));
}
Result middle_of_week(const Match&) {
  return day_item(make(ThirdOf{.third = Third::Middle, .of = make(Cycle{.unit = Unit::Week})}));
}
Result half_of(const Match& match) {
  const int half = match.said("second") || match.said("2nd") || match.said("last") ? 2 : 1;
  return day_item(make(HalfOf{.half = half, .of = tree_of(match.moment(0))}));
}
Result numbered_half(const Match& match) {
  const int half = match.number(0);
  if (half < 1 || half > 2) return std::nullopt;
  return day_item(make(HalfOf{.half = half, .of = tree_of(match.moment(1))}));
}
Result third_of(const Match& match) {
  const Moment& of = match.moment(1);
  const auto* unit = as<Cycle>(of.day);
  if (unit != nullptr && unit->unit <= Unit::Day) return std::nullopt;
  return day_item(make(ThirdOf{.third = match.get<Third>(0), .of = tree_of(of)}));
}
template <Third kThird, Unit kUnit>
Result third_of_this(const Match&) {
  return day_item(make(ThirdOf{.third = kThird, .of = make(Cycle{.unit = kUnit})}));
}
Result unit_end(const Match& match) {
  const Unit unit = match.get<Unit>(0);
  if (unit < Unit::Month) return std::nullopt;
  return day_item(make(ThirdOf{.third = Third::End, .of = make(Cycle{.unit = unit})}));
}

Result nth_of(const Match& match, const Tree& of) {
  const Moment& within = match.moment(match.size() - 1);
  if (within.date && within.date->day) return std::nullopt;
  return day_item(make(Nth{.n = match.number(0), .of = of, .within = tree_of(within)}));
}
Result nth_weekday(const Match& match) {
  return nth_of(match, make(*match.moment(1).date));
}
Result nth_unit(const Match& match) {
  return nth_of(match, make(Cycle{.unit = match.get<Unit>(1)}));
}
/// "4th day last week", "3rd month next year".
Result nth_unit_beside(const Match& match) {
  if (as<Cycle>(match.moment(2).day) == nullptr || match.item(2).made.weak) return std::nullopt;
  return nth_unit(match);
}
/// "the third tuesday": of a month, of which there are five at most.
Result nth_weekday_alone(const Match& match) {
  constexpr int kWeeksPerMonth = 5;
  if (match.number(0) > kWeeksPerMonth) return std::nullopt;
  return Made(day_item(make(Nth{.n = match.number(0),
                                .of = make(*match.moment(1).date),
                                .within = make(Cycle{.unit = Unit::Month}),
                                .comes_again = true})))
      .as_loose();
}
Result nth_weekend(const Match& match) {
  return nth_of(match, make(Weekend{}));
}
Result from_the_end(const Match& match) {
  return Made(Ordinal{.n = -match.number(0)});
}
Result last_but_one(const Match&) {
  return Made(Ordinal{.n = -2});
}

Result quarter(const Match& match) {
  const int number = match.number(0);
  if (number < 1 || number > kQuartersPerYear) return std::nullopt;
  return day_item(make(QuarterOf{.number = number}));
}
/// "2Q26".
Result quarter_and_year(const Match& match) {
  const int number = match.number(0);
  if (number < 1 || number > kQuartersPerYear) return std::nullopt;
  const int year = full_year(match.number(1), match.get<Quantity>(1).digits);
  return day_item(make(QuarterOf{.number = number, .year = year}));
}
Result numbered_week(const Match& match) {
  const int number = match.number(0);
  if (number < 1 || number > kWeeksPerYear) return std::nullopt;
  return day_item(make(WeekNumber{.number = number}));
}
Result weekend(const Match&) {
  return day_item(make(Weekend{}));
}

Result closest(const Match& match) {
  const bool counted = match.size() == 3;
  const int n = counted ? match.number(0) : 1;
  const std::size_t of = counted ? 1 : 0;
  if (n < 1 || n > kNthMax || match.item(of + 1).made.weak) return std::nullopt;
  return day_item(
      make(Closest{.n = n, .of = tree_of(match.moment(of)), .to = tree_of(match.moment(of + 1))}));
}

constexpr Rule kPeriods[] = {
    {"the? <which> <unit>", which_unit},
    {"this <which> <unit>", which_unit},
    {"the? <which> <duration>", which_duration},
    {"the? <count> <which> <any-unit>", count_which_unit},
    {"the? <unit> after next", unit_two_on},
    {"the? <unit> before last", unit_two_on},
    {"all|whole|entire of? the? <unit>", whole_unit},
    {"the whole|entire <unit>", whole_unit},
    {"all|throughout|whole|entire|full of? the? <period>", same_period},
    {"the whole|entire|full of? the? <period>", same_period},
    {"all through <period>", same_period},
    {"all day on? <day>", same_period},
    {"<day> ,? all day", same_period},
    {"the? <unit>", bare_unit, -1},
    {"the? <which> <comes-around>", turn},
    {"this <which> <comes-around>", turn},
    {"the? <weekday> after next", weekday_two_on},
    {"the? <weekday> before last", weekday_two_on},
    {"the? weekend after next", weekend_two_on},
    {"the? weekend before last", weekend_two_on},
    {"<weekday> next|last", next_after_word, -1},
    {"<named-day> week|fortnight", day_week, -1},
    {"a|one week on <day>", day_week},
    {"<which> <bare-part>", which_part},
    {"the? <which> season", season_turn},
    {"the? week of|containing|commencing|beginning|starting on? <moment>", week_of},
    {"w / c|b|e|o <day>", week_of},
    {"the? week ending|ended on? <day>", week_of},
    {"the? rest|remainder of <period>", rest_of},
    {"the? rest|remainder of the? day|today", rest_of_day},
    {"later|earlier in? <timeless>", part_passed},
    {"the? <nth> <duration> of|in <period>", part_of},
    {"<day> weekend|weekends|wkend", weekend_at},
    {"the? weekend|wkend of <day>", weekend_at},
    {"mid -? week", middle_of_week},
    {"midweek", middle_of_week},
    {"the? first|1st|second|2nd|last half of <period>", half_of},
    {"h <digits> <period>", numbered_half},
    {"the? <third> of|in|-? <period>", third_of},
    {"the? eom", third_of_this<Third::End, Unit::Month>},
    {"the? eoy", third_of_this<Third::End, Unit::Year>},
    {"the? eow", third_of_this<Third::End, Unit::Week>},
    {"the? eoq", third_of_this<Third::End, Unit::Quarter>},
    {"the? bom", third_of_this<Third::Start, Unit::Month>},
    {"the? boy", third_of_this<Third::Start, Unit::Year>},
    {"the? bow", third_of_this<Third::Start, Unit::Week>},
    {"the? <unit> -? end", unit_end},
    {"the? <nth> <weekday> of|in <period>", nth_weekday},
    {"the? <ordinal> <weekday> <period>", nth_weekday, -1},
    {"the? <nth> <unit> of|in <period>", nth_unit},
    {"the? <ordinal> <unit> <period>", nth_unit_beside, -1},
    {"the? <ordinal> <weekday>", nth_weekday_alone},
    {"the? <nth> weekend|wkend of|in <period>", nth_weekend},
    {"<ordinal> -? to? -? last", from_the_end},
    {"next to last", last_but_one},
    {"penultimate", last_but_one},
    {"last but one", last_but_one},
    {"q <digits>", quarter},
    {"<digits> _q <2-digits>", quarter_and_year},
    {"<digits> _q _<4-digits>", quarter_and_year},
    {"the? <ordinal> quarter|qtr", quarter},
    {"iso|calendar? week|wk|cw|kw number|no|nr|#? .? <digits>", numbered_week},
    {"the? weekend|weekends|wkend", weekend},
    {"the? week -? end", weekend},
    {"the? closest|nearest <comes-around> to <moment>", closest},
    {"the? <ordinal> closest|nearest <comes-around> to <moment>", closest},
    {"the? <comes-around> closest|nearest to <moment>", closest},
};

}  // namespace

std::span<const Rule> period_rules() {
  return kPeriods;
}

}  // namespace common::words
