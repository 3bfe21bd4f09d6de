#include "servers/files/listing.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace files {
namespace {

constexpr std::size_t kBlock = 64 * 1024;

Item::Kind kind_of(int folder, const char* name, unsigned char type) {
  switch (type) {
    case DT_REG:
      return Item::Kind::File;
    case DT_DIR:
      return Item::Kind::Folder;
    case DT_LNK:
      return Item::Kind::Link;
    case DT_UNKNOWN:
      break;
    default:
      return Item::Kind::Other;
  }
  struct stat what {};  // not every file system says
  if (::fstatat(folder, name, &what, AT_SYMLINK_NOFOLLOW) != 0) return Item::Kind::Other;
  if (S_ISREG(what.st_mode)) return Item::Kind::File;
  if (S_ISDIR(what.st_mode)) return Item::Kind::Folder;
  return S_ISLNK(what.st_mode) ? Item::Kind::Link : Item::Kind::Other;
}

}  // namespace

int Listing::read(int folder, const std::optional<common::FolderId>& hidden) {
  items_.clear();
  struct statfs where {};
  if (::fstatfs(folder, &where) != 0) return errno;
  if (where.f_type == PROC_SUPER_MAGIC) return ENOTSUP;
  std::size_t used = 0;
  while (true) {
    if (bytes_.size() < used + kBlock) bytes_.resize(used + kBlock);
    const long count = ::syscall(SYS_getdents64, folder, bytes_.data() + used, kBlock);
    if (count < 0) return errno;
    if (count == 0) break;
    used += static_cast<std::size_t>(count);
  }
  take_items(folder, used, hidden);
  return 0;
}

void Listing::take_items(int folder, std::size_t used,
                         const std::optional<common::FolderId>& hidden) {
  // What getdents64(2) writes: after inode, offset, length and type, the name up to its NUL.
  constexpr std::size_t kLength = 16;
  constexpr std::size_t kType = 18;
  constexpr std::size_t kName = 19;
  for (std::size_t at = 0; at < used;) {
    const char* entry = bytes_.data() + at;
    std::uint16_t length = 0;
    std::memcpy(&length, entry + kLength, sizeof length);
    at += length;
    const std::string_view name(entry + kName);
    if (name == "." || name == "..") continue;
    const auto type = static_cast<unsigned char>(entry[kType]);
    const Item item{.name = name, .kind = kind_of(folder, entry + kName, type)};
    if (item.kind == Item::Kind::Folder && hidden &&
        common::folder_id(folder, std::string(name)) == hidden) {
      continue;
    }
    items_.push_back(item);
  }
}

transport::Descriptor open_file_in(int folder, const std::string& name) {
  return transport::Descriptor(
      ::openat(folder, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
}

transport::Descriptor open_folder_in(int folder, std::string_view name) {
  const std::string path(name);
  return transport::Descriptor(
      ::openat(folder, path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
}

}  // namespace files
