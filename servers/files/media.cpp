#include "servers/files/media.hpp"

#include <glib.h>

#include <algorithm>
#include <array>
#include <utility>

namespace files {
namespace {

constexpr auto kTypes = std::to_array<std::pair<std::string_view, std::string_view>>({
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".jpeg", "image/jpeg"},
    {".gif", "image/gif"},
    {".webp", "image/webp"},
    {".bmp", "image/bmp"},
    {".svg", "image/svg+xml"},
    {".mp3", "audio/mpeg"},
    {".wav", "audio/wav"},
    {".ogg", "audio/ogg"},
    {".flac", "audio/flac"},
});

}  // namespace

std::string media_type(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  for (char& c : extension) c = g_ascii_tolower(c);
  const auto* const found =
      std::ranges::find(kTypes, extension, &std::pair<std::string_view, std::string_view>::first);
  return std::string(found == kTypes.end() ? "application/octet-stream" : found->second);
}

std::string base64(std::string_view bytes) {
  gchar* text = g_base64_encode(reinterpret_cast<const guchar*>(bytes.data()), bytes.size());
  std::string made(text);
  g_free(text);
  return made;
}

std::string file_url(const std::filesystem::path& path) {
  constexpr std::string_view kPlain = "!$&'()*+,-./:;=@_";
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string url = "file://";
  for (const char c : path.string()) {
    const auto byte = static_cast<unsigned char>(c);
    if (g_ascii_isalnum(c) || kPlain.find(c) != std::string_view::npos) {
      url += c;
    } else {
      url += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
    }
  }
  return url;
}

}  // namespace files
