#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace schema {

/// A regular expression of ECMA-262 as JSON Schema uses it (unanchored), run by RE2 in linear time.
class Pattern {
 public:
  explicit Pattern(std::string_view ecma);
  ~Pattern();
  Pattern(Pattern&&) noexcept;

  /// Why it cannot be run (RE2 has no look-around and no back-references); empty if it can.
  const std::string& problem() const { return problem_; }

  /// Whether it is found in `text`. Only without a problem().
  bool found_in(std::string_view text) const;

 private:
  std::unique_ptr<re2::RE2> regex_;
  std::string problem_;
};

}  // namespace schema
