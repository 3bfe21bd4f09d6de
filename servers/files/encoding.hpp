#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace files {

enum class Encoding : std::uint8_t { Utf8, Utf16Little, Utf16Big };

/// A text as UTF-8, its byte order mark (if any) in front, and how the file has it.
struct Decoded {
  std::string text{};
  Encoding encoding{Encoding::Utf8};
};

/// Understands UTF-8, and UTF-16 with a byte order mark. Throws mcp::ToolError for what is binary
/// or in any other encoding, saying where that shows; `path` names the file there.
Decoded decode(std::string bytes, const std::filesystem::path& path);

/// The bytes of a text that decode() gave, edited or not.
std::string encode(std::string text, Encoding encoding);

}  // namespace files
