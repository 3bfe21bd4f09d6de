#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace host {

/// The arguments of a call as the words of a command line give them: `object` is a JSON object or
/// @FILE (empty for none), each pair `key=value` adds to it, typed by the tool's input schema.
/// Throws std::runtime_error.
nlohmann::json arguments_of(const std::string& object, const std::vector<std::string>& pairs,
                            const nlohmann::json& input_schema);

}  // namespace host
