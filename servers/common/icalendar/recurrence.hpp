#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "servers/common/icalendar/rule.hpp"

namespace icalendar {

/// The local times that a rule gives from a start on, in order: whole days or wall times, no zone.
/// The start itself is among them only if it fits the rule. UNTIL is the caller's, who knows the
/// zone.
///
/// We expand rules ourselves: libical 3.0.16 runs for minutes inside of one call of its iterator on
/// rules that seldom or never match, where it cannot be stopped, and gives wrong times where
/// DTSTART does not fit a valid rule (BYMONTHDAY, BYWEEKNO and BYSETPOS of a year).
class Recurrence final {
 public:
  /// `days` is the value type of the start: whole days know no hours.
  Recurrence(Rule rule, std::chrono::local_seconds start, bool days);

  /// Leaves out what is earlier than `from`, if that can be known without counting. Call it first.
  void skip_to(std::chrono::local_seconds from);

  /// The next time that is not after `last`, or nothing. Never searches beyond `last`.
  std::optional<std::chrono::local_seconds> next(std::chrono::local_seconds last);

 private:
  bool fill(std::chrono::local_seconds last);
  std::chrono::local_seconds origin() const;
  std::chrono::local_seconds period_begin() const;
  void expand_days(std::chrono::local_days begin, std::chrono::local_days end);
  void expand_time(std::chrono::local_seconds begin);
  void jump_to(std::chrono::local_seconds at);
  void keep(std::vector<std::chrono::local_seconds> set);

  std::chrono::local_seconds start_;
  Rule rule_;                                  ///< With what the start fills in.
  std::vector<std::chrono::seconds> times_{};  ///< Of a day, or of an hour or minute.
  std::int64_t index_{};                       ///< Of the next period, from that of the start.
  std::vector<std::chrono::local_seconds> found_{};  ///< In the last period, in order.
  std::size_t taken_{};                              ///< Of found_.
  int given_{};
};

/// Does the day pass every BYxxx of the rule that is about days?
bool matches_day(const Rule& rule, std::chrono::local_days day);

}  // namespace icalendar
