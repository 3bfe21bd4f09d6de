#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "schemas/common/when_tree.hpp"

/// Calendar arithmetic on local days, without clock or zone: what resolving words needs.
namespace common::words {

/// From `begin` to before `end`.
struct Days {
  std::chrono::local_days begin{};
  std::chrono::local_days end{};
};

std::chrono::local_days monday_of(std::chrono::local_days day);
Weekday weekday_on(std::chrono::local_days day);

/// The same day of the month so many months on, or the last day of a shorter month.
std::chrono::local_days months_later(std::chrono::local_days day, std::int64_t months);
/// Days and longer units on; smaller units leave the day as it is.
std::chrono::local_days later(std::chrono::local_days day, const Amount& by, bool back);

/// The whole day, week, month ... century that holds `day`, `skip` of them on.
Days unit_around(std::chrono::local_days day, Unit unit, std::int64_t skip = 0);

/// The `n`th day (or month, if the date names no day) inside `within` that fits; from the end where
/// n is negative.
std::optional<Days> nth_match(const Date& date, Days within, int n);
/// The nth whole unit inside `within`.
std::optional<Days> nth_unit(Unit unit, Days within, int n);

/// Where a period that comes back (a month, quarter, season, weekend) lies: the one of `index`,
/// which is a year, or for weekends a count of weeks. Nothing for other nodes.
std::optional<Days> occurrence(const Node& period, std::int64_t index);
std::int64_t occurrence_index(const Node& period, std::chrono::local_days day);

/// Seconds, minutes and hours; nothing of larger units.
std::chrono::seconds on_the_time_line(const Amount& amount);

/// "Friday 2026-03-13"
std::string spelled_day(std::chrono::local_days day);

/// A third of a period, by its length: of a month 10 days, 10 days and the rest; of a week three
/// days, one, three.
Days third_of(Days period, Unit unit, Third third);

}  // namespace common::words
