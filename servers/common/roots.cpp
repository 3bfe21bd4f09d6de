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

fs::path path_of(const Root& root, const std::string& rest) {
  return rest == "." ? root.real : root.real / rest;
}

}  // namespace

Roots::Roots(const std::vector<fs::path>& folders, const fs::path& hidden)
    : hidden_(hidden.empty() ? hidden : fs::weakly_canonical(fs::absolute(hidden))) {
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
    const bool is_guarded = !hidden_.empty() && (is_in(hidden_, real) || is_hidden(real));
    roots_.push_back(
        {.name = name, .real = real, .folder = std::move(folder), .is_guarded = is_guarded});
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

bool Roots::is_hidden(const fs::path& path) const {
  return !hidden_.empty() && is_in(path, hidden_);
}

std::optional<FolderId> Roots::hidden_below(const fs::path& folder) const {
  if (hidden_.empty() || !is_in(hidden_, folder)) return std::nullopt;
  return folder_id(AT_FDCWD, hidden_);
}

/// Whether a path without links leads into what is hidden. Each folder on the way is looked at, for
/// a file system may know one by several names.
bool Roots::hides(const Root& root, const std::string& rest) const {
  if (!root.is_guarded) return false;
  if (is_hidden(path_of(root, rest))) return true;
  const std::optional<FolderId> own = folder_id(AT_FDCWD, hidden_);
  if (!own) return false;
  Descriptor at;
  for (const fs::path& part : fs::path(rest)) {
    Descriptor next(open_beneath(at.get() < 0 ? root.folder.get() : at.get(), part, O_PATH,
                                 RESOLVE_NO_SYMLINKS));
    if (next.get() < 0) return false;  // nor can it be opened
    if (folder_id(next.get(), "") == own) return true;
    at = std::move(next);
  }
  return false;
}

Opened Roots::open(const fs::path& path) const {
  const fs::path wanted = absolute(path);
  Opened opened = open_without_links(wanted);
  return opened.error == ELOOP ? open_following_links(wanted) : std::move(opened);
}

/// ELOOP where there is a link in it, or may be.
Opened Roots::open_without_links(const fs::path& wanted) const {
  const auto beneath = [&](const fs::path Root::*place) -> std::optional<Opened> {
    for (const Root& root : roots_) {
      const std::optional<std::string> rest = below(root.*place, wanted);
      if (!rest) continue;
      if (root.is_guarded) return Opened{.error = ELOOP};
      Opened opened = open_for_reading(root.folder.get(), *rest, RESOLVE_NO_SYMLINKS);
      if (opened.error == 0) opened.real = path_of(root, *rest);
      return opened;
    }
    return std::nullopt;
  };
  std::optional<Opened> opened = beneath(&Root::name);
  if (!opened) opened = beneath(&Root::real);
  if (!opened) return {.real = wanted, .error = EXDEV, .outside = true};
  return *std::move(opened);
}

/// Where a path leads has no links any more, so that opening that again without any cannot be led
/// astray meanwhile.
Opened Roots::open_following_links(const fs::path& wanted) const {
  const Target target = follow_links(roots_, wanted, hidden_);
  if (target.root == nullptr || (target.error == 0 && hides(*target.root, target.rest))) {
    return {.real = wanted, .error = EXDEV, .outside = true};
  }
  if (target.error != 0) return {.real = wanted, .error = target.error};
  Opened opened = open_for_reading(target.root->folder.get(), target.rest, RESOLVE_NO_SYMLINKS);
  if (opened.error == 0) opened.real = path_of(*target.root, target.rest);
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
    if (hides(root, *rest) || is_hidden(real)) return {.error = EXDEV};
    Descriptor opened(open_beneath(root.folder.get(), *rest, O_RDONLY | O_DIRECTORY | O_NONBLOCK,
                                   RESOLVE_NO_SYMLINKS));
    if (opened.get() < 0) return {.error = errno};
    if (!may_be_read(opened.get())) return {.error = ENOTSUP};
    return {.folder = std::move(opened), .name = real.filename().string()};
  }
  return {.error = EXDEV};
}

bool Roots::reaches(const fs::path& path) const {
  const Target target = follow_links(roots_, absolute(path), hidden_);
  if (target.root == nullptr || target.error != 0 || hides(*target.root, target.rest)) return false;
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
  std::array<char, kReadChunk> chunk;  // not filled with zeros, which costs more than a short read
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
