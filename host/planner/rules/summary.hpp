#pragma once

#include <string>

namespace host {

/// What a letter says, in its own words: the first sentence behind the greeting, at most 140 bytes.
std::string summary_of(const std::string& text);

/// The letter from its first line that is no greeting.
std::string without_greeting(const std::string& text);

/// `text` with every run of white space as one space.
std::string on_one_line(const std::string& text);

}  // namespace host
