#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "servers/files/glob.hpp"
#include "servers/files/listing.hpp"
#include "servers/files/paths.hpp"

namespace files {

/// Folders nested deeper are left out of a walk, which keeps one descriptor open for each level.
constexpr std::size_t kWalkDepthMax = 400;

struct NameSearch {
  const Glob& pattern;
  std::span<const Glob> excludes{};
  /// Whether what a link names may be shown: it exists and lies within the roots.
  std::function<bool(const std::string& path)> link_is_shown{};
  std::function<bool()> stopped{};  ///< Asked at each folder.
};

struct NamesFound {
  std::string text{};   ///< The full paths, one a line, as many as an answer holds.
  std::int64_t more{};  ///< How many others there are.
  bool too_deep{};      ///< There are folders below kWalkDepthMax.
};

/// Everything beneath `folder` whose relative path matches, in the order of a walk that takes the
/// names of each folder by their bytes. Links are not followed. A folder that cannot be read has
/// nothing in it, except `folder` itself: then std::system_error.
NamesFound find_names(const Found& folder, const NameSearch& search);

}  // namespace files
