#include "schemas/common/when_grammar.hpp"
#include "schemas/common/when_names.hpp"

namespace common::words {
namespace {

using namespace std::chrono_literals;

constexpr int kNoon = 12;
constexpr int kHourMax = 24;
constexpr int kMinuteMax = 59;
constexpr std::int64_t kCountMax = 100'000;
constexpr std::size_t kAmountsMax = 8;

struct Part_of_unit {
  Unit unit{};
  std::int64_t count{};
};

/// What a fraction of a unit is counted in; a month has no such part.
std::optional<Part_of_unit> smaller(Unit unit) {
  switch (unit) {
    case Unit::Minute:
      return Part_of_unit{Unit::Second, 60};
    case Unit::Hour:
      return Part_of_unit{Unit::Minute, 60};
    case Unit::Day:
      return Part_of_unit{Unit::Hour, 24};
    case Unit::Week:
      return Part_of_unit{Unit::Day, 7};
    case Unit::Quarter:
      return Part_of_unit{Unit::Month, 3};
    case Unit::Year:
      return Part_of_unit{Unit::Month, 12};
    case Unit::Second:
    case Unit::Month:
      return std::nullopt;
  }
  return std::nullopt;
}

/// `whole` units and `numerator`/`denominator` of one.
std::optional<Duration> fraction(std::int64_t whole, std::int64_t numerator,
                                 std::int64_t denominator, Unit unit) {
  const std::optional<Part_of_unit> part = smaller(unit);
  if (!part) return std::nullopt;
  Duration by;
  if (whole != 0) by.push_back({.count = whole, .unit = unit});
  const std::int64_t rest = numerator * part->count / denominator;
  if (rest != 0) by.push_back({.count = rest, .unit = part->unit});
  return by;
}

bool is_time(int hour, int minute) {
  return hour < kHourMax ? minute <= kMinuteMax : hour == kHourMax && minute == 0;
}

}  // namespace

bool Grammar::time_piece(Moment& moment) {
  if (bounded_time(moment)) return true;
  if (!moment.clock) {
    if (const auto clock = attempt([this] { return clock_time(); })) {
      moment.clock = clock;
      return true;
    }
  }
  if (!moment.part) {
    if (const auto part = take_named(part_named)) {
      moment.part = part;
      return true;
    }
  }
  if (!moment.clock || moment.offset) return false;
  moment.offset = attempt([this] { return next_is("-") ? std::nullopt : offset(); });
  return moment.offset.has_value();
}

/// "after 4pm", "before noon" beside a day.
bool Grammar::bounded_time(Moment& moment) {
  if (!moment.has_day() || moment.has_time() || moment.between != nullptr) return false;
  return attempt([&] {
    const bool after = take("after");
    if (!after && !take("before")) return false;
    std::optional<ClockTime> clock = attempt([this] { return clock_time(); });
    if (!clock) {
      const std::optional<int> hour = take_number(1, 2);
      if (!hour || !is_time(*hour, 0)) return false;
      clock = ClockTime{.hour = *hour, .open = *hour >= 1 && *hour <= kNoon};
    }
    moment.between = make(Open{.side = after ? Side::After : Side::Before, .of = make(*clock)});
    return true;
  });
}

/// A bare number: a time of day beside a day or after "at", else what its neighbours make of it.
bool Grammar::number_piece(Moment& moment, bool after_at) {
  if (moment.clock || moment.number || moment.between != nullptr) return false;
  return attempt([&] {
    std::optional<int> number = attempt([this] { return take_number(1, 2); });
    if (!number && (next_is("a") || next_is("an"))) return false;
    if (!number) number = take_named(number_named);
    if (!number || clock_follows()) return false;
    const Token* next = peek();
    if (next != nullptr && next->kind == Kind::Word && !part_named(next->text) &&
        (unit_named(next->text) || which_named(next->text))) {
      return false;
    }
    const bool is_hour = after_at || moment.day != nullptr || moment.part ||
                         (moment.date && (moment.date->day || moment.date->weekday));
    if (!is_hour) {
      moment.number = number;
      return !moment.has_day() || moment.date.has_value();
    }
    if (!is_time(*number, 0)) return false;
    moment.clock = ClockTime{.hour = *number, .open = *number >= 1 && *number <= kNoon};
    return true;
  });
}

std::optional<ClockTime> Grammar::clock_time() {
  if (auto clock = attempt([this] { return named_time(); })) return clock;
  if (auto clock = attempt([this] { return spoken_time(); })) return clock;
  return attempt([this] { return written_time(); });
}

/// The end of the day is its last minute; business closes at five.
std::optional<ClockTime> Grammar::named_time() {
  if (take_any("noon", "midday")) return ClockTime{.hour = kNoon};
  if (take("midnight")) return ClockTime{};
  if (take("cob")) return ClockTime{.hour = 17};
  if (take("eod")) return ClockTime{.hour = 23, .minute = kMinuteMax};
  if (take("close") && take("of") && take("business")) return ClockTime{.hour = 17};
  if (!take("end") || !take("of")) return std::nullopt;
  take("the");
  if (!take("day")) return std::nullopt;
  return ClockTime{.hour = 23, .minute = kMinuteMax};
}

/// "half past 3", "a quarter to noon", "20 past 8 pm".
std::optional<ClockTime> Grammar::spoken_time() {
  take("a");
  int minutes = 0;
  bool forward = true;
  if (take("half")) {
    minutes = 30;
    if (!take("past")) return std::nullopt;
  } else if (take("quarter")) {
    minutes = 15;
    forward = !take_any("to", "before");
    if (forward && !take_any("past", "after")) return std::nullopt;
  } else {
    const std::optional<int> number = take_number(1, 2);
    if (!number || *number > kMinuteMax || !take("past")) return std::nullopt;
    minutes = *number;
  }
  std::optional<ClockTime> clock = attempt([this] { return named_time(); });
  if (!clock) {
    std::optional<int> hour = attempt([this] { return take_number(1, 2); });
    if (!hour) hour = take_named(number_named);
    if (!hour || !is_time(*hour, 0)) return std::nullopt;
    clock = ClockTime{.hour = *hour, .open = *hour >= 1 && *hour <= kNoon};
    take_meridiem(*clock);
  }
  if (forward) {
    clock->minute = minutes;
  } else {
    clock->hour = (clock->hour + kHourMax - 1) % kHourMax;
    clock->minute = 60 - minutes;
  }
  return clock;
}

/// "3pm", "3:30", "15:30:05", "15h30", "3 o'clock", "three pm".
std::optional<ClockTime> Grammar::written_time() {
  const Token* token = peek();
  std::optional<int> hour = attempt([this] { return take_number(1, 2); });
  if (!hour) hour = take_named(number_named);
  if (!hour) return std::nullopt;
  ClockTime clock{.hour = *hour};
  const bool hours_only = !take_glued(":") && !take_glued("h") && !take_glued(".");
  const bool dotted = !hours_only && tokens_[at_ - 1].text == ".";
  if (!hours_only) {
    const std::optional<int> minute = take_number(2, 2);
    if (!minute) return std::nullopt;
    clock.minute = *minute;
    if (!dotted && take_glued(":")) clock.second = take_number(2, 2).value_or(60);
    if (!dotted && next_is(".") && peek(1) != nullptr && peek(1)->kind == Kind::Number) advance(2);
  }
  if (!is_time(clock.hour, clock.minute) || clock.second > kMinuteMax) return std::nullopt;
  clock.open = clock.hour >= 1 && clock.hour <= kNoon && token->text.front() != '0';
  if (clock.hour == kNoon && !hours_only) clock.open = false;
  const bool spoken = take_any("o'clock", "oclock");
  const bool marked = take_meridiem(clock);
  if (clock.hour > kHourMax || ((hours_only || dotted) && !marked && !spoken)) return std::nullopt;
  return clock;
}

bool Grammar::take_meridiem(ClockTime& clock) {
  const auto mark = attempt([this]() -> std::optional<bool> {
    const Token* token = peek();
    if (token == nullptr || token->kind != Kind::Word) return std::nullopt;
    const bool after_noon = token->text.front() == 'p';
    const bool whole = token->text == "am" || token->text == "pm";
    const bool letter = token->text == "a" || token->text == "p";
    if (!whole && !letter) return std::nullopt;
    const bool glued = token->glued;
    advance();
    if (whole) return after_noon;
    const bool dotted = take_glued(".");
    if ((dotted || !glued) && take("m")) {
      take_glued(".");
      return after_noon;
    }
    return glued ? std::optional(after_noon) : std::nullopt;
  });
  if (!mark || clock.hour < 1 || clock.hour > kNoon) return false;
  clock.hour = clock.hour % kNoon + (*mark ? kNoon : 0);
  clock.open = false;
  return true;
}

/// "UTC", "CET", "+01:00", "-0530".
std::optional<std::chrono::seconds> Grammar::offset() {
  return attempt([this]() -> std::optional<std::chrono::seconds> {
    const bool bracket = take("(");
    if (const auto named = take_named(offset_named)) {
      if (bracket && !take(")")) return std::nullopt;
      return named;
    }
    const bool west = next_is("-");
    if (!take_any("+", "-") || peek() == nullptr || !peek()->glued) return std::nullopt;
    const std::size_t digits = peek()->text.size();
    std::optional<int> hour = take_number(2, 4);
    if (!hour || digits == 3) return std::nullopt;
    int minute = digits == 4 ? *hour % 100 : 0;
    if (digits == 4) hour = *hour / 100;
    if (digits == 2 && take_glued(":")) minute = take_number(2, 2).value_or(60);
    if (*hour > 23 || minute > kMinuteMax) return std::nullopt;
    const std::chrono::seconds value = std::chrono::hours{*hour} + std::chrono::minutes{minute};
    return west ? -value : value;
  });
}

/// "in 2 hours", "2 days ago", "within a week", "the day after tomorrow", "+15 min".
Tree Grammar::shift() {
  if (const auto by = attempt([this] { return take("in") ? duration() : std::nullopt; })) {
    return make(Shift{.by = *by, .from = make(Now{})});
  }
  if (const auto by = attempt([this] { return take("within") ? duration() : std::nullopt; })) {
    return make(Rolling{.by = *by});
  }
  if (next_is("+") || (next_is("-") && at_ == 0)) {
    const bool back = next_is("-");
    advance();
    const std::optional<Duration> by = duration();
    return by ? make(Shift{.by = *by, .back = back, .from = make(Now{})}) : nullptr;
  }
  const std::size_t begin = at_;
  if (const auto by = attempt([this] { return duration(); })) {
    Tree tree = shift_from(*by);
    if (tree == nullptr && at_end()) {
      const std::string text = words_since(begin);
      hint("\"" + text + "\" is a length of time: write \"in " + text + "\" or \"" + text +
           " ago\"");
    }
    return tree;
  }
  take("the");
  const std::optional<Unit> unit = take_named(unit_named);
  if (!unit || (!next_is("after") && !next_is("before"))) return nullptr;
  return shift_from({{.count = 1, .unit = *unit}});
}

/// What a length of time counts from: "... ago", "... from now", "... after friday".
Tree Grammar::shift_from(const Duration& by) {
  if (take_any("ago", "earlier")) return make(Shift{.by = by, .back = true, .from = make(Now{})});
  if (take("later")) return make(Shift{.by = by, .from = make(Anchor{})});
  if (take_any("hence", "out")) return make(Shift{.by = by, .from = make(Now{})});
  const bool back = take("before");
  if (!back && !take_any("after", "from")) return nullptr;
  const std::optional<Moment> from = moment();
  const Tree tree = from ? finish(*from) : nullptr;
  return tree == nullptr ? nullptr : make(Shift{.by = by, .back = back, .from = tree});
}

/// "1 day, 2 hours and 5 minutes", "1h30", "half an hour".
std::optional<Duration> Grammar::duration() {
  take_any("about", "around");
  take("~");
  std::optional<Duration> total = attempt([this] { return amount(); });
  if (!total) return std::nullopt;
  while (total->size() < kAmountsMax) {
    const auto more = attempt([this] {
      take(",");
      take("and");
      return amount();
    });
    if (!more) break;
    total->insert(total->end(), more->begin(), more->end());
  }
  return total;
}

std::optional<Duration> Grammar::amount() {
  if (take("half")) {
    take_any("a", "an");
    const std::optional<Unit> unit = take_named(unit_named);
    return unit ? fraction(0, 1, 2, *unit) : std::nullopt;
  }
  if (take("fortnight")) return Duration{{.count = 2, .unit = Unit::Week}};
  const std::optional<int> number = count();
  if (!number) return std::nullopt;
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;
  if (next_is(".") && peek(1) != nullptr && peek(1)->kind == Kind::Number && peek(1)->glued) {
    take(".");
    const Token* decimals = peek();
    for (std::size_t i = 0; i < decimals->text.size(); ++i) denominator *= 10;
    numerator = decimals->value;
    advance();
  } else if (next_is("and") && next_is("a", 1) && next_is("half", 2)) {
    advance(3);
    numerator = 1;
    denominator = 2;
  }
  if (number == 1 && take("fortnight")) return Duration{{.count = 2, .unit = Unit::Week}};
  const std::optional<Unit> unit = take_named(unit_named);
  if (!unit) return std::nullopt;
  if (next_is("and") && next_is("a", 1) && next_is("half", 2)) {
    advance(3);
    numerator = 1;
    denominator = 2;
  }
  if (numerator != 0) return fraction(*number, numerator, denominator, *unit);
  Duration by{{.count = *number, .unit = *unit}};
  const bool minutes_follow = *unit == Unit::Hour && peek() != nullptr && peek()->glued;
  const auto minutes = attempt([&] { return minutes_follow ? take_number(2, 2) : std::nullopt; });
  if (minutes && (peek() == nullptr || !peek()->glued)) {
    by.push_back({.count = *minutes, .unit = Unit::Minute});
  }
  return by;
}

/// "2", "two", "twenty-five", "a", "a few", "a couple of".
std::optional<int> Grammar::count() {
  if (const auto digits = attempt([this] { return take_number(1, 6); })) {
    return *digits <= kCountMax ? digits : std::nullopt;
  }
  std::optional<int> number = take_named(number_named);
  if (!number) return std::nullopt;
  if (number == 1) {
    if (const auto more = take_named(number_named)) number = more;  // "a few"
  } else if (*number >= 20 && *number % 10 == 0) {
    const auto ones = attempt([this] {
      take("-");
      const std::optional<int> digit = take_named(number_named);
      return digit && *digit < 10 ? digit : std::nullopt;
    });
    if (ones) *number += *ones;
  }
  take("of");
  return number;
}

}  // namespace common::words
