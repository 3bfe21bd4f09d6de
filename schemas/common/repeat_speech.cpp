#include "schemas/common/repeat_speech.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "schemas/common/when_names.hpp"

namespace common {
namespace {

using Parts = std::map<std::string, std::string, std::less<>>;
using Words = std::optional<std::string>;

constexpr std::string_view kWorkdays = "MO,TU,WE,TH,FR";

std::vector<std::string> pieces_of(std::string_view text, char separator) {
  std::vector<std::string> pieces;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    pieces.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return pieces;
}

Parts parts_of(std::string_view rule) {
  Parts parts;
  for (const std::string& piece : pieces_of(rule, ';')) {
    const std::size_t equals = piece.find('=');
    if (equals != std::string::npos) parts[piece.substr(0, equals)] = piece.substr(equals + 1);
  }
  return parts;
}

/// The part, taken out; empty where it is not said.
std::string take(Parts& parts, std::string_view name) {
  const auto found = parts.find(name);
  if (found == parts.end()) return {};
  std::string value = found->second;
  parts.erase(found);
  return value;
}

int number(std::string_view text) {
  int value = 0;
  if (text.starts_with('+')) text.remove_prefix(1);
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// "first", "21st", "last", "second to last".
std::string ordinal(int n) {
  constexpr std::array<std::string_view, 5> kFirst = {"first", "second", "third", "fourth",
                                                      "fifth"};
  if (n == -1) return "last";
  if (n < 0) return ordinal(-n) + " to last";
  if (n <= 5) return std::string(kFirst.at(static_cast<std::size_t>(n - 1)));
  const bool teen = n / 10 % 10 == 1;
  const char* ending = teen          ? "th"
                       : n % 10 == 1 ? "st"
                       : n % 10 == 2 ? "nd"
                       : n % 10 == 3 ? "rd"
                                     : "th";
  return std::to_string(n) + ending;
}
std::string day_ordinal(int n) {
  if (n < 0) return ordinal(n) + " day";
  constexpr std::array<std::string_view, 3> kEndings = {"st", "nd", "rd"};
  const bool teen = n / 10 % 10 == 1;
  const int last = n % 10;
  const std::string_view ending =
      teen || last < 1 || last > 3 ? "th" : kEndings.at(static_cast<std::size_t>(last - 1));
  return std::to_string(n) + std::string(ending);
}

std::string listed(const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += i + 1 == items.size() ? " and " : ", ";
    text += items[i];
  }
  return text;
}

Words weekday_of_code(std::string_view code) {
  constexpr std::array<std::string_view, 7> kCodes = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
  const auto found = std::ranges::find(kCodes, code);
  if (found == kCodes.end()) return std::nullopt;
  return std::string(words::weekday_name(static_cast<Weekday>(found - kCodes.begin())));
}

/// "MO,WE": "Monday and Wednesday".
Words weekdays(const std::string& days) {
  std::vector<std::string> names;
  for (const std::string& code : pieces_of(days, ',')) {
    const Words name = weekday_of_code(code);
    if (!name) return std::nullopt;
    names.push_back(*name);
  }
  return listed(names);
}

/// "1MO,3MO": "the first and the third Monday"; all of one weekday, or one each.
Words numbered_weekdays(const std::string& days) {
  std::vector<std::string> names;
  for (const std::string& code : pieces_of(days, ',')) {
    if (code.size() < 3) return std::nullopt;
    const Words name = weekday_of_code(std::string_view(code).substr(code.size() - 2));
    const int n = number(code.substr(0, code.size() - 2));
    if (!name || n == 0 || n > 5 || n < -5) return std::nullopt;
    names.push_back("the " + ordinal(n) + " " + *name);
  }
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : " and ") + name;
  return text;
}

std::string month_days(const std::string& days) {
  std::vector<std::string> names;
  for (const std::string& day : pieces_of(days, ',')) names.push_back(day_ordinal(number(day)));
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "the " : " and the ") + name;
  return text;
}

bool all_from_the_start(const std::string& days) {
  const auto pieces = pieces_of(days, ',');
  return std::ranges::all_of(pieces, [](const std::string& day) { return number(day) > 0; });
}

/// The unit that a frequency counts.
std::string_view unit_of(std::string_view frequency) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kUnits = {
      {{"YEARLY", "year"},
       {"MONTHLY", "month"},
       {"WEEKLY", "week"},
       {"DAILY", "day"},
       {"HOURLY", "hour"},
       {"MINUTELY", "minute"},
       {"SECONDLY", "second"}}};
  for (const auto& [name, unit] : kUnits) {
    if (name == frequency) return unit;
  }
  return {};
}

std::string every(int interval, std::string_view unit) {
  if (interval == 1) return "every " + std::string(unit);
  return "every " + std::to_string(interval) + " " + std::string(unit) + "s";
}

/// On which days of a month or year.
Words days_in(Parts& parts, bool yearly) {
  const std::string month = take(parts, "BYMONTH");
  const std::string days = take(parts, "BYMONTHDAY");
  const std::string weekday = take(parts, "BYDAY");
  const std::string position = take(parts, "BYSETPOS");
  if ((!month.empty() && (!yearly || month.find(',') != std::string::npos)) ||
      (!days.empty() && !weekday.empty())) {
    return std::nullopt;
  }
  if (!position.empty()) {
    if (weekday != kWorkdays || position.find(',') != std::string::npos) return std::nullopt;
    const int n = number(position);
    if (n > 31 || n < -31) return std::nullopt;
    if (yearly && month.empty()) return std::nullopt;
    const std::string of =
        month.empty() ? "" : " of " + std::string(words::month_name(number(month)));
    return " on the " + ordinal(n) + " weekday" + of;
  }
  if (days.empty() && weekday.empty()) {
    return month.empty() ? "" : " in " + std::string(words::month_name(number(month)));
  }
  if (yearly && month.empty()) return std::nullopt;
  if (!days.empty() && yearly && days.find(',') == std::string::npos && number(days) > 0) {
    return " on " + days + " " + std::string(words::month_name(number(month)));
  }
  const bool mixed =
      !days.empty() && days.find(',') != std::string::npos && !all_from_the_start(days);
  const Words named = days.empty() ? numbered_weekdays(weekday) : month_days(days);
  if (!named || mixed) return std::nullopt;
  return " on " + *named +
         (month.empty() ? "" : " of " + std::string(words::month_name(number(month))));
}

/// " until 30 June 2026", " 5 times"; nothing if its limit is a time of day.
Words limit_of(Parts& parts) {
  const std::string until = take(parts, "UNTIL");
  const std::string count = take(parts, "COUNT");
  if (!count.empty()) return " " + count + " times";
  if (until.empty()) return "";
  if (until.size() != 8) return std::nullopt;
  return " until " + std::to_string(number(until.substr(6))) + " " +
         std::string(words::month_name(number(until.substr(4, 2)))) + " " + until.substr(0, 4);
}

Words weekly(Parts& parts, int interval) {
  const std::string days = take(parts, "BYDAY");
  if (days.empty()) return every(interval, "week");
  if (interval == 1 && days == kWorkdays) return "every weekday";
  const Words named = weekdays(days);
  if (!named) return std::nullopt;
  return interval == 1 ? "every " + *named : every(interval, "week") + " on " + *named;
}

}  // namespace

std::optional<std::string> in_words(const Repeat& repeat) {
  Parts parts = parts_of(repeat.rrule);
  const std::string frequency = take(parts, "FREQ");
  const std::string step = take(parts, "INTERVAL");
  const int interval = step.empty() ? 1 : number(step);
  if (interval < 1 || interval > 1000 || unit_of(frequency).empty()) return std::nullopt;
  const Words limit = limit_of(parts);
  Words text = every(interval, unit_of(frequency));
  if (frequency == "WEEKLY") text = weekly(parts, interval);
  if (frequency == "MONTHLY" || frequency == "YEARLY") {
    const Words days = days_in(parts, frequency == "YEARLY");
    text = days ? Words(*text + *days) : std::nullopt;
  }
  if (!text || !limit || !parts.empty()) return std::nullopt;
  if (!repeat.until.empty()) *text += " until " + repeat.until;
  *text += *limit;
  if (repeat.after_completion) *text += " after completion";
  return text;
}

}  // namespace common
