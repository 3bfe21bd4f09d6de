#include "tests/bench/files/plain_walk.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>

namespace bench {
namespace {

using Block = std::array<char, 64 * 1024>;

long walk(int folder, const char* word) {
  const auto block = std::make_unique<Block>();
  long found = 0;
  while (true) {
    const long count = ::syscall(SYS_getdents64, folder, block->data(), block->size());
    if (count <= 0) break;
    for (long at = 0; at < count;) {
      const char* entry = block->data() + at;
      std::uint16_t length = 0;
      std::memcpy(&length, entry + 16, sizeof length);
      at += length;
      const char* name = entry + 19;
      if (std::strcmp(name, ".") == 0 || std::strcmp(name, "..") == 0) continue;
      if (std::strstr(name, word) != nullptr) ++found;
      if (entry[18] != DT_DIR) continue;
      const int inner = ::openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
      if (inner < 0) continue;
      found += walk(inner, word);
      ::close(inner);
    }
  }
  return found;
}

}  // namespace

long plain_walk(const std::string& folder, const std::string& word) {
  const int top = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const long found = walk(top, word.c_str());
  ::close(top);
  return found;
}

}  // namespace bench
