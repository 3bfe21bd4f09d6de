#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace wire {

/// What is wrong with the result of a tools/call, by the tool's own schemas/<server>/<tool>.json
/// with its references followed: a member that no schema has, one that is required and missing, a
/// value of another type or outside its enum; no text; `_meta` that disagrees with the content.
/// Reads the schema files, not what was generated from them.
std::vector<std::string> shape_complaints(const std::string& server, const std::string& tool,
                                          const nlohmann::ordered_json& result);

}  // namespace wire
