#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "servers/files/glob.hpp"
#include "servers/files/paths.hpp"

namespace files {

/// What directory_tree leaves out: a pattern without a star also means a name at any depth, and all
/// beneath it.
class TreeExcludes final {
 public:
  explicit TreeExcludes(std::span<const std::string> patterns);
  bool matches(PathParts path) const;

 private:
  std::vector<Glob> globs_;
};

/// Folders and files beneath `folder` as JSON with an indentation of 2, as JSON.stringify writes
/// [{name, type, children}]. Links are files. Throws mcp::ToolError where that is more than an
/// answer holds, or a folder cannot be read.
std::string tree_text(const Found& folder, const TreeExcludes& excludes);

}  // namespace files
