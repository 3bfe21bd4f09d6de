#pragma once

#include <optional>
#include <string_view>

namespace common::words {

/// The weekday, month or day ("tomorrow") that a lower-cased word was meant to be, if it is none
/// but nearly: one letter wrong, missing, too many or swapped, and in the names that people get
/// wrong most, two. First and last letter must be right, or the letters the same. "Sundry" is a
/// word.
std::optional<std::string_view> misspelt_name(std::string_view word);

}  // namespace common::words
