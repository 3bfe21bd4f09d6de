#pragma once

#include <optional>
#include <string>

#include "schemas/common/repeat.hpp"

namespace common {

/// A repeat as people say it: "every 2 weeks on Tuesday until 30 June 2026". `parse` reads it back
/// as the same rule, its parts in the order that `parse` gives them. Nothing for what words of this
/// grammar cannot say, such as BYHOUR: then show the RRULE.
std::optional<std::string> in_words(const Repeat& repeat);

}  // namespace common
