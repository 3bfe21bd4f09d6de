#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "servers/files/glob.hpp"

namespace files {

/// What one .gitignore says (gitignore(5)): the last line that matches a path decides.
class IgnoreFile final {
 public:
  explicit IgnoreFile(std::string_view text);

  enum class Verdict { Silent, Ignored, Kept };
  /// `path` as seen from the folder of the file.
  Verdict verdict(PathParts path, bool is_folder) const;

 private:
  struct Line {
    GlobPath glob{};
    bool kept{};       ///< "!": not ignored after all.
    bool folders{};    ///< "/" at the end: folders alone.
    bool any_depth{};  ///< No other slash: the name alone counts.
  };
  std::vector<Line> lines_;
};

/// The .gitignore files that hold in a folder: its own and those above, up to that of the work
/// tree. A file further in overrules those further out. Cheap to copy.
class IgnoreRules final {
 public:
  /// Those that hold in the folder `depth` parts below where the walk began, with `text` as its
  /// own.
  IgnoreRules with(std::string_view text, std::size_t depth) const;
  /// As with(), for a folder above where the walk began; `above` are the names from it down to
  /// there.
  IgnoreRules with_outer(std::string_view text, std::vector<std::string> above) const;

  /// `path` as seen from where the walk began. What lies in an ignored folder is not asked about.
  bool ignores(PathParts path, bool is_folder) const;

 private:
  struct Scope {
    IgnoreFile file;
    std::vector<std::string> above{};  ///< Between its folder and where the walk began.
    std::size_t depth{};               ///< Of its folder below there.
  };
  std::vector<std::shared_ptr<const Scope>> scopes_;  ///< The outermost first.
};

}  // namespace files
