#pragma once

#include <string>
#include <vector>

#include "protocol/transport/descriptor.hpp"

namespace files {

struct Entry {
  std::string name{};
  bool is_folder{};  ///< Itself, not by a link.
};

/// What an open folder holds, in order of the bytes of the names. `folder` may be read again.
/// Throws std::system_error, ENOTDIR for what is no folder.
std::vector<Entry> entries_of(const transport::Descriptor& folder);

}  // namespace files
