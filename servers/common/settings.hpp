#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace common {

/// A server's own `settings.toml`: what the user set by hand, read once at the start. Keys are
/// dotted
/// ("working.hours"). A missing file is an empty one. Asking for a key by the wrong type is a
/// std::runtime_error that names the file and the key, as is a file that cannot be parsed.
class Settings final {
 public:
  Settings() = default;
  explicit Settings(const std::filesystem::path& file);

  std::optional<std::string> text(std::string_view key) const;
  std::optional<std::int64_t> integer(std::string_view key) const;
  std::optional<bool> flag(std::string_view key) const;
  /// A list of strings; one string counts as a list of one. Empty where the key is not set.
  std::vector<std::string> texts(std::string_view key) const;

 private:
  using Value = std::variant<std::string, std::int64_t, bool, std::vector<std::string>>;
  const Value* find(std::string_view key) const;
  [[noreturn]] void refuse(std::string_view key, std::string_view expected) const;

  std::filesystem::path file_;
  std::map<std::string, Value, std::less<>> values_;
};

}  // namespace common
