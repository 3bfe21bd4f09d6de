#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/transport/descriptor.hpp"
#include "servers/common/folders.hpp"

namespace files {

/// One name in a folder.
struct Item {
  enum class Kind : std::uint8_t { File, Folder, Link, Other };
  std::string_view name{};
  Kind kind{};
};

/// The names in one folder after another, read in large blocks: a walk over a tree keeps one for
/// each level and makes nothing anew.
class Listing final {
 public:
  /// Reads `folder`, whose position moves. What an earlier read gave is no longer valid. Returns
  /// errno, 0 where all is well; ENOTSUP for a folder of /proc.
  int read(int folder, const std::optional<common::FolderId>& hidden);

  /// In no order; without ".", ".." and what is hidden.
  std::span<const Item> items() const { return items_; }

 private:
  void take_items(int folder, std::size_t used, const std::optional<common::FolderId>& hidden);

  std::vector<char> bytes_;
  std::vector<Item> items_;
};

/// Opens what is probably a regular file named `name` in `folder`, and is not a link, for reading.
/// -1 with errno.
transport::Descriptor open_file_in(int folder, const std::string& name);

/// Opens the folder `name` in `folder`, which must not be a link, for reading. -1 with errno.
transport::Descriptor open_folder_in(int folder, std::string_view name);

}  // namespace files
