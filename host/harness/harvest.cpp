#include "host/harness/harvest.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <sstream>

namespace harness {
namespace {

using Json = nlohmann::json;

constexpr int kHarvestDepthMax = 6;
constexpr std::size_t kTextMax = 64 * 1024;
constexpr std::size_t kValueMax = 300;  // Longer texts are content, not names.
constexpr const char* kPath = "path";
constexpr std::array<std::string_view, 8> kPathWords{"path", "file",   "dir",         "folder",
                                                     "root", "source", "destination", "target"};

bool looks_like_a_path(std::string_view name) {
  return std::ranges::any_of(
      kPathWords, [&](std::string_view word) { return name.find(word) != std::string_view::npos; });
}

}  // namespace

std::string plain_name(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0) plain.push_back(static_cast<char>(std::tolower(byte)));
  }
  if (plain.size() > 2 && plain.ends_with('s') && !plain.ends_with("ss")) plain.pop_back();
  return plain;
}

void Harvest::take(const Json& arguments, const Answer& answer) {
  if (!answer.is_success()) return;
  walk("", answer.structured(), 0);
  const std::string text = answer.text().substr(0, kTextMax);
  const Json parsed = Json::parse(text, nullptr, false);
  if (parsed.is_structured()) walk("", parsed, 0);
  const auto folder = arguments.find("path");
  read_text(text, folder != arguments.end() && folder->is_string() ? folder->get<std::string>()
                                                                   : std::string());
}

void Harvest::walk(std::string_view name, const Json& value, int depth) {
  if (depth > kHarvestDepthMax) return;
  if (value.is_object()) {
    for (const auto& [key, member] : value.items()) walk(key, member, depth + 1);
  } else if (value.is_array()) {
    for (const Json& item : value) walk(name, item, depth + 1);
  } else if ((value.is_string() && value.get_ref<const std::string&>().size() <= kValueMax &&
              !value.get_ref<const std::string&>().empty()) ||
             value.is_number_integer()) {
    keep(plain_name(name), value);
  }
}

// Absolute paths, and what a listing calls a file or a folder of the path that was asked for.
void Harvest::read_text(const std::string& text, const std::string& folder) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    for (const std::string_view mark : {"[FILE] ", "[DIR] "}) {
      if (folder.empty() || !line.starts_with(mark)) continue;
      const std::string rest = line.substr(mark.size());
      keep(kPath, folder + "/" + rest.substr(0, rest.find("  ")));
    }
    std::istringstream words(line);
    for (std::string word; words >> word;) {
      while (!word.empty() && std::string_view("\"',;()").find(word.back()) != std::string::npos)
        word.pop_back();
      if (word.size() > 1 && word.front() == '/' && word.size() <= kValueMax) keep(kPath, word);
    }
  }
}

void Harvest::keep(const std::string& name, const Json& value) {
  std::vector<Json>& values = by_name_[name];
  if (values.size() < kPerNameMax && std::ranges::find(values, value) == values.end())
    values.push_back(value);
}

std::vector<Json> Harvest::values_for(std::string_view argument) const {
  const std::string name = plain_name(argument);
  std::vector<std::string> names{name};
  if (name.ends_with("id")) names.emplace_back("id");
  if (name.ends_with("name")) names.emplace_back("name");
  if (looks_like_a_path(name)) names.emplace_back(kPath);
  std::vector<Json> values;
  for (const std::string& each : names) {
    const auto found = by_name_.find(each);
    if (found == by_name_.end()) continue;
    for (const Json& value : found->second) {
      if (std::ranges::find(values, value) == values.end()) values.push_back(value);
    }
  }
  return values;
}

}  // namespace harness
