#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/common/when_cursor.hpp"
#include "schemas/common/when_tree.hpp"

namespace common::words {

/// The grammar of repeats in words: how often ("every 2 weeks", "monthly", "weekdays", "every first
/// monday"), then on which days, then until when or how many times. What it makes is an RRULE.
class RepeatGrammar final {
 public:
  explicit RepeatGrammar(std::string_view phrase) : in_(phrase) {}

  /// The RRULE of the whole phrase, or nothing: see complaint().
  std::optional<std::string> whole();
  std::string complaint() const;

 private:
  struct Rule {
    std::string frequency{};
    int interval{1};
    std::vector<std::string> days{};  ///< "MO", "-1FR"
    std::vector<int> month_days{};
    std::optional<int> month{};
    std::string until{};
    int count{};
  };

  bool frequency();
  bool adverb();
  bool every();
  bool every_days();
  bool days();
  bool day();
  bool numbered_day();
  bool weekday_list();
  bool month_day_list();
  bool date_of_year();
  bool limit();
  bool until();
  bool times();
  std::optional<int> ordinal();
  void set_frequency(Unit unit);
  void take_of_month();
  std::string rrule() const;

  Cursor in_;
  Rule rule_{};
  std::string hint_;
};

}  // namespace common::words
