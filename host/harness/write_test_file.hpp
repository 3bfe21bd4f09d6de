#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "host/harness/test_file.hpp"

namespace harness {

/// The file as TOML that read_test_file takes; paths of fixtures are written from the folder of
/// `file.path`. `comment`: lines for the head, without "#".
std::string write_test_file(const TestFile& file, const std::string& comment = "");

/// A text in TOML: in quotes, over several lines where it has several.
std::string toml_quoted(std::string_view text);

/// A value on one line. What TOML cannot say (null, whole numbers above 2^63 - 1) makes it empty.
std::string toml_inline(const nlohmann::json& value);

}  // namespace harness
