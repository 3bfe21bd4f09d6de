#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "protocol/transport/descriptor.hpp"

namespace mcp {

/// A timer that one thread sets and another sleeps on. Nobody wakes up where it is set again and
/// again before it rings.
class Alarm {
 public:
  using Time = std::chrono::steady_clock::time_point;
  Alarm();
  void set(Time at);
  void wait();  ///< One ring wakes one of the threads that wait.

 private:
  transport::Descriptor timer_;
};

/// The threads of one connection: who reads, who works, and when a job may start.
///
/// Jobs start in the order they were read: an exclusive one when everything before it is done, a
/// shared one when every exclusive one before it is. The thread that read a job does it, so a lone
/// call costs no hand-off; when it takes longer than kHandOff, another thread takes over the
/// reading, so that a cancellation is read while calls run. One thread always stays free for that.
/// Nothing is read while the jobs that wait are too many.
class Crew {
 public:
  static constexpr std::size_t kThreadsMax = 4;
  static constexpr std::size_t kQueueMax = 256;                    ///< Jobs that wait.
  static constexpr std::size_t kQueueBytesMax = 64 * 1024 * 1024;  ///< Of their messages.
  static constexpr auto kHandOff = std::chrono::milliseconds(2);
  static constexpr auto kPatienceAtEnd = std::chrono::seconds(3);

  struct Job {
    bool exclusive{};
    std::size_t bytes{};
    /// Gets what belongs to the thread that runs it; empty on a thread's first job. Does not throw.
    std::function<void(std::shared_ptr<void>& context)> run{};
  };

  /// What the connection does for the crew. Neither throws.
  struct Duties {
    /// Waits for one message and does what takes no time; sets `job` to what does. False at the
    /// end. One thread at a time, each seeing what the one before it did.
    std::function<bool(std::optional<Job>& job)> receive{};
    /// Jobs still run kPatienceAtEnd after the end: tell them to stop.
    std::function<void()> hurry{};
  };

  explicit Crew(Duties duties) : duties_(std::move(duties)) {}

  /// Works until the end was received and every job is done. The caller's thread is part of the
  /// crew.
  void run();

 private:
  using Lock = std::unique_lock<std::mutex>;

  void work(bool standing_by);
  void read_one(Lock& lock);
  void run_front(Lock& lock, std::shared_ptr<void>& context);
  void stand_by(Lock& lock);
  void hurry(Lock& lock);
  void add_thread();
  void set_alarm();

  // All of these need mutex_.
  bool finished() const;
  bool has_room() const;
  bool can_start() const;
  bool may_run() const;
  bool may_read() const;
  bool must_hurry() const;
  std::optional<Alarm::Time> needed_at() const;

  const Duties duties_;
  Alarm alarm_;
  std::mutex mutex_;

  // All guarded by mutex_.
  std::deque<Job> queue_;
  std::size_t queued_bytes_{};
  std::size_t shared_running_{};
  std::size_t exclusive_running_{};  // 0 or 1.
  bool reading_{};                   // A thread waits for a message.
  std::size_t standing_by_{};        // Threads that wait for the alarm.
  Alarm::Time idle_since_{};         // Nobody reads since then, unless reading_.
  std::optional<Alarm::Time> alarm_at_;
  bool ended_{};
  bool hurried_{};
  Alarm::Time ended_at_{};
  std::vector<std::thread> threads_;  // Without the caller's own.
};

}  // namespace mcp
