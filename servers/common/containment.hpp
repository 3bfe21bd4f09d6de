#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

/// The two questions that keep paths beneath a folder: the first by its name, the second in the
/// kernel. A test program brings answers of its own, to show that nothing else does.
namespace common {

/// `path` as seen from `folder`, both absolute and normalised; nothing if it is not in or below it.
std::optional<std::string> below(const std::filesystem::path& folder,
                                 const std::filesystem::path& path);

/// Opens `path` beneath the open folder, which no link in it may leave (openat2); `resolve` adds
/// RESOLVE_ flags, `flags` are those of open(2) for what exists. Returns the descriptor, or -1 with
/// errno set (EXDEV: it leads out).
int open_beneath(int folder, const std::string& path, int flags, std::uint64_t resolve = 0);

}  // namespace common
