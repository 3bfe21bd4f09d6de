#include "host/harness/json_pointer.hpp"

#include <algorithm>

namespace harness {
namespace {

constexpr std::size_t kIndexDigitsMax = 9;

std::string unescaped(std::string_view token) {
  std::string key;
  for (std::size_t at = 0; at < token.size(); ++at) {
    if (token[at] == '~') {
      key.push_back(token[++at] == '0' ? '~' : '/');
    } else {
      key.push_back(token[at]);
    }
  }
  return key;
}

const nlohmann::json* element(const nlohmann::json& list, std::string_view token) {
  const bool digits = !token.empty() && token.size() <= kIndexDigitsMax &&
                      std::ranges::all_of(token, [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || (token.size() > 1 && token.front() == '0')) return nullptr;
  const std::size_t index = std::stoul(std::string(token));
  return index < list.size() ? &list[index] : nullptr;
}

}  // namespace

bool is_json_pointer(std::string_view text) {
  if (!text.empty() && text.front() != '/') return false;
  for (std::size_t at = text.find('~'); at != text.npos; at = text.find('~', at + 1)) {
    if (at + 1 == text.size() || (text[at + 1] != '0' && text[at + 1] != '1')) return false;
  }
  return true;
}

const nlohmann::json* find_at(const nlohmann::json& value, std::string_view pointer) {
  const nlohmann::json* here = &value;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const std::string_view token = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(token.size());
    if (here->is_array()) {
      here = element(*here, token);
    } else if (here->is_object()) {
      const auto found = here->find(unescaped(token));
      here = found == here->end() ? nullptr : &*found;
    } else {
      return nullptr;
    }
    if (here == nullptr) return nullptr;
  }
  return here;
}

std::string pointer_step(std::string_view key) {
  std::string step = "/";
  for (const char c : key) {
    if (c == '~') {
      step += "~0";
    } else if (c == '/') {
      step += "~1";
    } else {
      step.push_back(c);
    }
  }
  return step;
}

}  // namespace harness
