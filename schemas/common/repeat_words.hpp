#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/common/repeat.hpp"
#include "schemas/common/when_cursor.hpp"
#include "schemas/common/when_tree.hpp"

namespace common::words {

/// The grammar of repeats in words: how often ("every 2 weeks", "monthly", "weekdays", "every first
/// monday"), then on which days, then until when, how many times, or "after completion". What it
/// makes is an RRULE.
class RepeatGrammar final {
 public:
  explicit RepeatGrammar(std::string_view phrase) : in_(phrase) {}

  /// The repeat that the whole phrase is, or nothing: see complaint().
  std::optional<Repeat> whole();
  std::string complaint() const;

  /// The first repeat in a sentence.
  std::optional<FoundRepeat> first();

 private:
  struct Rule {
    std::string frequency{};
    int interval{1};
    std::vector<std::string> days{};  ///< "MO", "-1FR"
    std::vector<int> month_days{};
    std::optional<int> month{};
    int position{};  ///< BYSETPOS: the nth of `days` in the period; 0 is all.
    std::string until{};
    std::string until_words{};  ///< A last day that only a clock can date.
    int count{};
    bool after_completion{};
  };

  bool rule();
  bool stands_in_sentence() const;
  bool interval_after_completion();
  bool days_then_frequency();
  bool frequency();
  bool adverb();
  bool once_a();
  int interval();
  bool every();
  bool every_date();
  bool every_days();
  bool plural_days();
  bool days();
  bool day();
  bool week_days();
  bool numbered_day();
  bool numbered_workday(int n);
  bool weekday_list();
  bool month_day_list();
  bool date_of_year();
  bool limit();
  bool until();
  bool times();
  bool for_a_while(int count);
  bool after_completion();
  std::optional<int> ordinal();
  void set_frequency(Unit unit);
  void take_of_month();
  Repeat repeat() const;
  std::string rrule() const;

  Cursor in_;
  Rule rule_{};
  bool each_said_{};  ///< "of every month" rather than "of the month".
  std::string hint_;
};

}  // namespace common::words
