#include "protocol/transport/spawner.hpp"

#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/process/v2/environment.hpp>
#include <boost/process/v2/process.hpp>
#include <boost/process/v2/start_dir.hpp>
#include <boost/process/v2/stdio.hpp>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

namespace transport {
namespace {

namespace process = boost::process::v2;

constexpr std::array<std::string_view, 17> kPassedOn{"PATH",
                                                     "HOME",
                                                     "USER",
                                                     "LOGNAME",
                                                     "SHELL",
                                                     "LANG",
                                                     "LC_ALL",
                                                     "LC_CTYPE",
                                                     "LC_TIME",
                                                     "LANGUAGE",
                                                     "TZ",
                                                     "TMPDIR",
                                                     "TERM",
                                                     "XDG_DATA_HOME",
                                                     "XDG_CONFIG_HOME",
                                                     "XDG_CACHE_HOME",
                                                     "XDG_RUNTIME_DIR"};

/// Runs in the child between fork and exec, so it may only do what is safe there.
struct Hygiene {
  pid_t parent;

  template <class Launcher>
  process::error_code on_exec_setup(Launcher&, const process::filesystem::path&,
                                    const char* const*) {
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (::getppid() != parent) ::_exit(EXIT_FAILURE);  // It died before we asked to be told.
    ::syscall(SYS_close_range, 3U, ~0U, CLOSE_RANGE_CLOEXEC);
    std::signal(SIGPIPE, SIG_DFL);  // What we ignore or block would stay so across exec.
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    return {};
  }
};

std::string explain(int error) {
  return std::generic_category().message(error);
}

bool is_program(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
         ::access(path.c_str(), X_OK) == 0;
}

std::optional<std::string> find_program(const std::string& name) {
  if (name.find('/') != std::string::npos) {
    return is_program(name) ? std::optional(name) : std::nullopt;
  }
  const char* const path = std::getenv("PATH");
  std::string_view folders = path != nullptr ? path : "/usr/local/bin:/usr/bin:/bin";
  while (!folders.empty()) {
    const std::string_view folder = folders.substr(0, folders.find(':'));
    folders.remove_prefix(std::min(folders.size(), folder.size() + 1));
    std::string candidate = std::string(folder) + '/' + name;
    if (!folder.empty() && is_program(candidate)) return candidate;
  }
  return std::nullopt;
}

struct Pipe {
  Descriptor read;
  Descriptor write;
};

std::optional<Pipe> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return std::nullopt;
  return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

void stop_blocking(const Descriptor& end) {
  ::fcntl(end.get(), F_SETFL, ::fcntl(end.get(), F_GETFL) | O_NONBLOCK);
}

Spawned refused(std::string problem) {
  Spawned spawned;
  spawned.problem = std::move(problem);
  return spawned;
}

Spawned start(boost::asio::io_context& context, const Command& command) {
  const std::optional<std::string> program = find_program(command.program);
  if (!program) {
    return refused("There is no program \"" + command.program +
                   "\" that may be run; check the command and its path.");
  }
  std::optional<Pipe> in = make_pipe();
  std::optional<Pipe> out = make_pipe();
  std::optional<Pipe> err = make_pipe();
  if (!in || !out || !err) return refused("No pipe to \"" + *program + "\": " + explain(errno));

  // A child whose exec fails calls exit(), which would write our buffer again.
  std::fflush(stdout);
  process::posix::default_launcher launcher;
  process::error_code error;
  // None of these may be const: Boost.Process silently skips initialisers it cannot call.
  process::process_stdio streams{in->read.get(), out->write.get(), err->write.get()};
  process::process_environment environment(command.environment);
  Hygiene hygiene{.parent = ::getpid()};
  auto child = command.folder.empty()
                   ? launcher(context.get_executor(), error, *program, command.args, streams,
                              environment, hygiene)
                   : launcher(context.get_executor(), error, *program, command.args, streams,
                              environment, process::process_start_dir(command.folder), hygiene);
  if (error) {
    if (launcher.pid > 0) {
      ::kill(launcher.pid, SIGKILL);  // It may be stuck in the exit handlers it inherited from us.
      ::waitpid(launcher.pid, nullptr, 0);
    }
    return refused("\"" + *program + "\" cannot be started: " + error.message());
  }
  child.detach();

  Spawned spawned{
      .pid = launcher.pid,
      .process = Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, launcher.pid, 0))),
      .in = std::move(in->write),
      .out = std::move(out->read),
      .err = std::move(err->read)};
  stop_blocking(spawned.in);
  stop_blocking(spawned.out);
  stop_blocking(spawned.err);
  return spawned;
}

}  // namespace

std::vector<std::string> child_environment(const std::map<std::string, std::string>& configured) {
  std::map<std::string, std::string> all = configured;
  for (const std::string_view name : kPassedOn) {
    const std::string key(name);
    if (const char* const value = std::getenv(key.c_str())) all.emplace(key, value);
  }
  std::vector<std::string> lines;
  lines.reserve(all.size());
  for (const auto& [name, value] : all) lines.push_back(name + '=' + value);
  return lines;
}

Spawner::Spawner() : thread_([this] { work(); }) {}

Spawner::~Spawner() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

Spawned Spawner::spawn(const Command& command) {
  Order order{.command = &command};
  std::unique_lock lock(mutex_);
  orders_.push_back(&order);
  changed_.notify_all();
  changed_.wait(lock, [&order] { return order.done; });
  return std::move(order.spawned);
}

void Spawner::work() {
  boost::asio::io_context context;
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return ended_ || !orders_.empty(); });
    if (orders_.empty()) return;
    Order& order = *orders_.front();
    orders_.pop_front();
    lock.unlock();
    Spawned spawned = start(context, *order.command);
    lock.lock();
    order.spawned = std::move(spawned);
    order.done = true;
    changed_.notify_all();
  }
}

}  // namespace transport
