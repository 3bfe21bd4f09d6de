#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace files {

/// "ENOENT: no such file or directory, open '/a/b'", as Node words an errno. `operation` is the
/// system call that failed; with `to`: "rename '/a' -> '/b'".
std::string system_error(int error, std::string_view operation,
                         const std::filesystem::path& path = {},
                         const std::filesystem::path& to = {});

}  // namespace files
