#include "servers/files/prints.hpp"

#include <fcntl.h>
#include <glib.h>
#include <linux/limits.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <memory>

#include "protocol/mcp/handler.hpp"
#include "protocol/transport/descriptor.hpp"
#include "servers/files/errors.hpp"
#include "servers/files/folder.hpp"

namespace files {
namespace {

constexpr std::string_view kKinds = "-fdlo";  // in the order of Print::Kind
constexpr mode_t kPermissions = 07777;
constexpr std::int64_t kSecond = 1'000'000'000;

Print::Kind kind_of(mode_t mode) {
  if (S_ISREG(mode)) return Print::Kind::File;
  if (S_ISDIR(mode)) return Print::Kind::Folder;
  return S_ISLNK(mode) ? Print::Kind::Link : Print::Kind::Other;
}

class ExtentWalk final {
 public:
  explicit ExtentWalk(const Pause& pause)
      : pause_(pause), sum_(g_checksum_new(G_CHECKSUM_SHA256), &g_checksum_free) {}

  /// `path` is beneath the first one.
  void enter(const End& end, const std::string& path) {
    if (pause_) pause_();
    struct stat what {};
    if (::fstatat(end.folder, end.name.c_str(), &what, AT_SYMLINK_NOFOLLOW) != 0) {
      throw mcp::ToolError(system_error(errno, "lstat", end.path));
    }
    const Print print = print_of(what);
    add(path);
    add(to_string(print));
    if (print.kind == Print::Kind::Folder) return enter_folder(end, path, what);
    ++extent_.files;
    if (print.kind == Print::Kind::File) extent_.bytes += print.size;
    if (print.kind == Print::Kind::Link) add(target_of(end));
  }

  Extent finish() {
    extent_.digest = g_checksum_get_string(sum_.get());
    return std::move(extent_);
  }

 private:
  void enter_folder(const End& end, const std::string& path, const struct stat& what) {
    add(std::to_string(modified_ns(what)));
    const transport::Descriptor inside(
        ::openat(end.folder, end.name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (inside.get() < 0) throw mcp::ToolError(system_error(errno, "scandir", end.path));
    for (const Entry& entry : entries_of(inside)) {
      enter(end.below(inside.get(), entry.name), path + "/" + entry.name);
    }
  }

  void add(const std::string& text) {  // with its NUL, which no name holds
    g_checksum_update(sum_.get(), reinterpret_cast<const guchar*>(text.c_str()),
                      static_cast<gssize>(text.size() + 1));
  }

  static std::string target_of(const End& end) {
    std::array<char, PATH_MAX> target{};
    const ssize_t size = ::readlinkat(end.folder, end.name.c_str(), target.data(), target.size());
    return {target.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0))};
  }

  const Pause& pause_;
  std::unique_ptr<GChecksum, decltype(&g_checksum_free)> sum_;
  Extent extent_{};
};

}  // namespace

std::string to_string(const Print& print) {
  return std::string(1, kKinds[static_cast<std::size_t>(print.kind)]) + " " +
         (print.mode ? std::to_string(*print.mode) : "-1") + " " + std::to_string(print.size) +
         " " + std::to_string(print.modified_ns);
}

Print print_from(std::string_view text) {
  std::array<std::int64_t, 3> numbers{};
  const auto kind = static_cast<Print::Kind>(kKinds.find(text.at(0)));
  for (std::int64_t& number : numbers) {
    text.remove_prefix(text.find(' ') + 1);
    std::from_chars(text.data(), text.data() + text.size(), number);
  }
  Print print{.kind = kind, .size = numbers[1], .modified_ns = numbers[2]};
  if (numbers[0] >= 0) print.mode = static_cast<mode_t>(numbers[0]);
  return print;
}

std::int64_t modified_ns(const struct stat& what) {
  return what.st_mtim.tv_sec * kSecond + what.st_mtim.tv_nsec;
}

std::int64_t modified_ns(int folder) {
  struct stat what {};
  return ::fstat(folder, &what) == 0 ? modified_ns(what) : 0;
}

Print print_of(const struct stat& what) {
  Print print{.kind = kind_of(what.st_mode), .mode = what.st_mode & kPermissions};
  if (print.kind == Print::Kind::Folder) return print;  // its time changes with what is in it
  print.size = what.st_size;
  print.modified_ns = modified_ns(what);
  return print;
}

Print print_of(const End& end) {
  struct stat what {};
  if (::fstatat(end.folder, end.name.c_str(), &what, AT_SYMLINK_NOFOLLOW) == 0) {
    return print_of(what);
  }
  if (errno == ENOENT) return {};
  throw mcp::ToolError(system_error(errno, "lstat", end.path));
}

bool is_there(const End& end) {
  return print_of(end).kind != Print::Kind::Nothing;
}

bool same(const Print& kept, const Print& now) {
  if (kept.kind != now.kind) return false;
  if (kept.mode && kept.mode != now.mode) return false;
  return kept.size == now.size && same_time(kept.modified_ns, now.modified_ns);
}

bool same_time(std::int64_t wanted_ns, std::int64_t now_ns) {
  constexpr std::array<std::int64_t, 5> kGrains{1, 100, 1'000, kSecond, 2 * kSecond};
  return std::ranges::any_of(
      kGrains, [&](std::int64_t grain) { return now_ns == wanted_ns - wanted_ns % grain; });
}

Extent extent_of(const End& end, const Pause& pause) {
  ExtentWalk walk(pause);
  walk.enter(end, "");
  return walk.finish();
}

}  // namespace files
