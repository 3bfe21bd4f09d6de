#pragma once

#include <chrono>
#include <vector>

#include "schemas/common/when_holidays.hpp"

/// Days of calendars that follow the moon, as days of the Gregorian one.
namespace common::lunar {

/// The arithmetic Hebrew calendar (Reingold and Dershowitz, Calendrical Calculations). Months from
/// Nisan 1 to Adar 12; of a leap year 12 is Adar II.
std::chrono::local_days hebrew_day(int hebrew_year, int month, int day);

/// The first days of that Islamic month: as in Mecca, a month begins on the day after the evening
/// on which the new moon is some hours old (which is close to the Umm al-Qura calendar; what is
/// announced by sighting may be a day off). Both are days that begin in a Gregorian year, mostly
/// one.
std::vector<std::chrono::local_days> islamic_days(int gregorian_year, int month, int day);

/// The day in that Gregorian year by the Chinese calendar (month 11 holds the winter solstice, a
/// leap month is one in which the sun enters no sign; times of Beijing).
std::chrono::local_days chinese_day(int gregorian_year, int month, int day);

/// The days of a lunar month of India (amanta, Chaitra 1; leap months are passed over) on which the
/// tithi runs at the time of day that the rule names, in Indian time; where it never does, the day
/// on which it begins.
std::vector<std::chrono::local_days> hindu_days(int gregorian_year, const words::HolidayRule& rule);

/// The day on which the sun reaches a tropical longitude, in Beijing's time.
std::chrono::local_days sun_day(int gregorian_year, int degrees);
/// The day on which the sun enters a sidereal sign (Mesha 1), in Indian time; after sunset the
/// next.
std::chrono::local_days sidereal_day(int gregorian_year, int sign);

}  // namespace common::lunar
