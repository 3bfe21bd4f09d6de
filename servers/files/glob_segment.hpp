#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace files {

/// Whose rules a pattern follows: npm minimatch's (10.2, dot: true), or those of .gitignore.
enum class GlobRules { Minimatch, Git };

struct GlobSequence;

/// The part of a glob between two slashes. Names are compared in UTF-16 as the reference does: "?"
/// is one unit. Immutable once made.
class GlobSegment final {
 public:
  GlobSegment(std::string_view text, GlobRules rules);

  /// "**": any number of folders. Whoever walks the path sees to it; `matches` is not asked.
  bool is_globstar() const { return kind_ == Kind::Globstar; }
  bool is_literal() const { return kind_ == Kind::Literal; }
  const std::string& text() const { return text_; }

  /// True if `name`, without a slash, is what the segment means.
  bool matches(std::string_view name) const;

 private:
  enum class Kind { Globstar, Literal, Any, Suffix, Length, Pieces, Sequence };

  bool is_quick(std::string_view text);

  Kind kind_{};
  std::string text_;                 ///< Literal and Suffix: what the name is or ends with.
  std::size_t length_{};             ///< Length: UTF-16 units of the name.
  std::vector<std::string> pieces_;  ///< Pieces: with a star between each two.
  std::shared_ptr<const GlobSequence> sequence_;
};

}  // namespace files
