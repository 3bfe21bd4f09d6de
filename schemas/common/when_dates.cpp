#include <array>

#include "schemas/common/when_grammar.hpp"
#include "schemas/common/when_names.hpp"

namespace common::words {
namespace {

constexpr int kMonths = 12;
constexpr int kDayMax = 31;
constexpr int kYearMin =
    1900;  ///< A year that stands alone; below, four digits are something else.
constexpr int kLeapYear = 2000;

/// A year of two digits is of 1970 to 2069.
int full_year(int year, bool two_digits) {
  if (!two_digits) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

bool exists(const Date& date) {
  if (date.year && *date.year < 1) return false;
  if (date.month && (*date.month < 1 || *date.month > kMonths)) return false;
  if (date.day && (*date.day < 1 || *date.day > kDayMax)) return false;
  if (!date.month || !date.day) return true;
  using namespace std::chrono;
  return (year{date.year.value_or(kLeapYear)} / month{static_cast<unsigned>(*date.month)} /
          day{static_cast<unsigned>(*date.day)})
      .ok();
}

/// Adds what `more` says; false where both say something of the same field.
bool merge(Date& date, const Date& more) {
  if ((date.year && more.year) || (date.month && more.month) || (date.day && more.day) ||
      (date.weekday && more.weekday)) {
    return false;
  }
  if (more.year) date.year = more.year;
  if (more.month) date.month = more.month;
  if (more.day) date.day = more.day;
  if (more.weekday) date.weekday = more.weekday;
  return true;
}

std::string spelled(int day, int month, std::optional<int> year) {
  std::string text = std::to_string(day) + " " + std::string(month_name(month));
  if (year) text += " " + std::to_string(*year);
  return text;
}

}  // namespace

bool Grammar::date_piece(Moment& moment) {
  Date date = moment.date.value_or(Date{});
  return attempt([&] {
    const std::size_t begin = in_.position();
    Date more;
    if (const auto weekday = in_.take_named(weekday_named)) {
      in_.take(".");
      more.weekday = weekday;
    } else if (const std::optional<Date> found = calendar_date()) {
      more = *found;
    } else {
      return false;
    }
    if (!merge(date, more)) return false;
    if (!exists(date)) {
      hint("there is no day \"" + in_.words_since(begin) + "\"");
      return false;
    }
    moment.date = date;
    return true;
  });
}

/// RFC 3339 and ISO 8601, "2026-03-16T15:00:00+01:00", also without zone, seconds or dashes.
bool Grammar::stamp_piece(Moment& moment) {
  if (!moment.empty()) return false;
  return attempt([&] {
    const std::size_t begin = in_.position();
    std::optional<Date> date = year_first("-");
    if (!date) {
      const std::optional<int> packed = in_.take_number(8, 8);
      if (!packed) return false;
      date = Date{.year = *packed / 10000, .month = *packed / 100 % 100, .day = *packed % 100};
    }
    if (!exists(*date)) {
      hint("there is no day \"" + in_.words_since(begin) + "\"");
      return false;
    }
    moment.date = date;
    if (!in_.take_glued("t")) return true;
    moment.clock = attempt([this] { return packed_time(); });
    if (!moment.clock) moment.clock = written_time();
    if (!moment.clock) return false;
    moment.clock->open = false;
    moment.offset = offset();
    return true;
  });
}

std::optional<Date> Grammar::calendar_date() {
  if (auto date = attempt([this] { return numeric_date(); })) return date;
  if (auto date = attempt([this] { return day_then_month(); })) return date;
  if (auto date = attempt([this] { return month_then_day(); })) return date;
  if (auto date = attempt([this] { return day_of_month(); })) return date;
  if (auto number = attempt([this] { return year(); })) return Date{.year = number};
  return std::nullopt;
}

std::optional<Date> Grammar::numeric_date() {
  for (const std::string_view separator : {"-", "/", "."}) {
    if (auto date = attempt([&] { return year_first(separator); })) return date;
    if (auto date = attempt([&] { return year_last(separator); })) return date;
  }
  if (auto date = attempt([this] { return month_and_year(); })) return date;
  return attempt([this] { return month_and_day(); });
}

/// "2026-03-16", "2026/3/16".
std::optional<Date> Grammar::year_first(std::string_view separator) {
  return attempt([&]() -> std::optional<Date> {
    const std::optional<int> y = in_.take_number(4, 4);
    if (!y || !in_.take_glued(separator)) return std::nullopt;
    const std::optional<int> m = in_.take_number(1, 2);
    if (!m || !in_.take_glued(separator)) return std::nullopt;
    const std::optional<int> d = in_.take_number(1, 2);
    if (!d) return std::nullopt;
    return Date{.year = y, .month = m, .day = d};
  });
}

/// "16.03.2026", "3/16/2026", "16-3-26".
std::optional<Date> Grammar::year_last(std::string_view separator) {
  const std::size_t begin = in_.position();
  const std::optional<int> first = in_.take_number(1, 2);
  if (!first || !in_.take(separator)) return std::nullopt;
  const std::optional<int> second = in_.take_number(1, 2);
  if (!second || !in_.take(separator)) return std::nullopt;
  const Token* last = in_.peek();
  const std::optional<int> y = in_.take_number(2, 4);
  if (!y || last->text.size() == 3) return std::nullopt;
  const int year = full_year(*y, last->text.size() == 2);
  if (separator == "." && *second <= kMonths) {
    return Date{.year = year, .month = second, .day = first};
  }
  return slashed(*first, *second, year, begin);
}

/// "03/2026", "2026-03".
std::optional<Date> Grammar::month_and_year() {
  const Token* token = in_.peek();
  const std::optional<int> first = in_.take_number(1, 4);
  if (!first || (!in_.take_glued("/") && !in_.take_glued("-"))) return std::nullopt;
  const bool year_leads = token->text.size() == 4;
  if (!year_leads && token->text.size() > 2) return std::nullopt;
  const std::optional<int> second = year_leads ? in_.take_number(2, 2) : in_.take_number(4, 4);
  if (!second) return std::nullopt;
  const Date date =
      year_leads ? Date{.year = first, .month = second} : Date{.year = second, .month = first};
  return exists(date) ? std::optional(date) : std::nullopt;
}

/// "3/16". With dashes or dots two numbers are rather times.
std::optional<Date> Grammar::month_and_day() {
  const std::size_t begin = in_.position();
  const std::optional<int> first = in_.take_number(1, 2);
  if (!first || !in_.take_glued("/")) return std::nullopt;
  const std::optional<int> second = in_.take_number(1, 2);
  if (!second) return std::nullopt;
  return slashed(*first, *second, std::nullopt, begin);
}

/// Two numbers of which the order does not say which is the month. Where both can be, the reading
/// is in doubt; where neither can, the date does not exist, which the caller notices.
Date Grammar::slashed(int first, int second, std::optional<int> year, std::size_t begin) {
  const auto is_month = [](int number) { return number >= 1 && number <= kMonths; };
  if (is_month(first) && is_month(second) && first != second) {
    const std::string month_first = spelled(second, first, year);
    const std::string day_first = spelled(first, second, year);
    doubt_ = "\"" + in_.words_since(begin) + "\" could be " + month_first + " or " + day_first +
             ": write \"" + month_first + "\" or \"" + day_first + "\"";
  }
  if (first > kMonths) return {.year = year, .month = second, .day = first};
  return {.year = year, .month = first, .day = second};
}

/// True if the number before the cursor belongs to a time of day: "march 3pm", "5 May 12:00".
bool Grammar::clock_follows() const {
  const Token* token = in_.peek();
  if (token == nullptr) return false;
  if (token->text == ":") return true;
  for (const std::string_view mark : {"am", "pm", "a", "p", "h", "o'clock"}) {
    if (token->text == mark) return true;
  }
  return false;
}

/// "16", "16th", "sixteenth", "twenty-first".
std::optional<int> Grammar::ordinal_day() {
  if (const std::optional<int> number = attempt([this] { return in_.take_number(1, 2); })) {
    const Token* ending = in_.peek();
    if (ending != nullptr && ending->glued && is_ordinal_ending(ending->text)) in_.advance();
    return number;
  }
  if (const auto word = in_.take_named(ordinal_named)) return word;
  return attempt([this]() -> std::optional<int> {
    const std::optional<int> tens = in_.take_named(number_named);
    if (tens != 20 && tens != 30) return std::nullopt;
    in_.take("-");
    const std::optional<int> ones = in_.take_named(ordinal_named);
    if (!ones || *ones > 9) return std::nullopt;
    return *tens + *ones;
  });
}

std::optional<Date> Grammar::day_then_month() {
  in_.take("the");
  const std::optional<int> day = ordinal_day();
  if (!day) return std::nullopt;
  const std::string_view joint = in_.take("-") ? "-" : in_.take("/") ? "/" : "";
  if (joint.empty()) in_.take_any("of", ",");
  const std::optional<int> month = in_.take_named(month_named);
  if (!month) return std::nullopt;
  in_.take(".");
  return Date{.year = year_after_day(joint), .month = month, .day = day};
}

std::optional<Date> Grammar::month_then_day() {
  const std::optional<int> month = in_.take_named(month_named);
  if (!month) return std::nullopt;
  in_.take(".");
  std::string_view joint;
  const auto day = attempt([&]() -> std::optional<int> {
    joint = in_.take("-") ? "-" : in_.take("/") ? "/" : "";
    if (joint.empty()) in_.take(",");
    in_.take("the");
    const std::optional<int> number = ordinal_day();
    return number && !clock_follows() ? number : std::nullopt;
  });
  if (day) return Date{.year = year_after_day(joint), .month = month, .day = day};
  const auto year_only = attempt([this] {
    in_.take_any("-", "/", ",", "of");
    return year();
  });
  return Date{.year = year_only, .month = month};
}

/// "the 3rd", "3rd", "the 16".
std::optional<Date> Grammar::day_of_month() {
  const bool the = in_.take("the") || in_.previous() == "the";
  const Token* token = in_.peek();
  const std::optional<int> day = ordinal_day();
  if (!day || clock_follows()) return std::nullopt;
  const bool ended = is_ordinal_ending(in_.previous());
  if (!the && !(token->kind == Token::Kind::Number && ended)) return std::nullopt;
  const Token* next = in_.peek();
  if (next != nullptr && next->kind == Token::Kind::Word &&
      (unit_named(next->text) || weekday_named(next->text))) {
    return std::nullopt;
  }
  return Date{.day = day};
}

std::optional<int> Grammar::year() {
  const std::optional<int> number = in_.take_number(4, 4);
  return number && *number >= kYearMin && !clock_follows() ? number : std::nullopt;
}

/// "2026", ", 2026", "96"; and after the sign that joined day and month, "-26".
std::optional<int> Grammar::year_after_day(std::string_view joint) {
  return attempt([&]() -> std::optional<int> {
    const bool joined = !joint.empty() && in_.take(joint);
    if (!joined) in_.take(",");
    if (const auto full = attempt([this] { return year(); })) return full;
    const std::optional<int> two = in_.take_number(2, 2);
    if (!two || clock_follows() || !(joined || *two > kDayMax)) return std::nullopt;
    return full_year(*two, true);
  });
}

}  // namespace common::words
