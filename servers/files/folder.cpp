#include "servers/files/folder.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string_view>
#include <system_error>

namespace files {
namespace {

struct Closer {
  void operator()(DIR* stream) const { ::closedir(stream); }
};

bool is_folder(int folder, const dirent& entry) {
  if (entry.d_type != DT_UNKNOWN) return entry.d_type == DT_DIR;
  struct stat what {};  // not every file system says
  return ::fstatat(folder, entry.d_name, &what, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(what.st_mode);
}

}  // namespace

std::vector<Entry> entries_of(const transport::Descriptor& folder,
                              const std::optional<common::FolderId>& hidden) {
  // Opened anew, so that reading it does not move a position that others share.
  const int own = ::openat(folder.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (own < 0) throw std::system_error(errno, std::generic_category(), "reading a folder");
  const std::unique_ptr<DIR, Closer> stream(::fdopendir(own));
  std::vector<Entry> entries;
  while (const dirent* entry = ::readdir(stream.get())) {
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    Entry made{.name = std::string(name), .is_folder = is_folder(folder.get(), *entry)};
    if (made.is_folder && hidden && common::folder_id(folder.get(), made.name) == hidden) continue;
    entries.push_back(std::move(made));
  }
  std::ranges::sort(entries, {}, &Entry::name);
  return entries;
}

}  // namespace files
