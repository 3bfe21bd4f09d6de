#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

/// JSON Pointers (RFC 6901).
namespace harness {

bool is_json_pointer(std::string_view text);

/// What the pointer names in `value`; null pointer if there is nothing.
const nlohmann::json* find_at(const nlohmann::json& value, std::string_view pointer);

/// `key` as one step of a pointer: "/" in front, "~" and "/" escaped.
std::string pointer_step(std::string_view key);

}  // namespace harness
