#pragma once

#include <sys/types.h>

#include <cstddef>

namespace harness {

/// Bytes of memory of a process and all that it started, added up.
struct MemoryUse {
  std::size_t resident{};   ///< In RAM. Pages that processes share count once for each.
  std::size_t anonymous{};  ///< Of that, what no file stands behind: heap and stacks.
  std::size_t writable{};   ///< Private and writable, in RAM or not: what was asked of the kernel.
  std::size_t peak{};       ///< The most that each of them ever had in RAM.
  std::size_t processes{};  ///< 0 if the process is gone.
};

/// As the kernel counts at this moment.
MemoryUse memory_of_tree(pid_t root);

}  // namespace harness
