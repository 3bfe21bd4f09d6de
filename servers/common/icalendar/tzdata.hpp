#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "servers/common/icalendar/zone_table.hpp"

namespace common {

/// Reads a compiled zone file (TZif, RFC 8536, version 2 or later), its footer included. Nothing if
/// the bytes are not one. We read it ourselves because libical 3.0.16, which turns the file into a
/// VTIMEZONE first, misplaces changes at 24:00 and of Morocco, Cuba and Iran.
std::optional<ZoneTable> read_tzdata(std::string id, std::string_view file);

}  // namespace common
