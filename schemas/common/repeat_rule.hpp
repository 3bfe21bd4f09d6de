#pragma once

#include <optional>
#include <string>
#include <string_view>

/// RRULE values by their syntax (RFC 5545, 3.3.10): what `parse(Repeat)` tries first.
namespace common::rrule {

/// True if the text means to be an RRULE, right or wrong: it names FREQ.
bool looks_like(std::string_view text);

/// The rule in capitals, FREQ first, without "RRULE:"; or what is wrong with it, in `problem`.
std::optional<std::string> checked(std::string_view text, std::string& problem);

}  // namespace common::rrule
