#pragma once

#include <sys/types.h>

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "protocol/transport/descriptor.hpp"

namespace transport {

struct Command {
  std::string program{};                   ///< A path, or a name that is looked up in PATH.
  std::vector<std::string> args{};         ///< Without the program's own name. No shell sees them.
  std::vector<std::string> environment{};  ///< "NAME=value"; all that the child gets.
  std::string folder{};                    ///< Where it starts; empty for where we are.
};

/// What a stranger's program may see of our environment (PATH, HOME, language, time zone, temporary
/// and XDG folders), and what is configured for it, which wins.
std::vector<std::string> child_environment(const std::map<std::string, std::string>& configured);

/// A child that runs: the leader of a process group of its own, which holds no descriptor of ours
/// beyond its three streams and gets SIGTERM when the Spawner's thread ends.
struct Spawned {
  pid_t pid{-1};
  Descriptor process{};  ///< A pidfd: readable once the child has exited.
  Descriptor in{};       ///< Its standard input, for us to write. Our ends do not block.
  Descriptor out{};
  Descriptor err{};
  std::string problem{};  ///< Why nothing was started, as a sentence; empty if the child runs.
};

/// Starts child processes, all from one thread of its own, because the kernel's "tell me when my
/// parent dies" means the thread that forked. `main` makes one; it outlives every child.
class Spawner {
 public:
  Spawner();
  ~Spawner();
  Spawner(const Spawner&) = delete;
  Spawner& operator=(const Spawner&) = delete;

  /// From any thread; returns when the program runs or could not be started.
  Spawned spawn(const Command& command);

 private:
  struct Order {
    const Command* command{};
    Spawned spawned{};
    bool done{};
  };
  void work();

  std::mutex mutex_;
  std::condition_variable changed_;  // With mutex_.
  std::deque<Order*> orders_;        // Guarded by mutex_, as what they point to is until done.
  bool ended_{};                     // Guarded by mutex_.
  std::thread thread_;
};

}  // namespace transport
