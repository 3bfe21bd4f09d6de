#pragma once

#include <re2/re2.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace files {

struct Query {
  std::string text{};
  bool regex{};
  bool match_case{};
};

/// Finds what was asked for in whole blocks of text, not line by line: plain words by the C
/// library's search, all else by RE2, in time linear in the text whatever the pattern. A match
/// never crosses the end of a line. Not to be shared between threads.
class LineFinder final {
 public:
  /// Throws mcp::ToolError, beginning with "/query", for what is no regular expression.
  explicit LineFinder(const Query& query);

  struct Hit {
    std::size_t begin{};
    std::size_t end{};
  };
  /// The first match at or after `from`.
  std::optional<Hit> find(std::string_view text, std::size_t from) const;

  /// A match that lies across two blocks of a line too long for one is at most this long.
  std::size_t overlap() const { return query_.text.size() * 3 + 1024; }

 private:
  std::optional<Hit> find_folded(std::string_view text, std::size_t from) const;
  bool may_fold(std::string_view text) const;

  Query query_;
  std::string lower_;     ///< The query in small letters; empty where RE2 does the work.
  std::size_t rarest_{};  ///< Which letter of it is the rarest in text.
  bool foreign_case_{};   ///< It holds a k or s, which are also the small letters of K and long s.
  std::unique_ptr<re2::RE2> pattern_;
};

}  // namespace files
