#pragma once

#include <toml++/toml.h>

#include <chrono>
#include <filesystem>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace harness {

/// A node of a TOML file that knows its key, so that every complaint says where, what and how to
/// mend it. All of these throw std::runtime_error "FILE:LINE: KEY: ...".
class TomlNode {
 public:
  TomlNode(const std::filesystem::path& file, const toml::node& node, std::string key)
      : file_(&file), node_(&node), key_(std::move(key)) {}

  [[noreturn]] void refuse(const std::string& problem) const;
  std::size_t line() const { return node_->source().begin.line; }

  bool is_table() const { return node_->is_table(); }
  bool is_list() const { return node_->is_array(); }
  bool is_text() const { return node_->is_string(); }
  bool is_truth() const { return node_->is_boolean(); }

  std::string text() const;
  std::string filled_text() const;  ///< Not empty.
  bool truth() const;
  std::int64_t integer() const;
  std::vector<std::string> texts() const;
  std::chrono::milliseconds seconds() const;
  /// As JSON. Dates are refused: JSON has none.
  nlohmann::json json() const;

  /// A table's members, in the order of their keys; with `known`, no others are taken.
  std::vector<std::pair<std::string, TomlNode>> members() const;
  std::vector<std::pair<std::string, TomlNode>> members(
      std::initializer_list<std::string_view> known) const;
  /// The tables of a `[[key]]`.
  std::vector<TomlNode> elements() const;

 private:
  const std::filesystem::path* file_;
  const toml::node* node_;
  std::string key_;
};

}  // namespace harness
