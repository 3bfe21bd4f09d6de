#include "servers/common/containment.hpp"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

namespace common {

std::optional<std::string> below(const std::filesystem::path& folder,
                                 const std::filesystem::path& path) {
  const std::string& top = folder.native();
  const std::string& text = path.native();
  if (text == top) return ".";
  const std::string prefix = top == "/" ? top : top + "/";
  if (!text.starts_with(prefix)) return std::nullopt;
  return text.substr(prefix.size());
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
