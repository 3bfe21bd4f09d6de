#include <cstdlib>

#include "schemas/common/when_lengths.hpp"
#include "schemas/common/when_rules.hpp"

/// Lengths of time, and what lies so far from something else.
namespace common::words {
namespace {

using Result = std::optional<Made>;

Result as_result(std::optional<Duration> by) {
  if (!by) return std::nullopt;
  return Made(*std::move(by));
}

Result counted(const Match& match) {
  return as_result(duration_of(match.get<Quantity>(0), match.get<Unit>(1)));
}
Result one_unit(const Match& match) {
  return as_result(duration_of({.numerator = 1}, match.get<Unit>(0)));
}
Result half_unit(const Match& match) {
  return as_result(duration_of({.numerator = 1, .denominator = 2}, match.get<Unit>(0)));
}
Result one_and_a_half(const Match& match) {
  return as_result(duration_of({.numerator = 3, .denominator = 2}, match.get<Unit>(0)));
}
/// "2 and a half hours", "2 hours and a half".
Result and_a_half(const Match& match) {
  const std::optional<int> whole = match.get<Quantity>(0).whole();
  if (!whole || *whole > kCountMax) return std::nullopt;
  return as_result(
      duration_of({.numerator = *whole * 2 + 1, .denominator = 2}, match.get<Unit>(1)));
}
Result quarters(const Match& match) {
  const int count = match.said("three") ? 3 : 1;
  return as_result(duration_of({.numerator = count, .denominator = 4}, match.get<Unit>(0)));
}
/// "1 1/2 hours": a whole number and a fraction below one.
Result mixed_number(const Match& match) {
  const auto& whole = match.get<Quantity>(0);
  const auto& part = match.get<Quantity>(1);
  if (whole.denominator != 1 || part.denominator == 1 || part.numerator >= part.denominator ||
      whole.numerator > kCountMax || whole.part_of_clock) {
    return std::nullopt;
  }
  return as_result(duration_of({.numerator = whole.numerator * part.denominator + part.numerator,
                                .denominator = part.denominator},
                               match.get<Unit>(2)));
}
/// "2-3 days": the first of them.
Result fewest(const Match& match) {
  const auto& from = match.get<Quantity>(0);
  const auto& to = match.get<Quantity>(1);
  if (from.part_of_clock || from.numerator * to.denominator >= to.numerator * from.denominator) {
    return std::nullopt;
  }
  return as_result(duration_of(from, match.get<Unit>(2)));
}
Result third(const Match& match) {
  return as_result(
      duration_of({.numerator = match.said("two") ? 2 : 1, .denominator = 3}, match.get<Unit>(0)));
}
template <Unit kUnit>
Result named_unit(const Match&) {
  return Made(kUnit);
}
Result fortnights(const Match& match) {
  constexpr std::int64_t kFortnight = 14;
  const int count = match.size() == 0 ? 1 : match.number(0);
  return as_result(duration_of({.numerator = count * kFortnight}, Unit::Day));
}

/// "1h30".
Result hours_and_minutes(const Match& match) {
  if (match.get<Unit>(1) != Unit::Hour || match.number(2) > 59) return std::nullopt;
  auto by = duration_of(match.get<Quantity>(0), Unit::Hour);
  if (by) by->push_back({.count = match.number(2), .unit = Unit::Minute});
  return as_result(std::move(by));
}

/// "1 day, 2 hours and 5 minutes": from the largest unit down.
Result added(const Match& match) {
  Duration all = match.duration(0);
  const Duration& more = match.duration(1);
  if (more.front().unit >= all.back().unit || all.size() + more.size() > kAmountsMax) {
    return std::nullopt;
  }
  all.insert(all.end(), more.begin(), more.end());
  return Made(std::move(all));
}

Result same(const Match& match) {
  return Made(match.duration(0));
}

constexpr Rule kLengths[] = {
    {"business|working|work|trading|banking day|days", named_unit<Unit::Workday>},
    {"workday|workdays|weekday|weekdays", named_unit<Unit::Workday>},
    {"decade|decades", named_unit<Unit::Decade>},
    {"century|centuries", named_unit<Unit::Century>},
    {"<digits> <number> <any-unit>", mixed_number},
    {"a|one third of? an? <unit>", third},
    {"two thirds of? an? <unit>", third},
    {"<number> <any-unit>", counted},
    {"<number> -|more <any-unit>", counted},
    {"a|an|another|the <unit>", one_unit, -1},
    {"half a|an|of? an? <unit>", half_unit},
    {"a|one half <unit>", half_unit},
    {"a half hour|hours",
     [](const Match&) -> Result { return Made(Duration{{.count = 30, .unit = Unit::Minute}}); }},
    {"a|an|one <unit> and a half", one_and_a_half},
    {"<number> and? a|an half <any-unit>", and_a_half},
    {"<number> <any-unit> and a half", and_a_half},
    {"a|one? quarter of? a|an? <unit>", quarters},
    {"three quarters of? a|an? <unit>", quarters},
    {"a? fortnight", fortnights},
    {"<count> fortnights|fortnight", fortnights},
    {"<number> _<any-unit> _<2-digits>", hours_and_minutes},
    {"<duration> ,? and? <duration>", added},
    {"about|around|exactly|roughly|approximately|approx|nearly|almost|circa|~|precisely <duration>",
     same},
    {"<duration> or so|two|more", same},
    {"less|more|fewer|longer than <duration>", same},
    {"under|over|maybe <duration>", same},
    {"at least|most <duration>", same},
    {"<number> -|to|or <number> <any-unit>", fewest},
};

Made shift(Duration by, bool back, Tree from) {
  return Made(
      Moment{.day = make(Shift{.by = std::move(by), .back = back, .from = std::move(from)})});
}

Result later(const Match& match) {
  return shift(match.duration(0), false, make(Now{}));
}
Result ago(const Match& match) {
  return shift(match.duration(0), true, make(Now{}));
}
Result as_last_resort(Result made) {
  made->last_resort = true;
  return made;
}
/// "2 hours later": than what the call says, or than now.
Result later_than_anchor(const Match& match) {
  return shift(match.duration(0), false, make(Anchor{}));
}

/// "2 days before friday": from the moment that the last item is.
Result from_moment(const Match& match, bool back) {
  const Item& from = match.item(1);
  if (from.made.weak) return std::nullopt;
  const Tree tree = tree_of(match.moment(1));
  if (tree == nullptr) return std::nullopt;
  return shift(match.duration(0), back, tree);
}
Result after_moment(const Match& match) {
  return from_moment(match, false);
}
Result before_moment(const Match& match) {
  return from_moment(match, true);
}

/// "3 years ago this friday"; but "3 days ago at noon" is that day's noon.
Result ago_from(const Match& match) {
  if (!match.moment(1).has_day()) return std::nullopt;
  return from_moment(match, true);
}

Result one_after(const Match& match, bool back) {
  const Tree tree = match.item(1).made.weak ? nullptr : tree_of(match.moment(1));
  const auto by = duration_of({.numerator = 1}, match.get<Unit>(0));
  if (tree == nullptr || !by) return std::nullopt;
  return shift(*by, back, tree);
}

/// "the second day after easter".
Result nth_after(const Match& match, bool back) {
  const Tree tree = match.item(2).made.weak ? nullptr : tree_of(match.moment(2));
  const auto by = duration_of({.numerator = match.number(0)}, match.get<Unit>(1));
  if (tree == nullptr || !by) return std::nullopt;
  return shift(*by, back, tree);
}

/// "friday + 10 days".
Result moment_and_duration(const Match& match, bool back) {
  const Tree tree = match.item(0).made.weak ? nullptr : tree_of(match.moment(0));
  if (tree == nullptr) return std::nullopt;
  return shift(match.duration(1), back, tree);
}

/// "two weeks on friday", "a week today": British for "from".
Result weeks_on(const Match& match) {
  const Duration& by = match.duration(0);
  if (by.size() != 1 || match.item(1).made.weak) return std::nullopt;
  const bool fortnight = by.front().unit == Unit::Day && by.front().count % 14 == 0;
  if (by.front().unit < Unit::Week && !fortnight) return std::nullopt;
  return from_moment(match, false);
}
/// "today - 1 week", where no day could end a range.
Result day_minus(const Match& match) {
  const Tree day = tree_of(match.moment(0));
  if (as<RelativeDay>(day) == nullptr && as<Now>(day) == nullptr) return std::nullopt;
  return moment_and_duration(match, true);
}

/// A sign belongs to its number, and to nothing before it: "-3y".
bool is_signed(const Match& match) {
  const std::size_t begin = match.begin();
  return match.tokens()[begin + 1].glued && !match.tokens()[begin].glued;
}

/// "3 fridays from now".
Result nth_from(const Match& match, bool back, Tree from) {
  const int n = match.number(0);
  if (n < 1 || n > kNthMax || from == nullptr) return std::nullopt;
  return Made(Moment{
      .day = make(NthFrom{.n = n, .back = back, .of = tree_of(match.moment(1)), .from = from})});
}
Result nth_from_moment(const Match& match, bool back) {
  if (match.item(2).made.weak || match.number(0) < 1) return std::nullopt;
  return nth_from(match, back, tree_of(match.moment(2)));
}

/// "the friday after easter".
Result next_to_moment(const Match& match, bool back) {
  const Tree from = match.item(1).made.weak ? nullptr : tree_of(match.moment(1));
  if (from == nullptr || match.moment(1).has_time()) return std::nullopt;
  return Made(Moment{
      .day = make(NthFrom{.n = 1, .back = back, .of = tree_of(match.moment(0)), .from = from})});
}

constexpr Rule kShifts[] = {
    {"in|after <duration> time?", later},
    {"in <duration> from? now?", later},
    {"within|inside of? <duration>",
     [](const Match& match) -> Result {
       return Made(Moment{.day = make(Rolling{.by = match.duration(0), .due = true})});
     }},
    {"<duration> ago|earlier|back", ago},
    {"<duration> from now|today|here", later},
    {"<duration> hence|out|ahead", later},
    {"<duration> on <named-day>", weeks_on, -1},
    {"<duration> <relative-day>", weeks_on, -1},
    {"<moment> - <duration>", day_minus, -3},
    {"<duration> prior", [](const Match& match) -> Result { return as_last_resort(ago(match)); },
     -5},
    {"<duration> later", later_than_anchor},
    {"<duration> after|from|past|following <moment>", after_moment},
    {"<duration> before <moment>", before_moment},
    {"<duration> prior|previous to <moment>", before_moment},
    {"<duration> ago <moment>", ago_from},
    {"the? <unit> after|following <moment>", [](const Match& m) { return one_after(m, false); }},
    {"the? <unit> before|preceding <moment>", [](const Match& m) { return one_after(m, true); }},
    {"the? <ordinal> <unit> after|following <moment>",
     [](const Match& m) { return nth_after(m, false); }},
    {"the? <ordinal> <unit> before|preceding <moment>",
     [](const Match& m) { return nth_after(m, true); }},
    {"<moment> + <duration>", [](const Match& m) { return moment_and_duration(m, false); }},
    {"<moment> plus <duration>", [](const Match& m) { return moment_and_duration(m, false); }},
    {"<moment> minus <duration>", [](const Match& m) { return moment_and_duration(m, true); }},
    {"<moment> - _<duration>", [](const Match& m) { return moment_and_duration(m, true); }, -2},
    {"+ <duration>", later},
    {"- _<duration>",
     [](const Match& match) -> Result { return is_signed(match) ? ago(match) : std::nullopt; }},
    {"<duration> before", [](const Match& match) -> Result { return as_last_resort(ago(match)); },
     -5},
    {"<duration> after", [](const Match& match) -> Result { return as_last_resort(later(match)); },
     -5},
    {"for <duration>", [](const Match& match) -> Result { return as_last_resort(later(match)); },
     -5},
    {"the? <weekday> after|following <moment>",
     [](const Match& m) { return next_to_moment(m, false); }, -1},
    {"the? <weekday> before|preceding <moment>",
     [](const Match& m) { return next_to_moment(m, true); }, -1},
    {"the? <weekend> after|following <moment>",
     [](const Match& m) { return next_to_moment(m, false); }},
    {"the? <weekend> before|preceding <moment>",
     [](const Match& m) { return next_to_moment(m, true); }},
    {"<count> <weekday> from now|today|hence",
     [](const Match& m) { return nth_from(m, false, make(RelativeDay{})); }},
    {"<count> <weekday> hence",
     [](const Match& m) { return nth_from(m, false, make(RelativeDay{})); }},
    {"<count> <weekday> ago|back",
     [](const Match& m) { return nth_from(m, true, make(RelativeDay{})); }},
    {"<count> <weekday> after|from <moment>",
     [](const Match& m) { return nth_from_moment(m, false); }},
    {"<count> <weekday> before <moment>", [](const Match& m) { return nth_from_moment(m, true); }},
    {"the? <ordinal> <weekday> after|from|following <moment>",
     [](const Match& m) { return nth_from_moment(m, false); }},
    {"the? <ordinal> <weekday> before <moment>",
     [](const Match& m) { return nth_from_moment(m, true); }},
};

}  // namespace

std::span<const Rule> length_rules() {
  return kLengths;
}
std::span<const Rule> shift_rules() {
  return kShifts;
}

}  // namespace common::words
