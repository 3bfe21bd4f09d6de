// Stands in the place of a server: starts the real one, passes every line on, and notes each
// tools/call in a file before it does. `proxy.json` beside it says where: {"real": FOLDER, "calls":
// FILE, "kill_at": N}. At the N-th call of all servers (0: never) it kills its parent with SIGKILL
// and then passes the call on all the same: the effect comes, whatever the parent knew. While it
// lives it holds a shared lock on FILE.running, so that a test can wait until the effect is there.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/trust/descriptor.hpp"
#include "host/trust/seal.hpp"

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

struct Real {
  pid_t pid{};
  int in{};
};

Real start_real(const fs::path& program, char** argv) {
  int ends[2];
  if (::pipe(ends) != 0) std::exit(9);
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::dup2(ends[0], STDIN_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
    std::signal(SIGTERM, SIG_DFL);
    ::execv(program.c_str(), argv);
    std::_Exit(9);
  }
  ::close(ends[0]);
  return {.pid = pid, .in = ends[1]};
}

/// One line for the call; returns how many there are now.
long note(const fs::path& calls, const std::string& server, const Json& params) {
  const host::Descriptor file(calls, O_RDWR | O_CREAT | O_APPEND);
  file.lock(LOCK_EX);
  const Json arguments = params.value("arguments", Json::object());
  file.write(Json{{"server", server},
                  {"tool", params.value("name", "")},
                  {"sha256", host::sha256(arguments.dump())}}
                 .dump() +
             "\n");
  const std::string all = file.read_from(0);
  return std::count(all.begin(), all.end(), '\n');
}

void pass_on(int to, std::string line) {
  line += '\n';
  for (std::size_t at = 0; at < line.size();) {
    const ssize_t put = ::write(to, line.data() + at, line.size() - at);
    if (put <= 0) return;
    at += static_cast<std::size_t>(put);
  }
}

}  // namespace

int main(int, char** argv) {
  const fs::path self = fs::read_symlink("/proc/self/exe");
  const Json config = Json::parse(std::ifstream(self.parent_path() / "proxy.json"));
  const std::string name = self.filename().string();
  const host::Descriptor running(config["calls"].get<std::string>() + ".running", O_RDWR | O_CREAT);
  running.lock(LOCK_SH);
  const Real real = start_real(fs::path(config["real"].get<std::string>()) / name, argv);
  std::signal(SIGTERM, SIG_IGN);  // Sent when the parent dies; the call has to go through first.
  const pid_t parent = ::getppid();
  for (std::string line; std::getline(std::cin, line);) {
    const Json message = Json::parse(line, nullptr, false);
    if (message.is_object() && message.value("method", "") == "tools/call") {
      const long count = note(config["calls"].get<std::string>(), name.substr(name.find('-') + 1),
                              message["params"]);
      if (count == config["kill_at"].get<long>()) ::kill(parent, SIGKILL);
    }
    pass_on(real.in, line);
  }
  ::close(real.in);
  int status = 0;
  ::waitpid(real.pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
