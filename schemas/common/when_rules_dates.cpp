#include <algorithm>
#include <array>

#include "schemas/common/when_lexicon.hpp"
#include "schemas/common/when_names.hpp"
#include "schemas/common/when_rules.hpp"

/// Calendar dates with a month in words, and parts of them.
namespace common::words {
namespace {

using Result = std::optional<Made>;

constexpr int kBuddhistEra = 543;
constexpr int kEraYearLast = 9998;

/// The date, or a hint that no calendar has it.
Result existing(const Match& match, const Date& date) {
  if (exists(date)) return Made(Moment{.date = date});
  match.hint("there is no day \"" + match.words() + "\"");
  return std::nullopt;
}

Result day_month(const Match& match) {
  return existing(match, {.month = match.moment(1).date->month, .day = match.number(0)});
}
Result month_day(const Match& match) {
  return existing(match, {.month = match.moment(0).date->month, .day = match.number(1)});
}
Result year_month_day(const Match& match) {
  return existing(match, {.year = match.moment(0).date->year,
                          .month = match.moment(1).date->month,
                          .day = match.number(2)});
}

Result with_year(const Match& match, Date date, std::size_t i) {
  const auto& number = match.get<Quantity>(i);
  if (number.digits != 2 && number.digits != 4) return std::nullopt;
  date.year = full_year(match.number(i), number.digits);
  return existing(match, date);
}
Result day_month_year(const Match& match) {
  return with_year(match, {.month = match.moment(1).date->month, .day = match.number(0)}, 2);
}
Result month_day_year(const Match& match) {
  return with_year(match, {.month = match.moment(0).date->month, .day = match.number(1)}, 2);
}
Result date_and_year(const Match& match) {
  return with_year(match, *match.moment(0).date, 1);
}
/// "14 March 26", but not "14 March 30 min". A date in digits has its year behind its own sign.
Result day_month_short_year(const Match& match) {
  return match.get<Quantity>(2).counts ? std::nullopt : day_month_year(match);
}
Result month_day_short_year(const Match& match) {
  return match.get<Quantity>(2).counts ? std::nullopt : month_day_year(match);
}
/// "10 August 88 AD", "2555 BE".
Result date_and_era(const Match& match) {
  Date date = *match.moment(0).date;
  date.year = match.number(1) - (match.said("be") ? kBuddhistEra : 0);
  return existing(match, date);
}
Result month_and_year(const Match& match) {
  return existing(match,
                  {.year = match.moment(1).date->year, .month = match.moment(0).date->month});
}

/// "2026 03 16".
Result spaced_date(const Match& match) {
  return existing(match,
                  {.year = match.number(0), .month = match.number(1), .day = match.number(2)});
}
/// "March 16 (Mon)".
Result with_weekday(const Match& match) {
  auto moment = joined(match.moment(0), match.moment(1));
  if (!moment || !moment->date || !moment->date->day) return std::nullopt;
  return Made(*std::move(moment));
}

/// "the 3rd", "3rd"; in words only with "the", for "first" is a word of its own.
Result day_of_month(const Match& match) {
  const bool in_digits = match.tokens()[match.item(0).begin].kind == Token::Kind::Number;
  if (!in_digits && !match.said("the")) return std::nullopt;
  const Date date{.day = match.number(0)};
  if (!exists(date)) return std::nullopt;
  return Made(Moment{.date = date}).as_loose();
}

/// "the 16"; "the one" is something else.
Result day_in_digits(const Match& match) {
  if (match.get<Quantity>(0).digits == 0) return std::nullopt;
  return Made(Moment{.date = Date{.day = match.number(0)}}).as_loose();
}

/// "the 20th of next month", "the first of the month".
Result day_of_period(const Match& match) {
  const auto* cycle = as<Cycle>(match.moment(1).day);
  const Date date{.day = match.number(0)};
  if (cycle == nullptr || cycle->unit != Unit::Month || !exists(date)) return std::nullopt;
  return Made(Moment{.date = date, .day = match.moment(1).day});
}

/// Years before the first are in no calendar of ours; they are not to be read as others.
Result before_christ(const Match& match) {
  match.hint("years before 1 AD are not known here");
  return std::nullopt;
}
/// "1066 AD", "AD 77", "the year 2525".
Result year_of_era(const Match& match) {
  const int year = match.number(0);
  const bool era = match.said("ad") || match.said("ce");
  if (year < (era ? 1 : 100) || year > kEraYearLast || match.get<Quantity>(0).part_of_clock) {
    return std::nullopt;
  }
  return Made(Moment{.date = Date{.year = year}});
}

/// The years from the first to the last, as one period.
Made years(int first, int last) {
  return Made(Moment{
      .day = make(Between{.from = make(Date{.year = first}), .to = make(Date{.year = last})})});
}
/// "the 60s" are over, "the 20s" have begun.
int decade_of(int tens) {
  return tens <= 20 ? 2000 + tens : 1900 + tens;
}
/// "the 90s", "1980s", "the 1800s": a decade, or with two noughts, but for the 2000s, a century.
Result decade(const Match& match) {
  const auto& number = match.get<Quantity>(0);
  const int value = match.number(0);
  if ((number.digits != 2 && number.digits != 4) || value % 10 != 0) return std::nullopt;
  const int first = number.digits == 2 ? decade_of(value) : value;
  const bool century = number.digits == 4 && value % 100 == 0 && value < 2000;
  if (first < 1000 || first > kEraYearLast - 100) return std::nullopt;
  Made made = years(first, first + (century ? 99 : 9));
  // "90s" are seconds more often.
  made.weak = number.digits == 2 && !match.said("the") && !match.said("'");
  return made;
}
Result named_decade(const Match& match) {
  constexpr std::array<std::string_view, 8> kNames = {
      "twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"};
  const auto named =
      std::ranges::find_if(kNames, [&](std::string_view name) { return match.said(name); });
  const auto tens = 20 + 10 * static_cast<int>(named - kNames.begin());
  return years(decade_of(tens), decade_of(tens) + 9);
}
/// The 19th century has the years 1801 to 1900.
Result century(const Match& match) {
  const int n = match.number(0);
  if (n > 99) return std::nullopt;
  return years(n * 100 - 99, n * 100);
}

/// A year that words beside it say to be one.
Result year_said(const Match& match) {
  return Made(match.moment(0));
}

/// The 15th of March, May, July and October, the 13th of others.
Result ides(const Match& match) {
  const int month = *match.moment(0).date->month;
  const bool late = month == 3 || month == 5 || month == 7 || month == 10;
  return Made(Moment{.date = Date{.month = month, .day = late ? 15 : 13}});
}

constexpr Rule kDates[] = {
    {"the? <ordinal> of|,? <month>", day_month},
    {"the? <ordinal> day of <month>", day_month},
    {"the? <1-31> of|,? <month>", day_month},
    {"<1-31> -|/|. <month>", day_month},
    {"<month> ,? the? <ordinal>", month_day},
    {"<month> ,? <1-31>", month_day},
    {"<month> the <1-31>", month_day},
    {"<month> -|/ <1-31>", month_day},
    {"<year> -|/|.? <month> -|/|.? <1-31>", year_month_day},
    {"<date-without-year> ,|of? <4-digits>", date_and_year},
    {"<1-31> - <month> - <digits>", day_month_year, 2},
    {"<1-31> / <month> / <digits>", day_month_year, 2},
    {"<month> - <1-31> - <digits>", month_day_year, 2},
    {"<month> / <1-31> / <digits>", month_day_year, 2},
    {"<date-without-year> ' <2-digits>", date_and_year},
    {"the? <1-31> of? <month> ,? <2-digits>", day_month_short_year, -1},
    {"the? <ordinal> of? <month> ,? <2-digits>", day_month_short_year, -1},
    {"<month> <1-31> ,? <2-digits>", month_day_short_year, -1},
    {"<month> <ordinal> ,? <2-digits>", month_day_short_year, -1},
    {"<date-without-year> ,? <count> ad|ce|be", date_and_era},
    {"<date-without-year> ,? <count> bc|bce", before_christ},
    {"<count> bc|bce", before_christ},
    {"<4-digits> <2-digits> <2-digits>", spaced_date},
    {"<timeless> ( <weekday> )", with_weekday},
    {"in|during? the? <digits> _s", decade},
    {"in|during? the? ' <2-digits> _s", decade},
    {"in|during? the? <4-digits> _' _s", decade},
    {"in|during? the? twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties",
     named_decade},
    {"in|during? the? <ordinal> -? century", century},
    {"in|during? the? <ordinal> -? century ad|ce", century},
    {"the? month of <month>", [](const Match& match) -> Result { return Made(match.moment(0)); }},
    {"<month> -|/ <year>", month_and_year},
    {"the? <ordinal>", day_of_month},
    {"the <1-31>", day_in_digits, -1},
    {"the? <ordinal> of <period>", day_of_period},
    {"the? <1-31> of <period>", day_of_period},
    {"in|during the? year? <year>", year_said},
    {"the? year <year>", year_said},
    {"in|during? the? year? <year> a . d .?", year_said},
    {"in|during? the? year? <digits> ad|ce", year_of_era},
    {"in|during? ad <digits>", year_of_era},
    {"in|during? the? year <digits>", year_of_era, -1},
    {"circa|ca .? <4-digits>", year_of_era},
    {"the? ides of <month>", ides},
};

}  // namespace

std::span<const Rule> date_rules() {
  return kDates;
}

}  // namespace common::words
