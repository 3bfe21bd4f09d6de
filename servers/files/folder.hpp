#pragma once

#include <optional>
#include <string>
#include <vector>

#include "protocol/transport/descriptor.hpp"
#include "servers/common/folders.hpp"

namespace files {

struct Entry {
  std::string name{};
  bool is_folder{};  ///< Itself, not by a link.
};

/// What an open folder holds, in order of the bytes of the names, without `hidden`. `folder` may be
/// read again.
/// Throws std::system_error, ENOTDIR for what is no folder.
std::vector<Entry> entries_of(const transport::Descriptor& folder,
                              const std::optional<common::FolderId>& hidden = {});

}  // namespace files
