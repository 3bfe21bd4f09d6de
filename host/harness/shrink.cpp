#include "host/harness/shrink.hpp"

#include <string>
#include <utility>
#include <vector>

namespace harness {
namespace {

using Json = nlohmann::json;
using Pointer = Json::json_pointer;

// Where no code point begins.
bool is_inside(const std::string& text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80U;
}

/// Simpler spellings of one text, the simplest first.
std::vector<Json> simpler_texts(const std::string& text) {
  std::vector<Json> candidates;
  if (text.size() <= 1) return candidates;
  candidates.emplace_back("a");
  std::size_t half = text.size() / 2;
  while (is_inside(text, half)) ++half;
  if (half >= text.size()) return candidates;
  candidates.emplace_back(text.substr(0, half));
  candidates.emplace_back(text.substr(half));
  return candidates;
}

std::vector<Json> simpler(const Json& value) {
  std::vector<Json> candidates;
  if (value.is_string()) return simpler_texts(value.get_ref<const std::string&>());
  if (value.is_number_integer()) {
    const auto number = value.get<std::int64_t>();
    if (number != 0) candidates.emplace_back(0);
    if (number > 1 || number < -1) {
      candidates.emplace_back(number > 0 ? 1 : -1);
      candidates.emplace_back(number / 2);
    }
  } else if (value.is_array() && value.size() > 1) {
    const auto middle = value.begin() + static_cast<std::ptrdiff_t>(value.size() / 2);
    candidates.emplace_back(Json::array_t(value.begin(), middle));
    candidates.emplace_back(Json::array_t(middle, value.end()));
  }
  return candidates;
}

void places(const Json& value, const Pointer& at, std::vector<Pointer>& found) {
  if (!at.empty()) found.push_back(at);
  if (value.is_object()) {
    for (const auto& [key, member] : value.items()) places(member, at / key, found);
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) places(value[i], at / i, found);
  }
}

/// All values that are one step simpler.
std::vector<Json> steps(const Json& value) {
  std::vector<Pointer> all;
  places(value, Pointer(), all);
  std::vector<Json> candidates;
  for (const Pointer& at : all) {
    Json without = value;
    if (Json& parent = without[at.parent_pointer()]; parent.is_object()) {
      parent.erase(at.back());
      candidates.push_back(std::move(without));
    }
  }
  for (const Pointer& at : all) {
    for (Json& each : simpler(value[at])) {
      Json changed = value;
      changed[at] = std::move(each);
      candidates.push_back(std::move(changed));
    }
  }
  return candidates;
}

}  // namespace

Json shrunk(Json value, const std::function<bool(const Json&)>& fails, std::size_t tries) {
  bool smaller = true;
  while (smaller && tries > 0) {
    smaller = false;
    for (Json& candidate : steps(value)) {
      if (tries == 0) break;
      --tries;
      if (!fails(candidate)) continue;
      value = std::move(candidate);
      smaller = true;
      break;
    }
  }
  return value;
}

}  // namespace harness
