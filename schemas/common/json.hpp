#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace common {

/// Any JSON value that only passes through: canonical bytes (no spaces, keys sorted), at most 64
/// KiB and 32 levels deep. Empty text stands for null.
struct Json {
  std::string text{};
  friend bool operator==(const Json&, const Json&) = default;
};

/// Returns what was expected, if `text` is not such a value.
std::optional<std::string> parse(std::string_view text, Json& out);
std::string to_string(const Json& json);

}  // namespace common
