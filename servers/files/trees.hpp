#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "protocol/transport/descriptor.hpp"
#include "servers/files/prints.hpp"

/// Files and whole folders, copied and removed by names in open folders; links are never followed.
/// What the system refuses is mcp::ToolError in Node's words, with the path.
namespace files {

/// The copy is durable once this returns, and has the contents, permissions, times, extended
/// attributes and, where that may be, the owner. `to` is not there yet. What is no file, folder or
/// link is refused.
void copy_tree(const End& from, const End& to, const Pause& pause = {});

/// Nothing there: nothing to do.
void remove_tree(const End& what);

/// A new file with these bytes, not durable yet. `mode` is cut down as for any new file there.
transport::Descriptor make_file(const End& at, std::string_view bytes, mode_t mode);

/// What a short file of ours holds; nothing where it is not there.
std::string bytes_of(const End& end);

/// Permissions, extended attributes and, where that may be, the owner.
void copy_attributes(int from, int to, const std::filesystem::path& path);

void sync_file(int file, const std::filesystem::path& path);
/// Makes what was made, renamed or removed in the folder durable.
void sync_folder(int folder);

/// Sets when it was last modified, not when it was read; failure is no matter.
void set_modified(int file, std::int64_t ns);

}  // namespace files
