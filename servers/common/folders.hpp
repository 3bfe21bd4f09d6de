#pragma once

#include <filesystem>

#include "protocol/transport/descriptor.hpp"

namespace common {

/// Makes the folder and what is missing above it, readable by the user alone (0700). Throws
/// mcp::ToolError, saying what is in the way.
void make_private_folder(const std::filesystem::path& folder);

/// Makes an empty file, readable by the user alone (0600), where it is missing; an existing one is
/// not even opened, for closing it would drop the locks that SQLite holds on it. Throws as above.
void make_private_file(const std::filesystem::path& file);

/// Opens a file for reading and writing; a missing one is made as above.
transport::Descriptor open_private_file(const std::filesystem::path& file);

}  // namespace common
