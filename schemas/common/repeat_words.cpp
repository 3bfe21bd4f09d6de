#include "schemas/common/repeat_words.hpp"

#include <algorithm>
#include <array>

#include "schemas/common/when_names.hpp"

namespace common::words {
namespace {

constexpr int kIntervalMax = 1000;
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

}  // namespace

bool RepeatGrammar::rule() {
  if (!interval_after_completion() && !frequency() && !days_then_frequency()) return false;
  while (days()) {
  }
  while (limit()) {
  }
  return hint_.empty();
}

std::optional<Repeat> RepeatGrammar::whole() {
  const bool read = rule();
  in_.take(".");
  if (!read || !in_.at_end()) return std::nullopt;
  return repeat();
}

std::optional<FoundRepeat> RepeatGrammar::first() {
  for (std::size_t begin = 0; begin < in_.size(); ++begin) {
    rule_ = {};
    hint_.clear();
    in_.begin_at(begin);
    if (!rule() || !stands_in_sentence()) continue;
    const std::size_t byte = in_.begin_of(begin);
    return FoundRepeat{
        .repeat = repeat(), .begin = byte, .end = byte + in_.words_since(begin).size()};
  }
  return std::nullopt;
}

/// "weekly report" is no repeat, and nobody means every second.
bool RepeatGrammar::stands_in_sentence() const {
  if (rule_.frequency == "SECONDLY" || (rule_.frequency == "MINUTELY" && rule_.interval == 1)) {
    return false;
  }
  constexpr std::array<std::string_view, 6> kAdverbs = {"daily",  "weekly",    "monthly",
                                                        "yearly", "quarterly", "hourly"};
  const Token* next = in_.peek();
  const bool adverb = std::ranges::find(kAdverbs, in_.previous()) != kAdverbs.end();
  if (!adverb || next == nullptr || next->kind != Token::Kind::Word) return true;
  constexpr std::array<std::string_view, 8> kGoOn = {"at",   "from", "starting", "beginning",
                                                     "with", "for",  "by",       "to"};
  return std::ranges::find(kGoOn, next->text) != kGoOn.end();
}

Repeat RepeatGrammar::repeat() const {
  return {.rrule = rrule(), .until = rule_.until_words, .after_completion = rule_.after_completion};
}

std::string RepeatGrammar::complaint() const {
  if (!hint_.empty()) return hint_;
  std::string text =
      "expected an RRULE such as \"FREQ=WEEKLY;BYDAY=TU\", or words such as \"weekly\", \"every 2 "
      "weeks on tue\", \"monthly on the 3rd\" or \"every first monday until june\"";
  const std::string_view unread = in_.first_unread();
  if (unread.empty()) return text;
  return text + "; \"" + std::string(unread) + "\" is not understood";
}

void RepeatGrammar::set_frequency(Unit unit) {
  constexpr std::array<std::string_view, 9> kNames = {
      "SECONDLY", "MINUTELY", "HOURLY", "DAILY", "DAILY", "WEEKLY", "MONTHLY", "MONTHLY", "YEARLY"};
  rule_.frequency = kNames.at(static_cast<std::size_t>(unit));
  if (unit == Unit::Quarter) rule_.interval *= 3;
}

bool RepeatGrammar::frequency() {
  if (adverb() || once_a()) return true;
  if (in_.take_any("every", "each")) {
    if (in_.take_glued("!")) rule_.after_completion = true;
    return every();
  }
  const std::size_t mark = in_.position();
  in_.take("on");
  if (plural_days()) return true;
  in_.move_to(mark);
  return false;
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

/// "once a week", "once every 2 months"; which days "twice a week" means, nobody has said.
bool RepeatGrammar::once_a() {
  const std::size_t mark = in_.position();
  if (in_.take("once")) {
    if (in_.take_any("every", "each")) return every();
    const auto unit = in_.take_any("a", "an", "per") ? in_.take_named(unit_named) : std::nullopt;
    if (unit) set_frequency(*unit);
    if (unit) return true;
  } else if (in_.take_any("twice", "thrice") || (in_.take_number(1, 2) && in_.take("times"))) {
    const auto unit =
        in_.take_any("a", "an", "per", "every", "each") ? in_.take_named(unit_named) : std::nullopt;
    if (unit) {
      hint_ = "\"" + in_.words_since(mark) +
              "\" does not say on which days: name them, such as \"every tue and fri\"";
    }
  }
  in_.move_to(mark);
  return false;
}

/// "3 days after completion".
bool RepeatGrammar::interval_after_completion() {
  const std::size_t mark = in_.position();
  std::optional<int> interval = in_.take_number(1, 4);
  if (!interval) interval = in_.take_any("a", "an") ? 1 : in_.take_named(number_named);
  const auto unit = interval ? in_.take_named(unit_named) : std::nullopt;
  if (unit && *interval >= 1 && *interval <= kIntervalMax && after_completion()) {
    rule_.interval = *interval;
    set_frequency(*unit);
    return true;
  }
  in_.move_to(mark);
  return false;
}

/// "the 3rd of every month", "first monday of each month", "march 3 every year", "tue every week".
bool RepeatGrammar::days_then_frequency() {
  in_.take("on");
  const std::size_t mark = in_.position();
  in_.take("the");
  const bool numbered = numbered_day();
  if (numbered && each_said_ && rule_.frequency == "MONTHLY") return true;
  if (!numbered) {
    in_.move_to(mark);
    if (date_of_year()) {
      set_frequency(Unit::Year);
    } else if (weekday_list()) {
      set_frequency(Unit::Week);
    } else {
      return false;
    }
  }
  const std::string implied = rule_.frequency;
  if (!adverb()) {
    if (!in_.take_any("every", "each")) return false;
    if (const std::optional<int> interval = in_.take_number(1, 4)) rule_.interval = *interval;
    if (in_.take("other")) rule_.interval = 2;
    const auto unit = in_.take_named(unit_named);
    if (!unit || rule_.interval < 1 || rule_.interval > kIntervalMax) return false;
    set_frequency(*unit);
  }
  return rule_.frequency == implied;
}

/// "other", "3", "three", "3rd" of "every 3rd week"; 0 where none is said.
int RepeatGrammar::interval() {
  if (in_.take("other")) return 2;
  const std::size_t mark = in_.position();
  const auto next_is_unit = [this] {
    return in_.peek() != nullptr && unit_named(in_.peek()->text) &&
           !weekday_named(in_.peek()->text);
  };
  // "every third friday" is one of the month.
  const std::optional<int> numbered = ordinal();
  if (numbered) {
    if (*numbered > 0 && next_is_unit()) return *numbered;
    in_.move_to(mark);
    return 0;
  }
  if (const std::optional<int> number = in_.take_number(1, 4)) return *number;
  return in_.take_named(number_named).value_or(0);
}

/// What follows "every".
bool RepeatGrammar::every() {
  if (every_days()) return true;
  const std::size_t mark = in_.position();
  const int step = interval();
  if (step > kIntervalMax) return false;
  if (step > 0) rule_.interval = step;
  if (const auto unit = in_.take_named(unit_named)) {
    set_frequency(*unit);
    return true;
  }
  if (step == 2 && in_.peek() != nullptr && weekday_named(in_.peek()->text)) {
    set_frequency(Unit::Week);
    return weekday_list();
  }
  in_.move_to(mark);
  rule_.interval = 1;
  return every_date();
}

/// "every 3rd", "every first monday", "every march 3rd", "every march".
bool RepeatGrammar::every_date() {
  const std::size_t mark = in_.position();
  if (date_of_year()) {
    set_frequency(Unit::Year);
    return true;
  }
  if (numbered_day()) return true;
  in_.move_to(mark);
  rule_.month = in_.take_named(month_named);
  if (!rule_.month) return false;
  set_frequency(Unit::Year);
  return true;
}

bool RepeatGrammar::every_days() {
  const std::size_t mark = in_.position();
  const bool workday = in_.take_any("weekday", "workday", "weekdays") ||
                       (in_.take_any("working", "business", "week") && in_.take("day"));
  if (workday || in_.take("weekend")) {
    set_frequency(Unit::Week);
    rule_.days = workday ? workdays() : weekend();
    return true;
  }
  in_.move_to(mark);
  // "mon" is no month here: "every mon, wed".
  if (in_.peek() == nullptr || !weekday_named(in_.peek()->text)) return false;
  set_frequency(Unit::Week);
  return weekday_list();
}

/// "weekdays", "mondays and thursdays".
bool RepeatGrammar::plural_days() {
  if (in_.take_any("weekdays", "workdays")) {
    rule_.days = workdays();
  } else if (in_.take("weekends")) {
    rule_.days = weekend();
  } else {
    const bool plural = in_.peek() != nullptr && in_.peek()->text.ends_with("days") &&
                        weekday_named(in_.peek()->text).has_value();
    if (!plural || !weekday_list()) return false;
  }
  set_frequency(Unit::Week);
  return true;
}

/// "monday", "mon and thu", "tue, wed", "mon-fri".
bool RepeatGrammar::weekday_list() {
  const auto add = [this](Weekday day) {
    if (std::ranges::find(rule_.days, code(day)) == rule_.days.end()) {
      rule_.days.push_back(code(day));
    }
  };
  while (const auto day = in_.take_named(weekday_named)) {
    in_.take(".");
    add(*day);
    std::size_t mark = in_.position();
    const auto last =
        in_.take_any("-", "to", "through") ? in_.take_named(weekday_named) : std::nullopt;
    for (int next = static_cast<int>(*day) + 1; last && next <= static_cast<int>(*last); ++next) {
      add(static_cast<Weekday>(next));
    }
    if (!last) in_.move_to(mark);
    mark = in_.position();
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
  if (unsaid && rule_.frequency == "WEEKLY") return week_days();
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

bool RepeatGrammar::week_days() {
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

/// "3rd", "third", "last", "second to last", "2nd last".
std::optional<int> RepeatGrammar::ordinal() {
  if (in_.take("last")) return -1;
  std::optional<int> number = in_.take_named(ordinal_named);
  const std::size_t mark = in_.position();
  if (!number) {
    number = in_.take_number(1, 2);
    if (!number || in_.peek() == nullptr || !is_ordinal_ending(in_.peek()->text)) {
      in_.move_to(mark);
      return std::nullopt;
    }
    in_.advance();
  }
  const std::size_t end = in_.position();
  in_.take("to");
  if (in_.take("last")) return -*number;
  in_.move_to(end);
  return number;
}

void RepeatGrammar::take_of_month() {
  const std::size_t mark = in_.position();
  if (in_.take_any("of", "in")) {
    each_said_ = in_.take_any("every", "each");
    if (!each_said_) in_.take("the");
    if (in_.take("month")) return;
    if (const auto month = in_.take_named(month_named)) {
      rule_.month = month;
      set_frequency(Unit::Year);
      return;
    }
  }
  each_said_ = false;
  in_.move_to(mark);
}

/// "first monday", "first and third monday", "last weekday", "last day", "3rd and 17th": of a
/// month, which need not be said.
bool RepeatGrammar::numbered_day() {
  std::vector<int> numbers;
  while (true) {
    const std::size_t mark = in_.position();
    if (!numbers.empty() && in_.take_any("and", ",", "&")) in_.take("the");
    const std::optional<int> n = ordinal();
    if (!n) {
      in_.move_to(mark);
      break;
    }
    numbers.push_back(*n);
  }
  if (numbers.empty()) return false;
  if (rule_.frequency.empty()) set_frequency(Unit::Month);
  if (numbers.size() == 1 && numbered_workday(numbers.front())) return true;
  if (const auto weekday = in_.take_named(weekday_named)) {
    for (const int n : numbers) {
      if (std::abs(n) > kWeeksOfMonthMax) return false;
      rule_.days.push_back(std::to_string(n) + code(*weekday));
    }
    const std::size_t mark = in_.position();
    if (!in_.take_any("and", ",") || (in_.take("the"), !numbered_day())) in_.move_to(mark);
  } else {
    const bool day_said = in_.take("day");
    for (const int n : numbers) {
      if (std::abs(n) > kMonthDayMax || n == 0 || (n < 0 && !day_said)) return false;
      rule_.month_days.push_back(n);
    }
  }
  take_of_month();
  return true;
}

/// The nth of the working days.
bool RepeatGrammar::numbered_workday(int n) {
  const std::size_t mark = in_.position();
  const bool workday = in_.take_any("weekday", "workday") ||
                       (in_.take_any("working", "business") && in_.take("day"));
  if (!workday) {
    in_.move_to(mark);
    return false;
  }
  rule_.days = workdays();
  rule_.position = n;
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
  if (month) in_.take("the");
  const std::optional<int> day = number();
  if (!month) {
    in_.take("of");
    month = in_.take_named(month_named);
  }
  const bool counted = in_.next_is("times") || in_.next_is("time") || in_.next_is("occurrences");
  if (month && day && !counted && *day >= 1 && *day <= kMonthDayMax) {
    rule_.month = month;
    rule_.month_days.push_back(*day);
    return true;
  }
  in_.move_to(mark);
  return false;
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
  if (rule_.position != 0) text += ";BYSETPOS=" + number(rule_.position);
  if (!rule_.until.empty()) text += ";UNTIL=" + rule_.until;
  if (rule_.count != 0) text += ";COUNT=" + number(rule_.count);
  return text;
}

}  // namespace common::words
