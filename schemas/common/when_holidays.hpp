#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "schemas/common/time.hpp"

/// Which holidays dates in words know, and by what rule each falls. What a rule means in a year is
/// servers/common/holidays' business.
namespace common::words {

struct HolidayRule {
  enum class Kind : std::uint8_t {
    Fixed,         ///< `month`, `day`.
    Weekday,       ///< The `nth` `weekday` of `month` (-1: last), `day` days on.
    Easter,        ///< `day` days after Easter of the western churches.
    Orthodox,      ///< `day` days after Easter of the eastern churches.
    Hebrew,        ///< `month` (Nisan 1 to Adar 12, Adar II 13), `day`; begins on the eve before.
    Islamic,       ///< `month`, `day`.
    Chinese,       ///< `month`, `day` of the lunisolar calendar.
    Hindu,         ///< Lunar month (Chaitra 1), tithi 1 to 30 (full moon 15), see `at`.
    SunLongitude,  ///< The day on which the sun reaches `day` degrees, `nth` days on.
    SunSidereal,   ///< The day on which the sun enters the sidereal sign `month` (Mesha 1), `nth`
                   ///< on.
    Once           ///< `nth`: 0 tax day, 1 super, 2 mini-, 3 giga Tuesday of the United States.
  };
  /// What moves a day off a weekend.
  enum class Move : std::uint8_t {
    Stays,
    ToWeekday,      ///< Saturday to Friday, Sunday to Monday.
    SundayBack,     ///< Sunday to Saturday.
    SundayForward,  ///< Sunday to Monday.
    Forward         ///< Saturday and Sunday to Monday.
  };
  /// The time of day at which a tithi must run for its day to count.
  enum class At : std::uint8_t { Sunrise, Noon, Afternoon, Sunset, Night };

  Kind kind{};
  int month{};
  int day{};
  int nth{};
  common::Weekday weekday{};
  Move move{};
  At at{};
};

/// Its names, as patterns of rules between semicolons ("christmas day?; xmas"), and how many days
/// it lasts.
struct HolidayInfo {
  std::string_view names{};
  HolidayRule rule{};
  int days{1};
};

/// Fixed days, nth weekdays, and what is counted from Easter.
std::span<const HolidayInfo> western_holidays();
/// Those of lunar and lunisolar calendars.
std::span<const HolidayInfo> lunar_holidays();

/// Days of nations, saints and causes.
std::span<const HolidayInfo> world_holidays();

/// All: what `Holiday::which` counts.
const HolidayInfo& holiday(std::size_t which);
std::size_t holiday_count();

}  // namespace common::words
