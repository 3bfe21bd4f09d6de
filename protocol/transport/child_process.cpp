#include "protocol/transport/child_process.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/wait.h>

#include <array>
#include <csignal>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace transport {
namespace {

constexpr std::size_t kStderrLineMax = 8 * 1024;
// A child that exits closes its output a moment before that can be seen.
constexpr auto kExitNotice = std::chrono::milliseconds(200);
constexpr int kLastReads = 16;  // Of a stderr that somebody else may go on filling.

bool is_readable(int fd) {
  pollfd one{.fd = fd, .events = POLLIN, .revents = 0};
  return ::poll(&one, 1, 0) > 0;
}

}  // namespace

ChildProcess::ChildProcess(Spawner& spawner, const Command& command, Listener on_stderr)
    : spawned_(spawner.spawn(command)),
      wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      on_stderr_(std::move(on_stderr)),
      err_lines_(kStderrLineMax) {
  if (!spawned_.problem.empty()) throw std::runtime_error(spawned_.problem);
  ignore_broken_pipes();
}

ChildProcess::~ChildProcess() {
  ChildProcess::close();
  spawned_.in.reset();
  spawned_.out.reset();  // A child that still answers gets EPIPE instead of waiting for us.
  if (!exits_before(closed_at_ + kExitWait)) {
    ::kill(-spawned_.pid, SIGTERM);
    exits_before(std::chrono::steady_clock::now() + kTermWait);
  }
  ::kill(-spawned_.pid,
         SIGKILL);  // Before the child is reaped, while its id still names the group.
  ::waitpid(spawned_.pid, nullptr, 0);
}

Received ChildProcess::read(Deadline deadline) {
  while (!closed_) {
    if (std::optional<Received> line = out_lines_.next()) return *std::move(line);
    if (!wait_for_bytes(deadline)) return {.event = Event::Late};
  }
  return {.event = Event::End};
}

// Takes in what the child wrote, on either stream. False if the deadline came first.
bool ChildProcess::wait_for_bytes(Deadline deadline) {
  std::array<pollfd, 4> waits{
      {{.fd = spawned_.out.get(), .events = POLLIN, .revents = 0},
       {.fd = err_ended_ ? -1 : spawned_.err.get(), .events = POLLIN, .revents = 0},
       {.fd = spawned_.process.get(), .events = POLLIN, .revents = 0},
       {.fd = wake_.get(), .events = POLLIN, .revents = 0}}};
  const int ready = ::poll(waits.data(), waits.size(), poll_timeout(deadline));
  if (ready == 0) return false;
  if (ready < 0) return true;  // A signal.
  if (waits[1].revents != 0) read_stderr();
  if (waits[0].revents != 0) {
    if (fill(spawned_.out.get(), out_lines_) == Filled::End) finish();
  } else if (waits[2].revents != 0) {
    finish();  // It exited. A child of the child may hold the pipe open, but nobody answers on it.
  }
  return true;
}

void ChildProcess::finish() {
  out_lines_.finish();
  exits_before(std::chrono::steady_clock::now() + kExitNotice);  // So that state() can say how.
  for (int i = 0; i < kLastReads && !err_ended_ && is_readable(spawned_.err.get()); ++i) {
    read_stderr();
  }
}

void ChildProcess::read_stderr() {
  if (fill(spawned_.err.get(), err_lines_) == Filled::End) {
    err_lines_.finish();
    err_ended_ = true;
  }
  for (std::optional<Received> line = err_lines_.next(); line && line->event != Event::End;
       line = err_lines_.next()) {
    const std::string text = line->event == Event::Message
                                 ? std::move(line->bytes)
                                 : "(a line of " + std::to_string(line->length) + " bytes)";
    {
      const std::lock_guard lock(words_mutex_);
      last_words_.append(text).push_back('\n');
      if (last_words_.size() > kStderrKept) {
        const std::size_t cut = last_words_.find('\n', last_words_.size() - kStderrKept - 1);
        last_words_.erase(0, cut + 1);
      }
    }
    if (on_stderr_) on_stderr_(text);
  }
}

bool ChildProcess::write(std::string_view message, Deadline deadline) {
  bool wrote = false;
  {
    const std::lock_guard lock(write_mutex_);
    if (closed_ || spawned_.in.get() < 0) return false;
    wrote = write_line(spawned_.in.get(), message, deadline);
    if (!wrote) spawned_.in.reset();  // Half a message may be in the pipe.
  }
  if (closed_) close_input();  // close() did not wait for this message.
  return wrote;
}

/// Unless somebody writes, who closes it then: he looks at closed_ once he has let go.
void ChildProcess::close_input() {
  if (const std::unique_lock lock(write_mutex_, std::try_to_lock); lock) spawned_.in.reset();
}

void ChildProcess::close() {
  {
    const std::lock_guard lock(words_mutex_);
    if (closed_) return;
    closed_at_ = std::chrono::steady_clock::now();
    closed_ = true;
  }
  ::eventfd_write(wake_.get(), 1);
  close_input();
}

// Waits for the exit, and listens to the child's last words while it does: a full pipe would keep
// it.
bool ChildProcess::exits_before(std::chrono::steady_clock::time_point deadline) {
  while (!is_readable(spawned_.process.get())) {
    std::array<pollfd, 2> waits{
        {{.fd = spawned_.process.get(), .events = POLLIN, .revents = 0},
         {.fd = err_ended_ ? -1 : spawned_.err.get(), .events = POLLIN, .revents = 0}}};
    if (::poll(waits.data(), waits.size(), poll_timeout(deadline)) == 0) return false;
    if (waits[1].revents != 0) read_stderr();
  }
  return true;
}

std::string ChildProcess::state() const {
  siginfo_t info{};
  const auto process = static_cast<id_t>(spawned_.process.get());
  if (::waitid(P_PIDFD, process, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == 0) {
    return "is running";
  }
  if (info.si_code == CLD_EXITED) return "exited with status " + std::to_string(info.si_status);
  return "was killed by signal " + std::to_string(info.si_status) + " (" +
         ::strsignal(info.si_status) + ")";
}

std::string ChildProcess::last_words() const {
  const std::lock_guard lock(words_mutex_);
  return last_words_;
}

}  // namespace transport
