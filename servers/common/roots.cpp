#include "servers/common/roots.hpp"

#include <fcntl.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <system_error>
#include <utility>

#include "protocol/mcp/handler.hpp"
#include "servers/common/containment.hpp"

namespace common {
namespace {

namespace fs = std::filesystem;
using transport::Descriptor;

constexpr std::size_t kReadChunk = 64 * 1024;

std::string without_trailing_slash(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

fs::path normalised(const fs::path& path) {
  return without_trailing_slash(fs::absolute(path).lexically_normal().string());
}

fs::path home_expanded(const fs::path& path) {
  const std::string& text = path.native();
  if (text != "~" && !text.starts_with("~/")) return path;
  const char* home = std::getenv("HOME");
  return home == nullptr ? path : fs::path(home + text.substr(1));
}

/// A regular file or a folder, and not of /proc.
bool may_be_read(int fd) {
  struct stat what {};
  struct statfs where {};
  if (::fstat(fd, &what) != 0 || ::fstatfs(fd, &where) != 0) return false;
  return (S_ISREG(what.st_mode) || S_ISDIR(what.st_mode)) && where.f_type != PROC_SUPER_MAGIC;
}

/// Opening a device can do something by itself, so the path is looked at before it is opened.
Opened open_for_reading(int folder, const std::string& path, std::uint64_t resolve) {
  const Descriptor look(open_beneath(folder, path, O_PATH, resolve));
  if (look.get() < 0) return {.error = errno};
  if (!may_be_read(look.get())) return {.error = ENOTSUP};
  Descriptor file(open_beneath(folder, path, O_RDONLY | O_NONBLOCK | O_NOCTTY, resolve));
  if (file.get() < 0) return {.error = errno};
  if (!may_be_read(file.get())) return {.error = ENOTSUP};
  return {.file = std::move(file)};
}

fs::path path_of(const Descriptor& file) {
  std::error_code failed;
  return fs::read_symlink("/proc/self/fd/" + std::to_string(file.get()), failed);
}

}  // namespace

Roots::Roots(const std::vector<fs::path>& folders) {
  for (const fs::path& given : folders) {
    const fs::path name = normalised(home_expanded(given));
    Descriptor folder(::open(name.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    std::error_code failed;
    const fs::path real = folder.get() >= 0 ? fs::canonical(name, failed) : fs::path();
    if (folder.get() < 0 || failed) {
      skipped_.push_back(name);
      continue;
    }
    names_.push_back(name);
    if (real != name) names_.push_back(real);
    roots_.push_back({.name = name, .real = real, .folder = std::move(folder)});
  }
}

fs::path Roots::absolute(const fs::path& path) const {
  const fs::path expanded = home_expanded(path);
  if (expanded.is_absolute() || names_.empty()) return normalised(expanded);
  for (const fs::path& name : names_) {
    if (fs::path candidate = normalised(name / expanded); contains(candidate)) return candidate;
  }
  return normalised(names_.front() / expanded);
}

bool Roots::contains(const fs::path& path) const {
  return std::ranges::any_of(names_,
                             [&](const fs::path& name) { return below(name, path).has_value(); });
}

Opened Roots::open(const fs::path& path) const {
  const fs::path wanted = absolute(path);
  const auto beneath = [&](const fs::path& at, const auto& place, std::uint64_t resolve) {
    for (const Root& root : roots_) {
      const std::optional<std::string> rest = below(place(root), at);
      if (rest) return open_for_reading(root.folder.get(), *rest, resolve);
    }
    return Opened{.real = at, .error = EXDEV, .outside = true};
  };
  Opened opened = beneath(
      wanted, [](const Root& root) { return root.name; }, 0);
  if (opened.outside)
    opened = beneath(
        wanted, [](const Root& root) { return root.real; }, 0);
  if (opened.error == EXDEV && !opened.outside) {
    // A link leads out of the root, or is absolute. Where it leads has no links any more, so
    // opening that again without any cannot be led astray meanwhile.
    const Target target = follow_links(roots_, wanted);
    if (target.root == nullptr) return {.real = wanted, .error = EXDEV, .outside = true};
    if (target.error != 0) return {.real = wanted, .error = target.error};
    opened = open_for_reading(target.root->folder.get(), target.rest, RESOLVE_NO_SYMLINKS);
  }
  if (opened.error == 0) opened.real = path_of(opened.file);
  return opened;
}

Spot Roots::open_spot(const fs::path& real) const {
  const fs::path folder = real.parent_path();
  for (const Root& root : roots_) {
    if (real == root.real) return {.error = EBUSY};
  }
  for (const Root& root : roots_) {
    const std::optional<std::string> rest = below(root.real, folder);
    if (!rest) continue;
    Descriptor opened(open_beneath(root.folder.get(), *rest, O_RDONLY | O_DIRECTORY | O_NONBLOCK,
                                   RESOLVE_NO_SYMLINKS));
    if (opened.get() < 0) return {.error = errno};
    if (!may_be_read(opened.get())) return {.error = ENOTSUP};
    return {.folder = std::move(opened), .name = real.filename().string()};
  }
  return {.error = EXDEV};
}

bool Roots::reaches(const fs::path& path) const {
  const Target target = follow_links(roots_, absolute(path));
  if (target.root == nullptr || target.error != 0) return false;
  const Descriptor look(
      open_beneath(target.root->folder.get(), target.rest, O_PATH, RESOLVE_NO_SYMLINKS));
  return look.get() >= 0;
}

std::string Roots::read(std::string_view pointer, const fs::path& path,
                        std::size_t bytes_max) const {
  const std::string where = std::string(pointer) + ": ";
  if (roots_.empty()) {
    throw mcp::ToolError(where + "this server was started without --root, so it reads no files");
  }
  const Opened opened = open(path);
  struct stat what {};
  if (opened.error != 0 || ::fstat(opened.file.get(), &what) != 0 || !S_ISREG(what.st_mode)) {
    std::string allowed;
    for (const fs::path& name : names_) allowed += (allowed.empty() ? "" : ", ") + name.string();
    throw mcp::ToolError(where + "no file that may be read at " + path.string() +
                         "; files are read beneath " + allowed);
  }
  std::string bytes = read_all(opened.file, bytes_max);
  if (bytes.size() > bytes_max) {
    throw mcp::ToolError(where + path.string() + " is longer than " + std::to_string(bytes_max) +
                         " bytes");
  }
  return bytes;
}

std::string read_all(const Descriptor& file, std::size_t bytes_max) {
  std::string bytes;
  std::array<char, kReadChunk> chunk{};
  while (bytes.size() <= bytes_max) {
    const std::size_t room = std::min(chunk.size(), bytes_max + 1 - bytes.size());
    const ssize_t count = ::read(file.get(), chunk.data(), room);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw std::system_error(errno, std::generic_category(), "reading a file");
    if (count == 0) break;
    bytes.append(chunk.data(), static_cast<std::size_t>(count));
  }
  return bytes;
}

}  // namespace common
