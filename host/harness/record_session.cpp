#include "host/harness/record_session.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <optional>
#include <stdexcept>

#include "host/harness/call_listener.hpp"
#include "protocol/transport/child_process.hpp"
#include "protocol/transport/lines.hpp"

namespace harness {
namespace {

using transport::ChildProcess;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kReadSize = 64 * 1024;
constexpr std::size_t kHeldMax = 1024 * 1024;  // Of a side that does not take what it is sent.
constexpr std::size_t kWriteSize = 4096;  // A pipe that poll(2) calls writable takes that at once.
constexpr int kLastReads = 64;

/// What was read from one side and not yet written to the other.
class Stream {
 public:
  Stream(int from, int to) : from_(from), to_(to) {}

  bool wants_to_read() const { return !ended_ && held_.size() < kHeldMax; }
  bool wants_to_write() const { return !held_.empty() && !broken_; }
  /// Nothing more will come out of it.
  bool done() const { return broken_ || (ended_ && held_.empty()); }
  bool ended() const { return ended_; }
  int from() const { return from_; }
  int to() const { return to_; }

  /// One read(2); the bytes that came.
  std::string read() {
    std::array<char, kReadSize> chunk;
    const ssize_t got = ::read(from_, chunk.data(), chunk.size());
    if (got < 0 && (errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK)) return "";
    if (got <= 0) {
      ended_ = true;
      return "";
    }
    std::string bytes(chunk.data(), static_cast<std::size_t>(got));
    if (!broken_) held_ += bytes;
    return bytes;
  }

  void write() {
    const ssize_t wrote = ::write(to_, held_.data(), std::min(held_.size(), kWriteSize));
    if (wrote >= 0) {
      held_.erase(0, static_cast<std::size_t>(wrote));
    } else if (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK) {
      broken_ = true;
      held_.clear();
    }
  }

 private:
  int from_;
  int to_;
  std::string held_;
  bool ended_{};
  bool broken_{};
};

class Passage final {
 public:
  Passage(const RecordingRun& run, transport::Spawned spawned)
      : run_(run),
        server_(std::move(spawned)),
        to_server_(run.in, server_.in.get()),
        to_client_(server_.out.get(), run.out),
        errors_(server_.err.get(), STDERR_FILENO) {}

  RecordingEnd run() {
    while (!over()) turn();
    drain();
    end_.status = reap();
    return end_;
  }

 private:
  /// The server has left, or had its time to.
  bool over() {
    if (exited_) return true;
    if (told_at_ && Clock::now() >= *told_at_ + ChildProcess::kExitWait) {
      ::kill(-server_.pid, termed_ ? SIGKILL : SIGTERM);
      termed_ = true;
      told_at_ = Clock::now();
    }
    return false;
  }

  void turn() {
    if (!told_at_ && (to_server_.done() || to_client_.done())) {
      server_.in.reset();  // The client left, or cannot be reached; or the server does not read.
      told_at_ = Clock::now();
    }
    const auto reading = [](const Stream& s) { return s.wants_to_read() ? s.from() : -1; };
    const auto writing = [](const Stream& s) { return s.wants_to_write() ? s.to() : -1; };
    const bool client = !told_at_;
    std::array<pollfd, 7> waits{{{client ? reading(to_server_) : -1, POLLIN, 0},
                                 {reading(to_client_), POLLIN, 0},
                                 {reading(errors_), POLLIN, 0},
                                 {client ? writing(to_server_) : -1, POLLOUT, 0},
                                 {writing(to_client_), POLLOUT, 0},
                                 {writing(errors_), POLLOUT, 0},
                                 {server_.process.get(), POLLIN, 0}}};
    const transport::Deadline deadline =
        told_at_ ? transport::Deadline(*told_at_ + ChildProcess::kExitWait) : std::nullopt;
    if (::poll(waits.data(), waits.size(), transport::poll_timeout(deadline)) <= 0) return;
    if (waits[0].revents != 0) listener_.hear_client(to_server_.read());
    if (waits[1].revents != 0) hear_server();
    if (waits[2].revents != 0) errors_.read();
    if (waits[3].revents != 0) to_server_.write();
    if (waits[4].revents != 0) to_client_.write();
    if (waits[5].revents != 0) errors_.write();
    exited_ = waits[6].revents != 0;
  }

  void hear_server() {
    if (!listener_.hear_server(to_client_.read())) return;
    const Heard heard = listener_.heard();
    end_.calls = heard.calls.size();
    const std::string problem = run_.on_call(heard);
    if (end_.problem.empty()) end_.problem = problem;
  }

  /// What the server wrote before it left, to a client that takes it.
  void drain() {
    for (int i = 0; i < kLastReads && !to_client_.ended() && is_ready(to_client_.from(), POLLIN);
         ++i) {
      hear_server();
    }
    while (to_client_.wants_to_write()) to_client_.write();
    for (int i = 0; i < kLastReads && !errors_.ended() && is_ready(errors_.from(), POLLIN); ++i) {
      errors_.read();
    }
    while (errors_.wants_to_write()) errors_.write();
  }

  static bool is_ready(int fd, short events) {
    pollfd one{fd, events, 0};
    return ::poll(&one, 1, 0) > 0;
  }

  int reap() {
    ::kill(-server_.pid, SIGKILL);  // Whoever is left of its group.
    int status = 0;
    ::waitpid(server_.pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

  const RecordingRun& run_;
  transport::Spawned server_;
  Stream to_server_;
  Stream to_client_;
  Stream errors_;
  CallListener listener_;
  RecordingEnd end_;
  std::optional<Clock::time_point> told_at_;  ///< When the server was told that nobody is there.
  bool termed_{};
  bool exited_{};
};

}  // namespace

RecordingEnd record_session(const RecordingRun& run) {
  transport::ignore_broken_pipes();
  transport::Spawned spawned = run.spawner.spawn(run.command);
  if (!spawned.problem.empty()) throw std::runtime_error(spawned.problem);
  return Passage(run, std::move(spawned)).run();
}

}  // namespace harness
