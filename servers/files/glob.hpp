#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "servers/files/glob_segment.hpp"

namespace files {

using PathParts = std::span<const std::string_view>;

/// The parts of one pattern without braces.
using GlobPath = std::vector<GlobSegment>;

/// True if the path is what the parts mean, a globstar standing for any number of folders, at least
/// one part where it comes last.
bool matches(const GlobPath& glob, PathParts path);

/// The parts of a pattern between its slashes.
GlobPath parse_path(std::string_view pattern, GlobRules rules);

/// A pattern of search_files and its kin, as npm minimatch 10.2 understands it with {dot: true}:
/// braces, *, ?, classes, groups such as !(a|b), ** across folders, "!" at the start for all
/// others,
/// "#" at the start for nothing.
class Glob final {
 public:
  /// Throws mcp::ToolError for braces that make too many patterns.
  explicit Glob(std::string_view pattern);

  /// `path` is relative, without "." and "..", not empty.
  bool matches(PathParts path) const;

  /// No path with more parts can match.
  std::size_t parts_max() const { return parts_max_; }

 private:
  bool negated_{};
  std::vector<GlobPath> paths_;
  std::size_t parts_max_{};
};

}  // namespace files
