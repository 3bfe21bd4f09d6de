#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace email {

/// A list of one-line texts as one column keeps it, and back.
std::string joined_lines(const std::vector<std::string>& items);
std::vector<std::string> lines_of(std::string_view text);

}  // namespace email
