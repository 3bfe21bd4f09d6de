#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "servers/files/glob_segment.hpp"

namespace files {

/// "[a-z_[:digit:]]"
struct GlobClass {
  bool negated{};
  std::vector<std::pair<char16_t, char16_t>> ranges{};
  std::vector<std::string> posix{};  ///< "alpha", ...
  bool contains(char16_t unit) const;
};

struct GlobNode {
  enum class Kind : std::uint8_t { Unit, Any, Star, Class, Group, Never };
  Kind kind{};
  char16_t unit{};                                    ///< Unit
  GlobClass set{};                                    ///< Class
  char16_t group{};                                   ///< Group: one of ! ? + * @
  bool nonempty{};                                    ///< Star: at least one unit.
  std::vector<std::vector<GlobNode>> alternatives{};  ///< Group
  std::vector<GlobNode> rest{};  ///< Group "!": what follows it up to the end of the segment.
};

/// A segment as a list of what has to come one after the other.
struct GlobSequence {
  std::vector<GlobNode> nodes{};
};

GlobSequence parse_segment(std::u16string_view text, GlobRules rules);
bool matches(const GlobSequence& sequence, std::u16string_view name);

/// Invalid UTF-8 becomes U+FFFD.
std::u16string to_utf16(std::string_view text);
std::string to_utf8(std::u16string_view text);
std::size_t utf16_length(std::string_view text);

}  // namespace files
