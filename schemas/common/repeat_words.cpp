#include "schemas/common/repeat_words.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "schemas/common/when.hpp"
#include "schemas/common/when_names.hpp"

namespace common::words {
namespace {

constexpr int kIntervalMax = 1000;
constexpr int kTimesMax = 10'000;
constexpr int kMonthDayMax = 31;
constexpr int kWeeksOfMonthMax = 5;
constexpr std::array<std::string_view, 7> kDays = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

std::vector<std::string> workdays() {
  return {"MO", "TU", "WE", "TH", "FR"};
}
std::vector<std::string> weekend() {
  return {"SA", "SU"};
}
std::string code(Weekday day) {
  return std::string(kDays.at(static_cast<std::size_t>(day)));
}

template <class Items, class Print>
std::string joined(const Items& items, Print print) {
  std::string text;
  for (const auto& item : items) {
    if (!text.empty()) text += ",";
    text += print(item);
  }
  return text;
}

/// The last day that the words of a limit name, which need a year, for no clock is here.
std::optional<std::string> last_day(const Date& date) {
  if (!date.year || !date.month) return std::nullopt;
  using namespace std::chrono;
  const year_month month = year{*date.year} / *date.month;
  const auto length =
      unsigned{year_month_day_last{month.year(), month_day_last{month.month()}}.day()};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d%02d%02d", *date.year, *date.month,
                date.day.value_or(static_cast<int>(length)));
  return std::string(text.data());
}

}  // namespace

std::optional<std::string> RepeatGrammar::whole() {
  if (!frequency()) return std::nullopt;
  while (days()) {
  }
  while (limit()) {
  }
  in_.take(".");
  if (!in_.at_end() || !hint_.empty()) return std::nullopt;
  return rrule();
}

std::string RepeatGrammar::complaint() const {
  if (!hint_.empty()) return hint_;
  std::string text =
      "expected an RRULE such as \"FREQ=WEEKLY;BYDAY=TU\", or words such as \"weekly\", \"every 2 "
      "weeks on tue\", \"monthly on the 3rd\" or \"every first monday until 2026-12-31\"";
  const std::string_view unread = in_.first_unread();
  if (unread.empty()) return text;
  return text + "; \"" + std::string(unread) + "\" is not understood";
}

void RepeatGrammar::set_frequency(Unit unit) {
  constexpr std::array<std::string_view, 8> kNames = {"SECONDLY", "MINUTELY", "HOURLY",  "DAILY",
                                                      "WEEKLY",   "MONTHLY",  "MONTHLY", "YEARLY"};
  rule_.frequency = kNames.at(static_cast<std::size_t>(unit));
  if (unit == Unit::Quarter) rule_.interval *= 3;
}

bool RepeatGrammar::frequency() {
  if (adverb()) return true;
  if (in_.take_any("every", "each")) return every();
  if (in_.take_any("weekdays", "workdays")) {
    set_frequency(Unit::Week);
    rule_.days = workdays();
    return true;
  }
  // "mondays and thursdays", "first monday of every month", "the 3rd of each month"
  const bool plural = in_.peek() != nullptr && in_.peek()->text.ends_with('s') &&
                      weekday_named(in_.peek()->text).has_value();
  if (plural) {
    set_frequency(Unit::Week);
    return weekday_list();
  }
  in_.take("the");
  if (!numbered_day()) return false;
  const bool said = rule_.frequency == "MONTHLY" && in_.previous() == "month";
  return said || rule_.frequency == "YEARLY";
}

bool RepeatGrammar::adverb() {
  if (in_.take_any("daily", "everyday")) {
    set_frequency(Unit::Day);
  } else if (in_.take("weekly")) {
    set_frequency(Unit::Week);
  } else if (in_.take("fortnightly")) {
    set_frequency(Unit::Week);
    rule_.interval = 2;
  } else if (in_.take("monthly")) {
    set_frequency(Unit::Month);
  } else if (in_.take("quarterly")) {
    set_frequency(Unit::Quarter);
  } else if (in_.take_any("yearly", "annually")) {
    set_frequency(Unit::Year);
  } else if (in_.take("hourly")) {
    set_frequency(Unit::Hour);
  } else {
    for (const std::string_view word : {"biweekly", "bimonthly"}) {
      if (!in_.next_is(word)) continue;
      const std::string unit = word == "biweekly" ? "week" : "month";
      hint_ = "\"" + std::string(word) + "\" could be every 2 " + unit + "s or twice a " + unit +
              ": write \"every 2 " + unit + "s\", or name the days";
    }
    return false;
  }
  return true;
}

/// What follows "every".
bool RepeatGrammar::every() {
  if (every_days()) return true;
  std::optional<int> interval = in_.take("other") ? std::optional(2) : in_.take_number(1, 4);
  if (interval && is_ordinal_ending(in_.peek() == nullptr ? "" : in_.peek()->text)) {
    in_.move_to(in_.position() - 1);
    interval.reset();
  }
  if (!interval) interval = in_.take_named(number_named);
  if (interval) {
    if (*interval < 1 || *interval > kIntervalMax) return false;
    rule_.interval = *interval;
  }
  if (const auto unit = in_.take_named(unit_named)) {
    set_frequency(*unit);
    return true;
  }
  if (interval == 2 && in_.peek() != nullptr && weekday_named(in_.peek()->text)) {
    set_frequency(Unit::Week);
    return weekday_list();
  }
  return !interval && numbered_day();
}

bool RepeatGrammar::every_days() {
  const std::size_t mark = in_.position();
  const bool workday = in_.take_any("weekday", "workday", "weekdays") ||
                       (in_.take_any("working", "business") && in_.take("day"));
  if (workday || in_.take("weekend")) {
    set_frequency(Unit::Week);
    rule_.days = workday ? workdays() : weekend();
    return true;
  }
  in_.move_to(mark);
  if (in_.peek() != nullptr && in_.peek()->text == "mon") {  // no month here: "every mon, wed"
    set_frequency(Unit::Week);
    return weekday_list();
  }
  if (in_.peek() == nullptr || !weekday_named(in_.peek()->text)) return false;
  set_frequency(Unit::Week);
  return weekday_list();
}

/// "monday", "mon and thu", "tue, wed".
bool RepeatGrammar::weekday_list() {
  while (const auto day = in_.take_named(weekday_named)) {
    in_.take(".");
    if (std::ranges::find(rule_.days, code(*day)) == rule_.days.end()) {
      rule_.days.push_back(code(*day));
    }
    const std::size_t mark = in_.position();
    in_.take_any(",", "&", "/");
    in_.take("and");
    if (in_.peek() == nullptr || !weekday_named(in_.peek()->text)) {
      in_.move_to(mark);
      break;
    }
  }
  return !rule_.days.empty();
}

/// "on tuesday", "on the 3rd and 17th", "on the last friday", "on 16 March".
bool RepeatGrammar::days() {
  const std::size_t mark = in_.position();
  in_.take(",");
  if (in_.take_any("on", "in", "of") && day()) return true;
  in_.move_to(mark);
  return false;
}

bool RepeatGrammar::day() {
  const bool unsaid = rule_.days.empty() && rule_.month_days.empty();
  const std::size_t mark = in_.position();
  in_.take("the");
  if (unsaid && rule_.frequency == "WEEKLY") {
    if (in_.take_any("weekdays", "workdays")) {
      rule_.days = workdays();
      return true;
    }
    if (in_.take_any("weekends", "weekend")) {
      rule_.days = weekend();
      return true;
    }
    return weekday_list();
  }
  const bool of_date = rule_.frequency == "MONTHLY" || rule_.frequency == "YEARLY";
  if (!of_date) return false;
  if (unsaid && rule_.frequency == "YEARLY" && date_of_year()) return true;
  if (!rule_.month && rule_.frequency == "YEARLY") {
    if (const auto month = in_.take_named(month_named)) {
      rule_.month = month;
      return true;
    }
  }
  in_.move_to(mark);
  in_.take("the");
  return unsaid && (numbered_day() || month_day_list());
}

std::optional<int> RepeatGrammar::ordinal() {
  if (in_.take("last")) return -1;
  if (const auto word = in_.take_named(ordinal_named)) return word;
  const std::size_t mark = in_.position();
  const std::optional<int> number = in_.take_number(1, 2);
  if (number && in_.peek() != nullptr && is_ordinal_ending(in_.peek()->text)) {
    in_.advance();
    return number;
  }
  in_.move_to(mark);
  return std::nullopt;
}

void RepeatGrammar::take_of_month() {
  const std::size_t mark = in_.position();
  if (in_.take_any("of", "in")) {
    in_.take_any("every", "each", "the");
    if (in_.take("month")) return;
    if (const auto month = in_.take_named(month_named)) {
      rule_.month = month;
      set_frequency(Unit::Year);
      return;
    }
  }
  in_.move_to(mark);
}

/// "first monday", "last day", "3rd", "3rd and 17th": of a month, which need not be said.
bool RepeatGrammar::numbered_day() {
  const std::optional<int> n = ordinal();
  if (!n) return false;
  if (rule_.frequency.empty()) set_frequency(Unit::Month);
  if (const auto weekday = in_.take_named(weekday_named)) {
    if (*n > kWeeksOfMonthMax) return false;
    rule_.days.push_back(std::to_string(*n) + code(*weekday));
  } else if (in_.take("day") || *n > 0) {
    if (*n > kMonthDayMax) return false;
    rule_.month_days.push_back(*n);
    const std::size_t mark = in_.position();
    if (!in_.take_any("and", ",") || (in_.take("the"), !numbered_day())) in_.move_to(mark);
  } else {
    return false;
  }
  take_of_month();
  return true;
}

/// "3 and 17".
bool RepeatGrammar::month_day_list() {
  while (const std::optional<int> day = in_.take_number(1, 2)) {
    if (*day < 1 || *day > kMonthDayMax) return false;
    rule_.month_days.push_back(*day);
    const std::size_t mark = in_.position();
    if (in_.take_any("and", ",") && in_.next_is_number()) continue;
    in_.move_to(mark);
    break;
  }
  return !rule_.month_days.empty();
}

/// "16 March", "March 16th".
bool RepeatGrammar::date_of_year() {
  const std::size_t mark = in_.position();
  const auto number = [this] {
    std::optional<int> day = ordinal();
    return day ? day : in_.take_number(1, 2);
  };
  std::optional<int> month = in_.take_named(month_named);
  const std::optional<int> day = number();
  if (!month) {
    in_.take("of");
    month = in_.take_named(month_named);
  }
  if (month && day && *day >= 1 && *day <= kMonthDayMax) {
    rule_.month = month;
    rule_.month_days.push_back(*day);
    return true;
  }
  in_.move_to(mark);
  return false;
}

bool RepeatGrammar::limit() {
  if (!rule_.until.empty() || rule_.count != 0) return false;
  in_.take(",");
  return until() || times();
}

bool RepeatGrammar::until() {
  if (!in_.take_any("until", "till", "til", "through")) return false;
  const std::string rest = in_.rest();
  When when;
  if (const std::optional<std::string> problem = parse(rest, when)) {
    hint_ = "until: " + *problem;
    return false;
  }
  const Date* date = as<Date>(when.tree());
  const std::optional<std::string> day = date != nullptr ? last_day(*date) : std::nullopt;
  if (!day) {
    hint_ = "until: \"" + rest +
            "\" does not say which year; write a date such as \"until 2026-06-30\"";
    return false;
  }
  rule_.until = *day;
  while (!in_.at_end()) in_.advance();
  return true;
}

/// "5 times", "for 10 occurrences", "for 6 weeks" of what comes weekly.
bool RepeatGrammar::times() {
  in_.take("for");
  std::optional<int> count = in_.take_number(1, 5);
  if (!count) count = in_.take_named(number_named);
  if (!count || *count < 1 || *count > kTimesMax) return false;
  rule_.count = *count;
  if (in_.take_any("times", "time", "occurrences")) return true;
  const auto unit = in_.take_named(unit_named);
  const bool same = (unit == Unit::Day && rule_.frequency == "DAILY") ||
                    (unit == Unit::Week && rule_.frequency == "WEEKLY" && rule_.days.size() < 2) ||
                    (unit == Unit::Month && rule_.frequency == "MONTHLY") ||
                    (unit == Unit::Year && rule_.frequency == "YEARLY");
  if (same) rule_.count = std::max(1, *count / rule_.interval);
  if (!same) hint_ = "say how many times it repeats, such as \"10 times\", or the last day";
  return same;
}

std::string RepeatGrammar::rrule() const {
  const auto number = [](int value) { return std::to_string(value); };
  std::string text = "FREQ=" + rule_.frequency;
  if (rule_.interval != 1) text += ";INTERVAL=" + number(rule_.interval);
  if (rule_.month) text += ";BYMONTH=" + number(*rule_.month);
  if (!rule_.month_days.empty()) text += ";BYMONTHDAY=" + joined(rule_.month_days, number);
  if (!rule_.days.empty()) {
    text += ";BYDAY=" + joined(rule_.days, [](const std::string& day) { return day; });
  }
  if (!rule_.until.empty()) text += ";UNTIL=" + rule_.until;
  if (rule_.count != 0) text += ";COUNT=" + number(rule_.count);
  return text;
}

}  // namespace common::words
