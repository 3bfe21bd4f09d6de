#include "servers/common/icalendar/zone_table.hpp"

#include <algorithm>
#include <iterator>

namespace common {

std::chrono::seconds ZoneTable::offset_at(std::chrono::sys_seconds instant) const {
  const auto next = std::ranges::upper_bound(onsets, instant, {}, &Onset::at);
  return next == onsets.begin() ? before : std::prev(next)->offset;
}

}  // namespace common
