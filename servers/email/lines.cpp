#include "servers/email/lines.hpp"

#include <algorithm>

namespace email {

std::string joined_lines(const std::vector<std::string>& items) {
  std::string out;
  for (const std::string& item : items) out += (out.empty() ? "" : "\n") + item;
  return out;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> items;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    items.emplace_back(line);
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
  return items;
}

}  // namespace email
