#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace files {

/// A glob's braces written out, as npm brace-expansion does: "a{b,c}" is "ab" and "ac", "{1..3}"
/// and
/// "{a..e..2}" are sequences, braces that make no set stay as they are. Throws mcp::ToolError where
/// that makes more patterns than any search needs.
std::vector<std::string> expand_braces(std::string_view pattern);

}  // namespace files
