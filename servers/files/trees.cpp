#include "servers/files/trees.hpp"

#include <fcntl.h>
#include <linux/limits.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <tuple>
#include <vector>

#include "protocol/mcp/handler.hpp"
#include "servers/common/roots.hpp"
#include "servers/files/errors.hpp"
#include "servers/files/folder.hpp"

namespace files {
namespace {

using transport::Descriptor;

constexpr mode_t kAllPermissions = 07777;
constexpr std::size_t kCopyChunk = 1024 * 1024;
constexpr std::size_t kShortFile = 1000;

[[noreturn]] void fail(std::string_view operation, const std::filesystem::path& path) {
  throw mcp::ToolError(system_error(errno, operation, path));
}

void write_all(int file, std::string_view bytes, std::int64_t at,
               const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const ssize_t count = ::pwrite(file, bytes.data(), bytes.size(), at);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail("write", path);
    bytes.remove_prefix(static_cast<std::size_t>(count));
    at += count;
  }
}

/// From `at` up to `end`, or to the file's end: by the kernel where it can (which may share the
/// blocks), else through a buffer.
void copy_range(int from, int to, off_t at, off_t end, const std::filesystem::path& path,
                const Pause& pause) {
  std::vector<char> buffer;
  while (at < end) {
    if (pause) pause();
    off_t in = at;
    off_t out = at;
    const auto left = static_cast<std::size_t>(end - at);
    const ssize_t by_kernel =
        buffer.empty() ? ::copy_file_range(from, &in, to, &out, std::min(left, 16 * kCopyChunk), 0)
                       : 0;
    if (by_kernel > 0) {
      at += by_kernel;
      continue;
    }
    buffer.resize(kCopyChunk);
    const ssize_t count = ::pread(from, buffer.data(), std::min(left, buffer.size()), at);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail("read", path);
    if (count == 0) return;
    write_all(to, {buffer.data(), static_cast<std::size_t>(count)}, at, path);
    at += count;
  }
}

/// Holes stay holes.
void copy_bytes(int from, int to, const std::filesystem::path& path, const Pause& pause) {
  struct stat what {};
  if (::fstat(from, &what) != 0) fail("fstat", path);
  for (off_t at = 0; at < what.st_size;) {
    off_t data = ::lseek(from, at, SEEK_DATA);
    if (data < 0 && errno == ENXIO) break;  // nothing but a hole from here on
    off_t end = data < 0 ? -1 : ::lseek(from, data, SEEK_HOLE);
    if (data < 0 || end < 0) {  // a file system that does not tell
      data = at;
      end = what.st_size;
    }
    copy_range(from, to, data, end, path, pause);
    at = end;
  }
  if (::ftruncate(to, what.st_size) != 0) fail("ftruncate", path);
}

/// As they were before anything was read there.
class TimesBefore final {
 public:
  explicit TimesBefore(int file) { is_known_ = ::fstat(file, &what_) == 0; }
  void set(int copy) const {
    const std::array<timespec, 2> times{what_.st_atim, what_.st_mtim};
    if (is_known_) ::futimens(copy, times.data());
  }

 private:
  struct stat what_ {};
  bool is_known_{};
};

void copy_file(const End& from, const End& to, const Pause& pause) {
  const Descriptor source(
      ::openat(from.folder, from.name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (source.get() < 0) fail("open", from.path);
  const TimesBefore times(source.get());
  const Descriptor copy(::openat(to.folder, to.name.c_str(),
                                 O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (copy.get() < 0) fail("open", to.path);
  copy_bytes(source.get(), copy.get(), to.path, pause);
  copy_attributes(source.get(), copy.get(), to.path);
  times.set(copy.get());
  sync_file(copy.get(), to.path);
}

void copy_link(const End& from, const End& to) {
  std::array<char, PATH_MAX> target{};
  struct stat what {};
  if (::fstatat(from.folder, from.name.c_str(), &what, AT_SYMLINK_NOFOLLOW) != 0 ||
      ::readlinkat(from.folder, from.name.c_str(), target.data(), target.size() - 1) < 0 ||
      ::symlinkat(target.data(), to.folder, to.name.c_str()) != 0) {
    fail("symlink", to.path);
  }
  const std::array<timespec, 2> times{what.st_atim, what.st_mtim};
  std::ignore =
      ::fchownat(to.folder, to.name.c_str(), what.st_uid, what.st_gid, AT_SYMLINK_NOFOLLOW);
  ::utimensat(to.folder, to.name.c_str(), times.data(), AT_SYMLINK_NOFOLLOW);
}

void copy_folder(const End& from, const End& to, const Pause& pause) {
  constexpr int kOpen = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  const Descriptor source(::openat(from.folder, from.name.c_str(), kOpen));
  if (source.get() < 0) fail("scandir", from.path);
  const TimesBefore times(source.get());
  if (::mkdirat(to.folder, to.name.c_str(), S_IRWXU) != 0) fail("mkdir", to.path);
  const Descriptor copy(::openat(to.folder, to.name.c_str(), kOpen));
  if (copy.get() < 0) fail("open", to.path);
  for (const Entry& entry : entries_of(source)) {
    copy_tree(from.below(source.get(), entry.name), to.below(copy.get(), entry.name), pause);
  }
  copy_attributes(source.get(), copy.get(), to.path);
  times.set(copy.get());
  sync_file(copy.get(), to.path);
}

}  // namespace

void copy_tree(const End& from, const End& to, const Pause& pause) {
  if (pause) pause();
  switch (print_of(from).kind) {
    case Print::Kind::File:
      return copy_file(from, to, pause);
    case Print::Kind::Folder:
      return copy_folder(from, to, pause);
    case Print::Kind::Link:
      return copy_link(from, to);
    case Print::Kind::Nothing:
      errno = ENOENT;
      fail("open", from.path);
    case Print::Kind::Other:
      throw mcp::ToolError("Nothing was changed: " + from.path.string() +
                           " is a pipe, a socket or a device, and those are not copied");
  }
}

void remove_tree(const End& what) {
  const Descriptor inside(
      ::openat(what.folder, what.name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (inside.get() >= 0) {
    ::fchmod(inside.get(), S_IRWXU);  // what may not be written may still be removed as a whole
    for (const Entry& entry : entries_of(inside)) {
      remove_tree(what.below(inside.get(), entry.name));
    }
  }
  const int flags = inside.get() >= 0 ? AT_REMOVEDIR : 0;
  if (::unlinkat(what.folder, what.name.c_str(), flags) != 0 && errno != ENOENT) {
    fail("unlink", what.path);
  }
}

Descriptor make_file(const End& at, std::string_view bytes, mode_t mode) {
  Descriptor file(
      ::openat(at.folder, at.name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (file.get() < 0) fail("open", at.path);
  write_all(file.get(), bytes, 0, at.path);
  return file;
}

std::string bytes_of(const End& end) {
  const Descriptor file(::openat(end.folder, end.name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  return file.get() < 0 ? std::string() : common::read_all(file, kShortFile);
}

void copy_attributes(int from, int to, const std::filesystem::path& path) {
  struct stat what {};
  if (::fstat(from, &what) != 0) fail("fstat", path);
  std::ignore = ::fchown(to, what.st_uid, what.st_gid);  // before the permissions, which it may cut
  if (::fchmod(to, what.st_mode & kAllPermissions) != 0) fail("chmod", path);
  const ssize_t size = ::flistxattr(from, nullptr, 0);
  if (size <= 0) return;
  std::string names(static_cast<std::size_t>(size), '\0');
  names.resize(static_cast<std::size_t>(
      std::max<ssize_t>(::flistxattr(from, names.data(), names.size()), 0)));
  std::string value(XATTR_SIZE_MAX, '\0');
  for (std::size_t at = 0; at < names.size(); at = names.find('\0', at) + 1) {
    const char* name = names.c_str() + at;
    const ssize_t length = ::fgetxattr(from, name, value.data(), value.size());
    if (length >= 0) ::fsetxattr(to, name, value.data(), static_cast<std::size_t>(length), 0);
  }
}

void sync_file(int file, const std::filesystem::path& path) {
  if (::fsync(file) != 0) fail("fsync", path);
}

void sync_folder(int folder) {
  if (::fsync(folder) != 0 && errno != EINVAL) fail("fsync", {});
}

void set_modified(int file, std::int64_t ns) {
  constexpr std::int64_t kNanoseconds = 1'000'000'000;
  const std::int64_t seconds = ns / kNanoseconds - (ns % kNanoseconds < 0 ? 1 : 0);
  const std::array<timespec, 2> times{
      timespec{.tv_sec = 0, .tv_nsec = UTIME_OMIT},
      timespec{.tv_sec = seconds, .tv_nsec = ns - seconds * kNanoseconds}};
  ::futimens(file, times.data());
}

}  // namespace files
