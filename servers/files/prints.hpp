#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

/// What stands at a name in an open folder, as far as it tells whether somebody changed it. What
/// the system refuses is mcp::ToolError in Node's words, with the path.
namespace files {

/// A name in a folder that somebody else keeps open.
struct End {
  int folder{-1};
  std::string name{};
  std::filesystem::path path{};  ///< For people alone.

  /// Of a folder `inside`, which is this one.
  End below(int inside, const std::string& entry) const {
    return {.folder = inside, .name = entry, .path = path / entry};
  }
};

struct Print {
  enum class Kind : std::uint8_t { Nothing, File, Folder, Link, Other };
  Kind kind{Kind::Nothing};
  std::optional<mode_t> mode{};  ///< Permissions; nothing: any.
  std::int64_t size{};           ///< Of files and links, in bytes.
  std::int64_t modified_ns{};    ///< Of files and links, since 1970.
};

/// One line without a line break, and back.
std::string to_string(const Print& print);
Print print_from(std::string_view text);

/// Links are not followed.
Print print_of(const End& end);
Print print_of(const struct stat& what);

bool is_there(const End& end);

/// Whether `now` is what `kept` was. Times count as equal where a file system has kept only their
/// whole seconds (or microseconds, and the like).
bool same(const Print& kept, const Print& now);
bool same_time(std::int64_t wanted_ns, std::int64_t now_ns);

std::int64_t modified_ns(const struct stat& what);
std::int64_t modified_ns(int folder);

/// A file, or a folder with all that is in it.
struct Extent {
  std::int64_t files{};  ///< Everything but folders.
  std::int64_t bytes{};  ///< Of regular files.
  std::string digest{};  ///< Of all names, kinds, sizes, times, permissions, and targets of links.
};

/// Asked between entries; throws to stop.
using Pause = std::function<void()>;

/// Walks without following links.
Extent extent_of(const End& end, const Pause& pause = {});

}  // namespace files
