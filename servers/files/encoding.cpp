#include "servers/files/encoding.hpp"

#include <glib.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <stdexcept>

#include "protocol/mcp/handler.hpp"

namespace files {
namespace {

using namespace std::literals;

constexpr std::string_view kLittleMark = "\xff\xfe"sv;
constexpr std::string_view kBigMark = "\xfe\xff"sv;
constexpr std::string_view kLittle32Mark = "\xff\xfe\0\0"sv;

const char* name_of(Encoding encoding) {
  return encoding == Encoding::Utf16Big ? "UTF-16BE" : "UTF-16LE";
}

std::optional<std::string> converted(const std::string& bytes, const char* to, const char* from) {
  gsize size = 0;
  const std::unique_ptr<gchar, decltype(&g_free)> out(
      g_convert(bytes.data(), static_cast<gssize>(bytes.size()), to, from, nullptr, &size, nullptr),
      &g_free);
  return out == nullptr ? std::nullopt : std::optional(std::string(out.get(), size));
}

Encoding encoding_of(std::string_view bytes) {
  if (bytes.starts_with(kLittle32Mark)) return Encoding::Utf8;  // UTF-32: refused for its NULs
  if (bytes.starts_with(kLittleMark)) return Encoding::Utf16Little;
  return bytes.starts_with(kBigMark) ? Encoding::Utf16Big : Encoding::Utf8;
}

[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& why) {
  throw mcp::ToolError("Nothing was changed: " + path.string() + " " + why);
}

void refuse_bad_utf8(const std::string& bytes, const std::filesystem::path& path) {
  const gchar* end = nullptr;
  if (g_utf8_validate(bytes.data(), static_cast<gssize>(bytes.size()), &end) != 0) return;
  const auto at = static_cast<std::size_t>(end - bytes.data());
  const auto line = 1 + std::count(bytes.data(), end, '\n');
  constexpr const char* kDigits = "0123456789ABCDEF";
  const auto bad = static_cast<unsigned char>(bytes[at]);
  refuse(path, "is neither UTF-8 nor UTF-16 with a byte order mark: line " + std::to_string(line) +
                   " holds the byte 0x" + kDigits[bad >> 4] + kDigits[bad & 0xf] + " (byte " +
                   std::to_string(at) +
                   " of the file). Editing it as text would damage it; convert it to UTF-8 first.");
}

}  // namespace

Decoded decode(std::string bytes, const std::filesystem::path& path) {
  Decoded decoded{.encoding = encoding_of(bytes)};
  if (decoded.encoding == Encoding::Utf8) {
    decoded.text = std::move(bytes);
  } else {
    std::optional<std::string> text = converted(bytes, "UTF-8", name_of(decoded.encoding));
    if (!text) refuse(path, "begins with the mark of UTF-16 but is not valid UTF-16");
    decoded.text = *std::move(text);
  }
  if (const std::size_t at = decoded.text.find('\0'); at != std::string::npos) {
    refuse(path, "is a binary file (byte " + std::to_string(at) +
                     " is NUL), which cannot be edited as text. write_file replaces it whole.");
  }
  refuse_bad_utf8(decoded.text, path);
  return decoded;
}

std::string encode(std::string text, Encoding encoding) {
  if (encoding == Encoding::Utf8) return text;
  std::optional<std::string> bytes = converted(text, name_of(encoding), "UTF-8");
  if (!bytes) throw std::logic_error("UTF-8 that cannot become UTF-16");
  return *std::move(bytes);
}

}  // namespace files
