#pragma once

#include <span>

#include "schemas/common/when_item.hpp"

/// The rules of dates in words, a table each kind. Any table may use what any other makes. To add a
/// phrase, add a row: see CONTRIBUTING.
namespace common::words {

std::span<const Rule> length_rules();   ///< "an hour and a half", "a fortnight"
std::span<const Rule> shift_rules();    ///< "in 2 hours", "3 days before christmas"
std::span<const Rule> date_rules();     ///< "16 March 2026", "the 3rd"
std::span<const Rule> clock_rules();    ///< "half past 3", "8 in the evening"
std::span<const Rule> period_rules();   ///< "next week", "end of month", "first monday of april"
std::span<const Rule> range_rules();    ///< "from 9 to 10", "since monday"
std::span<const Rule> join_rules();     ///< what stands side by side
std::span<const Rule> holiday_rules();  ///< "christmas"; see when_holidays

std::span<const std::span<const Rule>> rule_tables();

}  // namespace common::words
