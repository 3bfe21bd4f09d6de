#include "servers/files/text.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "servers/common/roots.hpp"

namespace files {
namespace {

constexpr std::size_t kChunk = 64 * 1024;

/// Up to `size` bytes from `offset` on; fewer only at the end of the file.
std::string bytes_at(const transport::Descriptor& file, std::int64_t offset, std::size_t size) {
  std::string bytes(size, '\0');
  std::size_t have = 0;
  while (have < size) {
    const ssize_t count = ::pread(file.get(), bytes.data() + have, size - have,
                                  offset + static_cast<std::int64_t>(have));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw std::system_error(errno, std::generic_category(), "reading a file");
    if (count == 0) break;
    have += static_cast<std::size_t>(count);
  }
  bytes.resize(have);
  return bytes;
}

std::int64_t size_of(const transport::Descriptor& file) {
  struct stat what {};
  if (::fstat(file.get(), &what) != 0) {
    throw std::system_error(errno, std::generic_category(), "looking at a file");
  }
  return what.st_size;
}

/// Where line `first` begins; the end of the file where it has fewer lines.
std::int64_t offset_of_line(const transport::Descriptor& file, std::int64_t first) {
  std::int64_t line = 1;
  std::int64_t offset = 0;
  while (line < first) {
    const std::string chunk = bytes_at(file, offset, kChunk);
    if (chunk.empty()) break;
    std::size_t used = 0;
    while (line < first && used < chunk.size()) {
      const std::size_t end = chunk.find('\n', used);
      if (end != std::string::npos) ++line;
      used = end == std::string::npos ? chunk.size() : end + 1;
    }
    offset += static_cast<std::int64_t>(used);
  }
  return offset;
}

/// The end of the first `count` lines of `text`, before its \n; nothing if it has fewer that end.
std::optional<std::size_t> end_of_lines(const std::string& text, std::int64_t count) {
  std::size_t at = 0;
  for (std::int64_t line = 0; line < count; ++line) {
    const std::size_t end = text.find('\n', at);
    if (end == std::string::npos) return std::nullopt;
    at = end + 1;
  }
  return at - 1;
}

std::string with_plain_line_ends(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    plain += text[i];
  }
  return plain;
}

}  // namespace

std::optional<std::string> whole(const transport::Descriptor& file) {
  std::string text = common::read_all(file, kTextBytes);
  return text.size() <= kTextBytes ? std::optional(std::move(text)) : std::nullopt;
}

std::optional<std::string> lines(const transport::Descriptor& file, std::int64_t first,
                                 std::optional<std::int64_t> count) {
  std::string text = bytes_at(file, offset_of_line(file, first), kTextBytes + 2);
  const std::optional<std::size_t> end =
      count ? end_of_lines(text, *count) : std::optional<std::size_t>();
  if (end) {
    text.resize(*end);
  } else if (count && text.size() <= kTextBytes + 1 && text.ends_with('\n')) {
    text.pop_back();  // the file has fewer lines
  }
  return text.size() <= kTextBytes ? std::optional(std::move(text)) : std::nullopt;
}

std::optional<std::string> last_lines(const transport::Descriptor& file, std::int64_t count) {
  std::string text;
  std::int64_t offset = size_of(file);
  std::int64_t ends = 0;
  while (offset > 0 && ends < count && text.size() <= kTextBytes) {
    const auto size = static_cast<std::size_t>(std::min<std::int64_t>(kChunk, offset));
    offset -= static_cast<std::int64_t>(size);
    const std::string chunk = bytes_at(file, offset, size);
    ends += std::ranges::count(chunk, '\n');
    text.insert(0, chunk);
  }
  for (; ends >= count; --ends) text.erase(0, text.find('\n') + 1);
  text = with_plain_line_ends(text);
  return text.size() <= kTextBytes ? std::optional(std::move(text)) : std::nullopt;
}

}  // namespace files
