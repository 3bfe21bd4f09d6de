#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>

#include "protocol/transport/descriptor.hpp"

namespace common {

/// `path` is `folder` or lies in it, by their names alone; both absolute and normalised.
bool is_in(const std::filesystem::path& path, const std::filesystem::path& folder);

/// Which folder one is, whatever it is called and however it was reached.
struct FolderId {
  dev_t device{};
  ino_t inode{};
  bool operator==(const FolderId&) const = default;
};

/// Of the folder `name` in the open folder `folder` (AT_FDCWD: a path), or of that itself where
/// `name` is empty; nothing if it is not there, a link, or something else.
std::optional<FolderId> folder_id(int folder, const std::string& name);

/// Makes the folder and what is missing above it, readable by the user alone (0700). Throws
/// mcp::ToolError, saying what is in the way.
void make_private_folder(const std::filesystem::path& folder);

/// Makes an empty file, readable by the user alone (0600), where it is missing; an existing one is
/// not even opened, for closing it would drop the locks that SQLite holds on it. Throws as above.
void make_private_file(const std::filesystem::path& file);

/// Opens a file for reading and writing; a missing one is made as above.
transport::Descriptor open_private_file(const std::filesystem::path& file);

}  // namespace common
