#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace common {

/// How something repeats: an RRULE (RFC 5545, 3.3.10) without its name, "FREQ=WEEKLY;BYDAY=TU".
struct Repeat {
  std::string rrule{};
  friend bool operator==(const Repeat&, const Repeat&) = default;
};

/// Reads an RRULE, with or without "RRULE:", or words such as "weekly", "every 2 weeks on tue",
/// "monthly on the 3rd", "every first monday until June 2026", "daily 5 times". A limit in words
/// names its year, for no clock is asked. Returns what was expected, if the text is neither.
std::optional<std::string> parse(std::string_view text, Repeat& out);
std::string to_string(const Repeat& repeat);

}  // namespace common
