#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>

#include "protocol/transport/lines.hpp"
#include "protocol/transport/spawner.hpp"
#include "protocol/transport/transport.hpp"

namespace transport {

/// A program that was started for us, its standard input and output as a transport. Whoever reads
/// also drains the child's standard error; read() returns End when the child has exited, too.
class ChildProcess final : public Transport {
 public:
  /// Gets each line of the child's standard error, on the thread that reads.
  using Listener = std::function<void(std::string_view line)>;

  /// Starts the program; throws std::runtime_error, its text a sentence, if that fails. From then
  /// on broken pipes no longer kill this process.
  ChildProcess(Spawner& spawner, const Command& command, Listener on_stderr = {});

  /// Gives the child kExitWait from close() on to leave by itself, then SIGTERM and kTermWait, then
  /// SIGKILL; whoever is left of its process group dies with it. Of many children, close() all
  /// first and they leave at the same time.
  ~ChildProcess() override;

  static constexpr auto kExitWait = std::chrono::seconds(2);
  static constexpr auto kTermWait = std::chrono::seconds(1);
  static constexpr std::size_t kStderrKept = 16 * 1024;

  Received read(Deadline deadline) override;
  bool write(std::string_view message, Deadline deadline) override;
  void close() override;

  pid_t pid() const { return spawned_.pid; }

  /// "exited with status 3", "was killed by signal 9 (Killed)" or "is running".
  std::string state() const;

  /// The last kStderrKept bytes of the child's standard error, in whole lines. From any thread.
  std::string last_words() const;

 private:
  bool wait_for_bytes(Deadline deadline);
  void finish();
  void read_stderr();
  void close_input();
  bool exits_before(std::chrono::steady_clock::time_point deadline);

  Spawned spawned_;  // `in` guarded by write_mutex_; the rest constant, but for the destructor.
  Descriptor wake_;  // An eventfd: close() ends a read() that waits.
  const Listener on_stderr_;
  std::atomic<bool> closed_{false};
  std::chrono::steady_clock::time_point closed_at_{};  // Written before closed_ by whoever sets it.
  LineBuffer out_lines_;                               // The reading thread's.
  LineBuffer err_lines_;                               // The reading thread's.
  bool err_ended_{};                                   // The reading thread's.
  std::mutex write_mutex_;
  mutable std::mutex words_mutex_;
  std::string last_words_;  // Guarded by words_mutex_.
};

}  // namespace transport
