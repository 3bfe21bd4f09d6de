#include "servers/common/settings.hpp"

#include <toml++/toml.h>
#include <sstream>
#include <stdexcept>

namespace common {
namespace {

using Value = std::variant<std::string, std::int64_t, bool, std::vector<std::string>>;

[[noreturn]] void refuse_at(const std::filesystem::path& file, const toml::source_region& where,
                            std::string_view problem) {
  throw std::runtime_error(file.string() + ", line " + std::to_string(where.begin.line) + ": " +
                           std::string(problem));
}

std::vector<std::string> strings_of(const std::filesystem::path& file, const toml::array& array) {
  std::vector<std::string> texts;
  for (const toml::node& node : array) {
    const std::optional<std::string> text = node.value_exact<std::string>();
    if (!text) refuse_at(file, node.source(), "a list may hold strings only");
    texts.push_back(*text);
  }
  return texts;
}

void flatten(const std::filesystem::path& file, const std::string& prefix, const toml::table& table,
             std::map<std::string, Value, std::less<>>& out) {
  for (const auto& [name, node] : table) {
    const std::string key = prefix + std::string(name.str());
    if (const toml::table* inner = node.as_table()) {
      flatten(file, key + ".", *inner, out);
    } else if (const toml::array* array = node.as_array()) {
      out[key] = strings_of(file, *array);
    } else if (const auto text = node.value_exact<std::string>()) {
      out[key] = *text;
    } else if (const auto number = node.value_exact<std::int64_t>()) {
      out[key] = *number;
    } else if (const auto flag = node.value_exact<bool>()) {
      out[key] = *flag;
    } else {
      refuse_at(file, node.source(), key + " must be text, a whole number, true, false or a list");
    }
  }
}

}  // namespace

Settings::Settings(const std::filesystem::path& file) : file_(file) {
  if (!std::filesystem::exists(file)) return;
  try {
    flatten(file, "", toml::parse_file(file.string()), values_);
  } catch (const toml::parse_error& error) {
    refuse_at(file, error.source(), error.description());
  }
}

const Settings::Value* Settings::find(std::string_view key) const {
  const auto found = values_.find(key);
  return found == values_.end() ? nullptr : &found->second;
}

void Settings::refuse(std::string_view key, std::string_view expected) const {
  throw std::runtime_error(file_.string() + ": " + std::string(key) + " must be " +
                           std::string(expected));
}

std::optional<std::string> Settings::text(std::string_view key) const {
  const Value* value = find(key);
  if (value == nullptr) return std::nullopt;
  if (const auto* text = std::get_if<std::string>(value)) return *text;
  refuse(key, "text in quotes");
}

std::optional<std::int64_t> Settings::integer(std::string_view key) const {
  const Value* value = find(key);
  if (value == nullptr) return std::nullopt;
  if (const auto* number = std::get_if<std::int64_t>(value)) return *number;
  refuse(key, "a whole number");
}

std::optional<bool> Settings::flag(std::string_view key) const {
  const Value* value = find(key);
  if (value == nullptr) return std::nullopt;
  if (const auto* flag = std::get_if<bool>(value)) return *flag;
  refuse(key, "true or false");
}

std::vector<std::string> Settings::texts(std::string_view key) const {
  const Value* value = find(key);
  if (value == nullptr) return {};
  if (const auto* text = std::get_if<std::string>(value)) return {*text};
  if (const auto* texts = std::get_if<std::vector<std::string>>(value)) return *texts;
  refuse(key, "a list of strings");
}

}  // namespace common
