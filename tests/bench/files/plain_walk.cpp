#include <dirent.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>

/// The least that finding a name can cost: getdents64 over a whole tree, each name looked at once.
/// plain_walk FOLDER WORD walks for each line on its input, and prints how many names hold the word
/// and the microseconds it took.
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

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  std::array<char, 16> line{};
  while (std::fgets(line.data(), line.size(), stdin) != nullptr) {
    const auto start = std::chrono::steady_clock::now();
    const int folder = ::open(argv[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const long found = walk(folder, argv[2]);
    ::close(folder);
    const auto took = std::chrono::steady_clock::now() - start;
    std::printf("%ld %lld\n", found,
                static_cast<long long>(
                    std::chrono::duration_cast<std::chrono::microseconds>(took).count()));
    std::fflush(stdout);
  }
  return 0;
}
