#pragma once

#include <string>

#include "servers/common/times.hpp"

namespace calendar {

/// The zone an argument names; the user's where it is empty. Throws mcp::ToolError ("/zone: ...").
common::Zone zone_argument(const std::string& name, const common::Times& times);

}  // namespace calendar
