#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>

#include "servers/common/icalendar/content.hpp"
#include "servers/common/icalendar/values.hpp"
#include "servers/common/icalendar/zones.hpp"

namespace icalendar {

/// What the TZIDs of one calendar mean: the system's zone of that name, else the calendar's own
/// VTIMEZONE, else the zone of that Windows name. Immutable once made.
class ZoneBook final {
 public:
  /// `floating` is the zone of times without one, and of whole days.
  ZoneBook(const Component& calendar, common::Zone floating);

  /// Throws mcp::ToolError naming the zone if it is unknown.
  common::Zone find(const std::string& tzid) const;
  common::Zone zone_of(const Moment& moment) const;
  std::chrono::sys_seconds instant(const Moment& moment) const;
  const common::Zone& floating() const { return floating_; }

  /// True if the TZID can only be understood with the calendar's VTIMEZONE beside it.
  bool is_own(const std::string& tzid) const;

 private:
  common::Zone floating_;
  std::map<std::string, common::Zone, std::less<>> own_;
  std::map<std::string, std::string, std::less<>> broken_;  ///< What is wrong with it.
};

}  // namespace icalendar
