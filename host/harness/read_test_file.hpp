#pragma once

#include <filesystem>
#include <string>

#include "host/harness/test_file.hpp"

namespace harness {

constexpr std::size_t kTestFileMax = 16 * 1024 * 1024;  ///< Bytes.

/// Reads and checks one file whole: keys, types, patterns, pointers, names of variables and the
/// order in which they come to be. Throws std::runtime_error "FILE:LINE: KEY: what is wrong;
/// remedy". Fixtures' paths become absolute, from the folder of the file.
TestFile read_test_file(const std::filesystem::path& path);

/// The same for text that stands nowhere yet; `path` is what complaints name.
TestFile parse_test_file(const std::string& text, const std::filesystem::path& path);

}  // namespace harness
