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
