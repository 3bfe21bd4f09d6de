#include "host/harness/toml_node.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace harness {
namespace {

constexpr double kSecondsMax = 24 * 60 * 60;

std::string joined(std::initializer_list<std::string_view> words) {
  std::string out;
  std::size_t left = words.size();
  for (const std::string_view word : words) {
    if (!out.empty()) out += left == 1 ? " and " : ", ";
    out += word;
    --left;
  }
  return out;
}

}  // namespace

void TomlNode::refuse(const std::string& problem) const {
  throw std::runtime_error(file_->string() + ":" + std::to_string(line()) + ": " +
                           (key_.empty() ? "" : key_ + ": ") + problem);
}

std::string TomlNode::text() const {
  if (!node_->is_string()) refuse("expected a text; write it in quotes");
  return node_->as_string()->get();
}

std::string TomlNode::filled_text() const {
  std::string found = text();
  if (found.empty()) refuse("is empty; give it a text or leave the key out");
  return found;
}

bool TomlNode::truth() const {
  if (!node_->is_boolean()) refuse("expected true or false, without quotes");
  return node_->as_boolean()->get();
}

std::int64_t TomlNode::integer() const {
  if (!node_->is_integer()) refuse("expected a whole number, without quotes");
  return node_->as_integer()->get();
}

std::vector<std::string> TomlNode::texts() const {
  if (!node_->is_array()) refuse("expected a list of texts, like [\"a\", \"b\"]");
  std::vector<std::string> list;
  for (const toml::node& each : *node_->as_array()) {
    list.push_back(TomlNode(*file_, each, key_).text());
  }
  return list;
}

std::chrono::milliseconds TomlNode::seconds() const {
  const std::optional<double> value = node_->is_number() ? node_->value<double>() : std::nullopt;
  if (!value || !(*value > 0) || *value > kSecondsMax) {
    refuse("expected seconds, a number above 0 and up to 86400");
  }
  return std::chrono::milliseconds(std::max<std::int64_t>(1, std::llround(*value * 1000)));
}

nlohmann::json TomlNode::json() const {
  if (node_->is_string()) return node_->as_string()->get();
  if (node_->is_integer()) return node_->as_integer()->get();
  if (node_->is_boolean()) return node_->as_boolean()->get();
  if (node_->is_floating_point()) {
    const double value = node_->as_floating_point()->get();
    if (!std::isfinite(value)) refuse("JSON has no such number; give one that is finite");
    return value;
  }
  if (const toml::array* list = node_->as_array()) {
    nlohmann::json out = nlohmann::json::array();
    for (const toml::node& each : *list) out.push_back(TomlNode(*file_, each, key_).json());
    return out;
  }
  if (node_->is_table()) {
    nlohmann::json out = nlohmann::json::object();
    for (const auto& [name, each] : members()) out[name] = each.json();
    return out;
  }
  refuse("JSON has no dates and times; write this one in quotes");
}

std::vector<std::pair<std::string, TomlNode>> TomlNode::members() const {
  if (!node_->is_table()) refuse("expected a table, like {key = \"value\"}");
  std::vector<std::pair<std::string, TomlNode>> list;
  for (const auto& [name, each] : *node_->as_table()) {
    const std::string key(name.str());
    list.emplace_back(key, TomlNode(*file_, each, key_.empty() ? key : key_ + "." + key));
  }
  return list;
}

std::vector<std::pair<std::string, TomlNode>> TomlNode::members(
    std::initializer_list<std::string_view> known) const {
  auto list = members();
  for (const auto& [name, each] : list) {
    if (std::ranges::find(known, name) == known.end()) {
      each.refuse("is not known here; there are " + joined(known));
    }
  }
  return list;
}

std::vector<TomlNode> TomlNode::elements() const {
  const bool tables =
      node_->is_array() &&
      std::ranges::all_of(*node_->as_array(), [](const auto& n) { return n.is_table(); });
  if (!tables) refuse("expected a list of tables; write [[" + key_ + "]] above each");
  std::vector<TomlNode> list;
  for (const toml::node& each : *node_->as_array()) {
    list.emplace_back(*file_, each, key_);
  }
  return list;
}

}  // namespace harness
