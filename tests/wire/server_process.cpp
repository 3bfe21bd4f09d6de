#include "tests/wire/server_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace wire {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// Both ends close on exec; the child gets its own by dup2.
std::array<int, 2> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2");
  return ends;
}

pid_t spawn(const std::filesystem::path& program, const std::vector<std::string>& arguments,
            int input, int output, const std::filesystem::path& errors) {
  std::vector<char*> argv = {const_cast<char*>(program.c_str())};
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors.c_str(),
                                   O_WRONLY | O_CREAT | O_APPEND, 0600);
  pid_t pid = -1;
  const int problem = ::posix_spawn(&pid, program.c_str(), &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (problem != 0) throw std::runtime_error("cannot start " + program.string());
  return pid;
}

int milliseconds_until(steady_clock::time_point deadline) {
  const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now());
  return static_cast<int>(std::max(left, milliseconds(0)).count());
}

}  // namespace

ServerProcess::ServerProcess(const std::filesystem::path& program,
                             const std::vector<std::string>& arguments,
                             const std::filesystem::path& errors) {
  ::signal(SIGPIPE, SIG_IGN);
  const std::array<int, 2> input = make_pipe();
  const std::array<int, 2> output = make_pipe();
  pid_ = spawn(program, arguments, input[0], output[1], errors);
  ::close(input[0]);
  ::close(output[1]);
  in_ = input[1];
  out_ = output[0];
  ::fcntl(in_, F_SETFL, O_NONBLOCK);
}

ServerProcess::~ServerProcess() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  if (in_ >= 0) ::close(in_);
  ::close(out_);
}

bool ServerProcess::send(std::string_view bytes) {
  while (!bytes.empty()) {
    std::array<pollfd, 2> waits = {pollfd{in_, POLLOUT, 0}, pollfd{out_, POLLIN, 0}};
    if (::poll(waits.data(), waits.size(), static_cast<int>(milliseconds(kPatience).count())) <=
        0) {
      return false;
    }
    if ((waits[1].revents & POLLIN) != 0) take_in();
    if ((waits[0].revents & POLLERR) != 0) return false;
    if ((waits[0].revents & POLLOUT) == 0) continue;
    const ssize_t written = ::write(in_, bytes.data(), bytes.size());
    if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool ServerProcess::take_in() {
  std::array<char, 65536> chunk{};
  const ssize_t count = ::read(out_, chunk.data(), chunk.size());
  if (count > 0) bytes_.append(chunk.data(), static_cast<std::size_t>(count));
  return count > 0;
}

std::optional<std::string> ServerProcess::take_line() {
  const std::size_t end = bytes_.find('\n');
  if (end == std::string::npos) return std::nullopt;
  std::string line = bytes_.substr(0, end);
  bytes_.erase(0, end + 1);
  return line;
}

std::optional<std::string> ServerProcess::receive(milliseconds patience) {
  const auto deadline = steady_clock::now() + patience;
  while (true) {
    if (std::optional<std::string> line = take_line()) return line;
    pollfd wait = {out_, POLLIN, 0};
    if (::poll(&wait, 1, milliseconds_until(deadline)) <= 0 || !take_in()) return std::nullopt;
  }
}

int ServerProcess::finish() {
  ::close(in_);
  in_ = -1;
  const auto deadline = steady_clock::now() + kPatience;
  pollfd wait = {out_, POLLIN, 0};
  while (::poll(&wait, 1, milliseconds_until(deadline)) > 0 && take_in()) {
  }
  if (steady_clock::now() >= deadline) return -1;  // the destructor kills it
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace wire
