#include "schemas/common/when_lexicon.hpp"
#include "schemas/common/when_names.hpp"
#include "schemas/common/when_rules.hpp"

/// Calendar dates with a month in words, and parts of them.
namespace common::words {
namespace {

using Result = std::optional<Made>;

constexpr int kBuddhistEra = 543;

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
    {"<1-31> -|/ <month>", day_month},
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
    {"<date-without-year> ,? <2-digits>", date_and_year, -1},
    {"<date-without-year> ,? <count> ad|ce|be", date_and_era},
    {"<month> -|/ <year>", month_and_year},
    {"the? <ordinal>", day_of_month},
    {"the <1-31>", day_in_digits, -1},
    {"the? <ordinal> of <period>", day_of_period},
    {"the? <1-31> of <period>", day_of_period},
    {"in|during the? year? <year>", year_said},
    {"the? year <year>", year_said},
    {"<year> a . d .?", year_said},
    {"<year> ad|ce", year_said},
    {"the? ides of <month>", ides},
};

}  // namespace

std::span<const Rule> date_rules() {
  return kDates;
}

}  // namespace common::words
