#include "servers/common/containment.hpp"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "servers/common/folders.hpp"

namespace common {

std::optional<std::string> below(const std::filesystem::path& folder,
                                 const std::filesystem::path& path) {
  if (!is_in(path, folder)) return std::nullopt;
  std::string rest = path.native().substr(folder.native().size());
  if (rest.starts_with('/')) rest.erase(0, 1);
  return rest.empty() ? "." : rest;
}

int open_beneath(int folder, const std::string& path, int flags, std::uint64_t resolve) {
  // openat2 has no wrapper in the C library.
  struct open_how how {};
  how.flags = static_cast<std::uint64_t>(flags | O_CLOEXEC);
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS | resolve;
  while (true) {
    const long fd = ::syscall(SYS_openat2, folder, path.c_str(), &how, sizeof how);
    if (fd >= 0 || (errno != EAGAIN && errno != EINTR)) return static_cast<int>(fd);
  }  // EAGAIN: something was renamed while the kernel looked for ".."
}

}  // namespace common
