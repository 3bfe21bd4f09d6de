#include <fcntl.h>

#include "servers/common/containment.hpp"

/// What the control of the attacks runs with: every path counts as beneath every folder, and the
/// kernel is not asked to keep it there.
namespace common {

std::optional<std::string> below(const std::filesystem::path& folder,
                                 const std::filesystem::path& path) {
  return path.lexically_relative(folder).string();
}

int open_beneath(int folder, const std::string& path, int flags, std::uint64_t) {
  return ::openat(folder, path.c_str(), flags | O_CLOEXEC);
}

}  // namespace common
