#pragma once

#include <chrono>
#include <vector>

#include "schemas/common/when_holidays.hpp"

namespace common::words {

/// The first days of a holiday in a Gregorian year, earliest first; none or several where it
/// follows another calendar or comes in some years only.
std::vector<std::chrono::local_days> holiday_days(const HolidayRule& rule, int year);

}  // namespace common::words
