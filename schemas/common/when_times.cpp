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
    if (const auto part = in_.take_named(part_named)) {
      moment.part = part;
      return true;
    }
  }
  if (!moment.clock || moment.offset) return false;
  moment.offset = attempt([this] { return in_.next_is("-") ? std::nullopt : offset(); });
  return moment.offset.has_value();
}

/// "after 4pm", "before noon" beside a day.
bool Grammar::bounded_time(Moment& moment) {
  if (!moment.has_day() || moment.has_time() || moment.between != nullptr) return false;
  return attempt([&] {
    const bool after = in_.take("after");
    if (!after && !in_.take("before")) return false;
    std::optional<ClockTime> clock = attempt([this] { return clock_time(); });
    if (!clock) {
      const std::optional<int> hour = in_.take_number(1, 2);
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
    std::optional<int> number = attempt([this] { return in_.take_number(1, 2); });
    if (!number && (in_.next_is("a") || in_.next_is("an"))) return false;
    if (!number) number = in_.take_named(number_named);
    if (!number && moment.empty()) number = ordinal_day();  // "eighth to tenth May"
    if (!number || clock_follows()) return false;
    const Token* next = in_.peek();
    if (next != nullptr && next->kind == Token::Kind::Word && unit_named(next->text)) return false;
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
  if (in_.take_any("noon", "midday")) return ClockTime{.hour = kNoon};
  if (in_.take("midnight")) return ClockTime{};
  if (in_.take("cob")) return ClockTime{.hour = 17};
  if (in_.take("eod")) return ClockTime{.hour = 23, .minute = kMinuteMax};
  if (in_.take("close") && in_.take("of") && in_.take("business")) return ClockTime{.hour = 17};
  if (!in_.take("end") || !in_.take("of")) return std::nullopt;
  in_.take("the");
  if (!in_.take("day")) return std::nullopt;
  return ClockTime{.hour = 23, .minute = kMinuteMax};
}

/// "half past 3", "a quarter to noon", "20 past 8 pm".
std::optional<ClockTime> Grammar::spoken_time() {
  in_.take("a");
  int minutes = 0;
  bool forward = true;
  if (in_.take("half")) {
    minutes = 30;
    if (!in_.take("past")) return std::nullopt;
  } else if (in_.take("quarter")) {
    minutes = 15;
    forward = !in_.take_any("to", "before");
    if (forward && !in_.take_any("past", "after")) return std::nullopt;
  } else {
    const std::optional<int> number = in_.take_number(1, 2);
    if (!number || *number > kMinuteMax || !in_.take("past")) return std::nullopt;
    minutes = *number;
  }
  std::optional<ClockTime> clock = attempt([this] { return named_time(); });
  if (!clock) {
    std::optional<int> hour = attempt([this] { return in_.take_number(1, 2); });
    if (!hour) hour = in_.take_named(number_named);
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
  const Token* token = in_.peek();
  std::optional<int> hour = attempt([this] { return in_.take_number(1, 2); });
  if (!hour) hour = in_.take_named(number_named);
  if (!hour) return std::nullopt;
  ClockTime clock{.hour = *hour};
  const bool hours_only = !in_.take_glued(":") && !in_.take_glued("h") && !in_.take_glued(".");
  const bool dotted = !hours_only && in_.previous() == ".";
  if (!hours_only) {
    const std::optional<int> minute = in_.take_number(2, 2);
    if (!minute) return std::nullopt;
    clock.minute = *minute;
    if (!dotted && in_.take_glued(":")) clock.second = in_.take_number(2, 2).value_or(60);
    if (!dotted && in_.next_is(".") && in_.peek(1) != nullptr &&
        in_.peek(1)->kind == Token::Kind::Number)
      in_.advance(2);
  }
  if (!is_time(clock.hour, clock.minute) || clock.second > kMinuteMax) return std::nullopt;
  clock.open = clock.hour >= 1 && clock.hour <= kNoon && token->text.front() != '0';
  if (clock.hour == kNoon && !hours_only) clock.open = false;
  const bool spoken = in_.take_any("o'clock", "oclock");
  const bool marked = take_meridiem(clock);
  if (clock.hour > kHourMax || ((hours_only || dotted) && !marked && !spoken)) return std::nullopt;
  return clock;
}

/// "1530", "153000".
std::optional<ClockTime> Grammar::packed_time() {
  const Token* token = in_.peek();
  std::optional<int> digits = in_.take_number(4, 6);
  if (!digits || token->text.size() == 5) return std::nullopt;
  if (token->text.size() == 4) digits = *digits * 100;
  const ClockTime clock{
      .hour = *digits / 10000, .minute = *digits / 100 % 100, .second = *digits % 100};
  if (!is_time(clock.hour, clock.minute) || clock.second > kMinuteMax) return std::nullopt;
  return clock;
}

bool Grammar::take_meridiem(ClockTime& clock) {
  const auto mark = attempt([this]() -> std::optional<bool> {
    const Token* token = in_.peek();
    if (token == nullptr || token->kind != Token::Kind::Word) return std::nullopt;
    const bool after_noon = token->text.front() == 'p';
    const bool whole = token->text == "am" || token->text == "pm";
    const bool letter = token->text == "a" || token->text == "p";
    if (!whole && !letter) return std::nullopt;
    const bool glued = token->glued;
    in_.advance();
    if (whole) return after_noon;
    const bool dotted = in_.take_glued(".");
    if ((dotted || !glued) && in_.take("m")) {
      in_.take_glued(".");
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
    const bool bracket = in_.take("(");
    if (const auto named = in_.take_named(offset_named)) {
      if (bracket && !in_.take(")")) return std::nullopt;
      return named;
    }
    const bool west = in_.next_is("-");
    if (!in_.take_any("+", "-") || in_.peek() == nullptr || !in_.peek()->glued) return std::nullopt;
    const std::size_t digits = in_.peek()->text.size();
    std::optional<int> hour = in_.take_number(2, 4);
    if (!hour || digits == 3) return std::nullopt;
    int minute = digits == 4 ? *hour % 100 : 0;
    if (digits == 4) hour = *hour / 100;
    if (digits == 2 && in_.take_glued(":")) minute = in_.take_number(2, 2).value_or(60);
    if (*hour > 23 || minute > kMinuteMax) return std::nullopt;
    const std::chrono::seconds value = std::chrono::hours{*hour} + std::chrono::minutes{minute};
    return west ? -value : value;
  });
}

/// "in 2 hours", "2 days ago", "within a week", "the day after tomorrow", "+15 min".
Tree Grammar::shift() {
  if (const auto by = attempt([this] { return in_.take("in") ? duration() : std::nullopt; })) {
    return make(Shift{.by = *by, .from = make(Now{})});
  }
  if (const auto by = attempt([this] { return in_.take("within") ? duration() : std::nullopt; })) {
    return make(Rolling{.by = *by});
  }
  if (in_.next_is("+") || (in_.next_is("-") && in_.position() == 0)) {
    const bool back = in_.next_is("-");
    in_.advance();
    const std::optional<Duration> by = duration();
    return by ? make(Shift{.by = *by, .back = back, .from = make(Now{})}) : nullptr;
  }
  const std::size_t begin = in_.position();
  if (const auto by = attempt([this] { return duration(); })) {
    Tree tree = shift_from(*by);
    if (tree == nullptr && in_.at_end()) {
      const std::string text = in_.words_since(begin);
      hint("\"" + text + "\" is a length of time: write \"in " + text + "\" or \"" + text +
           " ago\"");
    }
    return tree;
  }
  in_.take("the");
  const std::optional<Unit> unit = in_.take_named(unit_named);
  if (!unit || (!in_.next_is("after") && !in_.next_is("before"))) return nullptr;
  return shift_from({{.count = 1, .unit = *unit}});
}

/// What a length of time counts from: "... ago", "... from now", "... after friday".
Tree Grammar::shift_from(const Duration& by) {
  if (in_.take_any("ago", "earlier"))
    return make(Shift{.by = by, .back = true, .from = make(Now{})});
  if (in_.take("later")) return make(Shift{.by = by, .from = make(Anchor{})});
  if (in_.take_any("hence", "out")) return make(Shift{.by = by, .from = make(Now{})});
  const bool back = in_.take("before");
  if (!back && !in_.take_any("after", "from")) return nullptr;
  const std::optional<Moment> from = moment();
  const Tree tree = from ? finish(*from) : nullptr;
  return tree == nullptr ? nullptr : make(Shift{.by = by, .back = back, .from = tree});
}

/// "1 day, 2 hours and 5 minutes", "1h30", "half an hour".
std::optional<Duration> Grammar::duration() {
  in_.take_any("about", "around");
  in_.take("~");
  std::optional<Duration> total = attempt([this] { return amount(); });
  if (!total) return std::nullopt;
  while (total->size() < kAmountsMax) {
    const auto more = attempt([this] {
      in_.take(",");
      in_.take("and");
      return amount();
    });
    if (!more) break;
    total->insert(total->end(), more->begin(), more->end());
  }
  return total;
}

std::optional<Duration> Grammar::amount() {
  if (in_.take("half")) {
    in_.take_any("a", "an");
    const std::optional<Unit> unit = in_.take_named(unit_named);
    return unit ? fraction(0, 1, 2, *unit) : std::nullopt;
  }
  const bool quarter = attempt([this] {
    in_.take("a");
    return in_.take("quarter") && in_.take("of") && in_.take("an") && in_.take("hour");
  });
  if (quarter) return Duration{{.count = 15, .unit = Unit::Minute}};
  if (in_.take("fortnight")) return Duration{{.count = 2, .unit = Unit::Week}};
  const std::optional<int> number = count();
  if (!number) return std::nullopt;
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;
  if (in_.next_is(".") && in_.peek(1) != nullptr && in_.peek(1)->kind == Token::Kind::Number &&
      in_.peek(1)->glued) {
    in_.take(".");
    const Token* decimals = in_.peek();
    for (std::size_t i = 0; i < decimals->text.size(); ++i) denominator *= 10;
    numerator = decimals->value;
    in_.advance();
  } else if (in_.next_is("and") && in_.next_is("a", 1) && in_.next_is("half", 2)) {
    in_.advance(3);
    numerator = 1;
    denominator = 2;
  }
  if (number == 1 && in_.take("fortnight")) return Duration{{.count = 2, .unit = Unit::Week}};
  const std::optional<Unit> unit = in_.take_named(unit_named);
  if (!unit) return std::nullopt;
  if (in_.next_is("and") && in_.next_is("a", 1) && in_.next_is("half", 2)) {
    in_.advance(3);
    numerator = 1;
    denominator = 2;
  }
  if (numerator != 0) return fraction(*number, numerator, denominator, *unit);
  Duration by{{.count = *number, .unit = *unit}};
  const bool minutes_follow = *unit == Unit::Hour && in_.peek() != nullptr && in_.peek()->glued;
  const auto minutes =
      attempt([&] { return minutes_follow ? in_.take_number(2, 2) : std::nullopt; });
  if (minutes && (in_.peek() == nullptr || !in_.peek()->glued)) {
    by.push_back({.count = *minutes, .unit = Unit::Minute});
  }
  return by;
}

/// "2", "two", "twenty-five", "a", "a few", "a couple of".
std::optional<int> Grammar::count() {
  if (const auto digits = attempt([this] { return in_.take_number(1, 6); })) {
    return *digits <= kCountMax ? digits : std::nullopt;
  }
  std::optional<int> number = in_.take_named(number_named);
  if (!number) return std::nullopt;
  if (number == 1) {
    if (const auto more = in_.take_named(number_named)) number = more;  // "a few"
  } else if (*number >= 20 && *number % 10 == 0) {
    const auto ones = attempt([this] {
      in_.take("-");
      const std::optional<int> digit = in_.take_named(number_named);
      return digit && *digit < 10 ? digit : std::nullopt;
    });
    if (ones) *number += *ones;
  }
  in_.take("of");
  return number;
}

}  // namespace common::words
