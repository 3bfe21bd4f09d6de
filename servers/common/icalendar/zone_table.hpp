#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace common {

/// The offsets of one zone, from a VTIMEZONE: libical makes one of a tzdata file, calendars bring
/// their own. Computed to the end of kZoneYearsEnd; later times keep the last offset.
struct ZoneTable {
  struct Onset {
    std::chrono::sys_seconds at{};
    std::chrono::seconds offset{};
  };

  std::string id{};
  std::chrono::seconds before{};  ///< The offset ahead of the first onset.
  std::vector<Onset> onsets{};    ///< In ascending order.

  std::chrono::seconds offset_at(std::chrono::sys_seconds instant) const;
};

constexpr int kZoneYearsEnd = 2150;
constexpr std::size_t kZoneOnsetsMax = 5000;

}  // namespace common
