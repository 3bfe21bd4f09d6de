#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "servers/common/roots.hpp"
#include "servers/files/paths.hpp"

namespace files {

struct SizedEntry {
  std::string name{};
  bool is_folder{};     ///< Itself, not by a link.
  std::int64_t size{};  ///< Of what a link leads to; 0 if that is not within the roots.
};

/// In order of the bytes of the names. Throws std::system_error.
std::vector<SizedEntry> sized_entries_of(const Found& folder, const common::Roots& roots);

enum class SizesOrder { ByName, LargestFirst };

/// A line an entry, with as many as an answer holds, and the totals.
std::string sizes_text(std::vector<SizedEntry> entries, SizesOrder order);

}  // namespace files
