#include "servers/common/folders.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "protocol/mcp/handler.hpp"

namespace common {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& path, int error) {
  throw mcp::ToolError(path.string() +
                       " cannot be used: " + std::generic_category().message(error) +
                       ". Mend that, or name another folder with --data.");
}

}  // namespace

bool is_in(const std::filesystem::path& path, const std::filesystem::path& folder) {
  const std::string& inner = path.native();
  const std::string& outer = folder.native();
  if (!inner.starts_with(outer)) return false;
  return inner.size() == outer.size() || outer.ends_with('/') || inner[outer.size()] == '/';
}

std::optional<FolderId> folder_id(int folder, const std::string& name) {
  struct stat what {};
  const int flags = AT_SYMLINK_NOFOLLOW | (name.empty() ? AT_EMPTY_PATH : 0);
  if (::fstatat(folder, name.c_str(), &what, flags) != 0 || !S_ISDIR(what.st_mode)) {
    return std::nullopt;
  }
  return FolderId{.device = what.st_dev, .inode = what.st_ino};
}

void make_private_folder(const std::filesystem::path& folder) {
  std::filesystem::path so_far;
  for (const std::filesystem::path& part : std::filesystem::absolute(folder)) {
    so_far /= part;
    if (part == "/" || part.empty()) continue;
    if (::mkdir(so_far.c_str(), S_IRWXU) == 0 || errno == EEXIST) continue;
    if (std::error_code gone; std::filesystem::is_directory(so_far, gone)) continue;
    refuse(so_far, errno);
  }
  if (std::error_code gone; !std::filesystem::is_directory(so_far, gone)) refuse(so_far, ENOTDIR);
}

void make_private_file(const std::filesystem::path& file) {
  const transport::Descriptor made(
      ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (made.get() < 0 && errno != EEXIST) refuse(file, errno);
}

transport::Descriptor open_private_file(const std::filesystem::path& file) {
  transport::Descriptor opened(
      ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (opened.get() < 0) refuse(file, errno);
  return opened;
}

}  // namespace common
