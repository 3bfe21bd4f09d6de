#pragma once

#include <string>

#include "host/harness/test_file.hpp"
#include "host/harness/toml_node.hpp"

namespace harness {

/// Refuses what is no name for a variable of a test file, or is the harness's own.
void require_free_name(const TomlNode& node, const std::string& name);

/// Every `${name}` in the file has a value by the time it is used: from the fixtures, or captured
/// by an earlier step of the same test (for tear-down, by any). Throws std::runtime_error
/// "FILE:LINE: ..." for the first that has none.
void require_known_names(const TestFile& file);

}  // namespace harness
