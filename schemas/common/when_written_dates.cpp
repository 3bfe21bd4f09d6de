#include <array>

#include "schemas/common/when_lexicon.hpp"
#include "schemas/common/when_names.hpp"

/// Dates that are written in digits and signs.
namespace common::words {
namespace {

constexpr int kLastMonth = 12;

std::string spelled_date(const Date& date) {
  std::string text = std::to_string(*date.day) + " " + std::string(month_name(*date.month));
  if (date.year) text += " " + std::to_string(*date.year);
  return text;
}

/// What a shape found.
struct Written {
  Date date{};
  std::string doubt{};
};

std::optional<int> year_token(Cursor& in) {
  const Token* token = in.peek();
  const std::optional<int> year = in.take_number(2, 4);
  if (!year || token->text.size() == 3) return std::nullopt;
  return full_year(*year, static_cast<int>(token->text.size()));
}

/// Two numbers of which the order does not say which is the month: then the month comes first, as
/// Americans write it, and the reading is in doubt.
Written day_and_month(int first, int second, std::optional<int> year, const std::string& text) {
  const auto is_month = [](int number) { return number >= 1 && number <= kLastMonth; };
  const Date month_first{.year = year, .month = first, .day = second};
  const Date day_first{.year = year, .month = second, .day = first};
  if (first > kLastMonth) return {.date = day_first};
  if (!is_month(first) || !is_month(second) || first == second) return {.date = month_first};
  const std::string one = spelled_date(month_first);
  const std::string other = spelled_date(day_first);
  return {.date = month_first,
          .doubt = "\"" + text + "\" could be " + one + " or " + other + ": write \"" + one +
                   "\" or \"" + other + "\""};
}

/// "2026-03-16", "2026/3/16", "2026.3.16"; "2026-13-01" has its day before the month.
std::optional<Written> year_first(Cursor& in, std::string_view separator) {
  const std::optional<int> year = in.take_number(4, 4);
  if (!year || !in.take_glued(separator)) return std::nullopt;
  const std::optional<int> month = in.take_number(1, 2);
  if (!month || !in.take_glued(separator) || !in.next_is_number() || !in.peek()->glued) {
    return std::nullopt;
  }
  const std::optional<int> day = in.take_number(1, 2);
  if (!day) return std::nullopt;
  const Date date{.year = year, .month = month, .day = day};
  const Date swapped{.year = year, .month = day, .day = month};
  if (!exists(date) && exists(swapped)) return Written{.date = swapped};
  return Written{.date = date};
}

/// "16.03.2026", "3/16/2026", "16-3-26".
std::optional<Written> year_last(Cursor& in, std::string_view separator) {
  const std::size_t begin = in.position();
  const auto take = [&](std::string_view text) {
    return separator == "." ? in.take(text) : in.take_glued(text);
  };
  const std::optional<int> first = in.take_number(1, 2);
  if (!first || !take(separator)) return std::nullopt;
  const std::optional<int> second = in.take_number(1, 2);
  if (!second || !take(separator)) return std::nullopt;
  const std::optional<int> year = year_token(in);
  if (!year) return std::nullopt;
  if (separator == "." && *second <= kLastMonth) {
    return Written{.date = {.year = year, .month = second, .day = first}};
  }
  return day_and_month(*first, *second, year, in.words_since(begin));
}

/// "03/2026", "2026-03".
std::optional<Written> month_and_year(Cursor& in, std::string_view separator) {
  const bool year_leads = in.peek()->text.size() == 4;
  const std::optional<int> first = in.take_number(1, 4);
  if (!first || !in.take_glued(separator) || in.peek() == nullptr || !in.peek()->glued) {
    return std::nullopt;
  }
  const std::optional<int> second = year_leads ? in.take_number(2, 2) : in.take_number(4, 4);
  if (!second || (!year_leads && *first > kLastMonth)) return std::nullopt;
  const Date date =
      year_leads ? Date{.year = first, .month = second} : Date{.year = second, .month = first};
  if (!exists(date)) return std::nullopt;
  return Written{.date = date};
}

/// "3/16". With dashes or dots two numbers are rather times.
std::optional<Written> month_and_day(Cursor& in, std::string_view separator) {
  const std::size_t begin = in.position();
  const std::optional<int> first = in.take_number(1, 2);
  if (separator != "/" || !first || !in.take_glued("/")) return std::nullopt;
  const std::optional<int> second = in.take_number(1, 2);
  if (!second) return std::nullopt;
  if (*first == 24 && *second == 7) return std::nullopt;  // at all hours
  return day_and_month(*first, *second, std::nullopt, in.words_since(begin));
}

std::optional<Written> packed(Cursor& in, std::string_view) {
  const std::optional<int> digits = in.take_number(8, 8);
  if (!digits) return std::nullopt;
  const Date date{.year = *digits / 10000, .month = *digits / 100 % 100, .day = *digits % 100};
  if (!exists(date)) return std::nullopt;
  return Written{.date = date};
}

/// "2026-W12", "2026W123".
void add_iso_week(Cursor& in, std::vector<Reading>& out) {
  const std::size_t begin = in.position();
  const std::optional<int> year = in.take_number(4, 4);
  in.take_glued("-");
  const bool week_said = year && in.take_glued("w");
  const Token* token = in.peek();
  const std::optional<int> digits = week_said ? in.take_number(2, 3) : std::nullopt;
  if (digits) {
    const bool with_day = token->text.size() == 3;
    bool has_day = with_day;
    int day = with_day ? *digits % 10 : 0;
    const int week = with_day ? *digits / 10 : *digits;
    if (!with_day && in.next_is("-") && in.next_is_number(1) && in.peek(1)->glued) {
      in.take_glued("-");
      day = in.take_number(1, 1).value_or(0);
      has_day = true;
    }
    const bool good = week >= 1 && week <= 53 && (!has_day || (day >= 1 && day <= 7));
    Moment moment{.day = make(WeekNumber{.number = week, .year = year})};
    if (has_day) moment.date = Date{.weekday = static_cast<Weekday>(day - 1)};
    if (good) out.push_back({moment, in.position()});
  }
  in.move_to(begin);
}

/// "18q4", "2018Q4", "4q18".
void add_quarter(Cursor& in, std::vector<Reading>& out) {
  const std::size_t begin = in.position();
  const std::optional<int> year = year_token(in);
  in.take_glued("-");
  const std::optional<int> number =
      year && in.take_glued("q") ? in.take_number(1, 1) : std::nullopt;
  if (number && *number >= 1 && *number <= 4) {
    out.push_back({Moment{.day = make(QuarterOf{.number = *number, .year = year})}, in.position()});
  }
  in.move_to(begin);
}

/// "2026-03-16T15:00:00+01:00", "20260316T150000Z".
void add_stamp(Cursor& in, const Date& date, std::vector<Reading>& out) {
  const std::size_t begin = in.position();
  if (in.take_glued("t")) {
    if (const auto clock = stamp_clock(in)) {
      Moment moment{.date = date, .clock = clock};
      moment.place = written_offset(in);
      out.push_back({moment, in.position()});
    }
  }
  in.move_to(begin);
}

}  // namespace

int full_year(int year, int digits) {
  if (digits > 2) return year;
  return year < 69 ? 2000 + year : 1900 + year;  // as POSIX has it
}

void add_dates(Cursor& in, std::vector<Reading>& out, Hint& hint) {
  if (!in.next_is_number()) return;
  using Shape = std::optional<Written> (*)(Cursor&, std::string_view);
  constexpr std::array<Shape, 5> kShapes = {year_first, year_last, month_and_year, month_and_day,
                                            packed};
  const std::size_t begin = in.position();
  for (const Shape shape : kShapes) {
    for (const std::string_view separator : {"-", "/", "."}) {
      const std::optional<Written> written = shape(in, separator);
      if (written && !exists(written->date)) {
        hint.set(begin, "there is no day \"" + in.words_since(begin) + "\"");
      } else if (written) {
        Made made(Moment{.date = written->date});
        made.doubt = written->doubt;
        made.loose = shape == month_and_day;  // "3/4 of it"
        out.push_back({std::move(made), in.position()});
        if (written->date.day && written->date.year) add_stamp(in, written->date, out);
      }
      in.move_to(begin);
      if (shape == packed) break;
    }
  }
  add_iso_week(in, out);
  add_quarter(in, out);
}

}  // namespace common::words
