#pragma once

#include <cstdint>
#include <string>

#include "protocol/transport/descriptor.hpp"
#include "servers/common/icalendar/zones.hpp"

namespace files {

/// Size, times, type and permissions of an open file or folder, "key: value" a line. Throws
/// std::system_error.
std::string info_text(const transport::Descriptor& file, const common::Zone& zone);

/// "1.50 KB"
std::string size_text(std::int64_t bytes);

}  // namespace files
