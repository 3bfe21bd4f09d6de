#include "servers/calendar/zone_argument.hpp"

#include "protocol/mcp/handler.hpp"

namespace calendar {

common::Zone zone_argument(const std::string& name, const common::Times& times) {
  if (name.empty()) return times.zone();
  const std::optional<common::Zone> zone = common::Zone::find(name);
  if (!zone) {
    throw mcp::ToolError("/zone: no time zone \"" + name +
                         "\"; expected an IANA name such as Europe/Warsaw");
  }
  return *zone;
}

}  // namespace calendar
