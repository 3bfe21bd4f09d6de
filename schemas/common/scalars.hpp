#pragma once

#include "protocol/mcp/fields.hpp"

/// Tables of the values in values.hpp, as generated tables refer to them.
namespace common::tables {

extern const mcp::fields::Type kWhen;
extern const mcp::fields::Type kRepeat;
extern const mcp::fields::Type kTime;
extern const mcp::fields::Type kJson;
extern const mcp::fields::Type kWeekday;

}  // namespace common::tables
