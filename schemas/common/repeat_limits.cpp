#include <algorithm>
#include <array>
#include <cstdio>

#include "schemas/common/repeat_words.hpp"
#include "schemas/common/when_grammar.hpp"
#include "schemas/common/when_names.hpp"

/// How long a repeat in words goes on, and what it counts from.
namespace common::words {
namespace {

constexpr int kTimesMax = 10'000;

/// The last day that the words of a limit name, if they say its year.
std::optional<std::string> last_day(const Date& date) {
  if (!date.year || !date.month || date.weekday) return std::nullopt;
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

bool RepeatGrammar::limit() {
  const std::size_t mark = in_.position();
  in_.take(",");
  const bool unlimited = rule_.until.empty() && rule_.until_words.empty() && rule_.count == 0;
  if (!rule_.after_completion && after_completion()) return true;
  if (unlimited && (until() || times())) return true;
  in_.move_to(mark);
  return false;
}

bool RepeatGrammar::until() {
  const std::size_t mark = in_.position();
  if (!in_.take_any("until", "till", "til", "through", "thru", "ending")) return false;
  in_.take("on");
  const Grammar grammar(in_.phrase());
  const std::size_t begin = in_.position();
  const auto found = grammar.at(begin);
  if (!found || !found->doubt.empty()) {
    hint_ =
        "until: " + (found ? found->doubt : "expected a day such as \"june\" or \"2026-06-30\"");
    in_.move_to(mark);
    return false;
  }
  in_.advance(found->next - begin);
  const Date* date = as<Date>(found->tree);
  const std::optional<std::string> day = date != nullptr ? last_day(*date) : std::nullopt;
  if (day) rule_.until = *day;
  if (!day) rule_.until_words = in_.words_since(begin);
  return true;
}

/// "5 times", "for 10 occurrences", "for 6 weeks".
bool RepeatGrammar::times() {
  const std::size_t mark = in_.position();
  in_.take("for");
  std::optional<int> count = in_.take_number(1, 5);
  if (!count) count = in_.take_named(number_named);
  if (count && *count >= 1 && *count <= kTimesMax) {
    if (in_.take_any("times", "time", "occurrences")) {
      rule_.count = *count;
      return true;
    }
    if (in_.words_since(mark).starts_with("for") && for_a_while(*count)) return true;
  }
  in_.move_to(mark);
  return false;
}

/// Of what comes once in each unit, so many; else until so much later.
bool RepeatGrammar::for_a_while(int count) {
  const auto unit = in_.take_named(unit_named);
  if (!unit) return false;
  const bool same = (unit == Unit::Day && rule_.frequency == "DAILY") ||
                    (unit == Unit::Week && rule_.frequency == "WEEKLY" && rule_.days.size() < 2) ||
                    (unit == Unit::Month && rule_.frequency == "MONTHLY" &&
                     rule_.days.size() + rule_.month_days.size() < 2) ||
                    (unit == Unit::Year && rule_.frequency == "YEARLY");
  if (same) {
    rule_.count = std::max(1, count / rule_.interval);
  } else {
    rule_.until_words = std::to_string(count) + " " + std::string(in_.previous()) + " later";
  }
  return true;
}

/// "after completion", "from completion", "when done".
bool RepeatGrammar::after_completion() {
  const std::size_t mark = in_.position();
  if (in_.take_any("after", "from", "since", "when", "once", "following")) {
    in_.take_any("the", "each", "its", "last", "it's", "i");
    if (in_.take_any("completion", "completing", "completed", "complete", "done", "finishing",
                     "finished")) {
      in_.take("it");
      rule_.after_completion = true;
      return true;
    }
  }
  in_.move_to(mark);
  return false;
}

}  // namespace common::words
