#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace files {

/// The longest file that an answer holds: it goes out twice, as a content block and as structured
/// content, and a message is at most 16 MiB.
constexpr std::size_t kMediaBytes = 5 * 1024 * 1024;

/// By the file's extension; "application/octet-stream" for what is neither image nor sound.
std::string media_type(const std::filesystem::path& path);

std::string base64(std::string_view bytes);

/// "file:///a%20b", as Node's pathToFileURL writes it.
std::string file_url(const std::filesystem::path& path);

}  // namespace files
