#include "tests/agent/installation.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "host/trust/descriptor.hpp"

namespace agent_test {

namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

constexpr const char* kServers[] = {"calendar", "email", "tasks", "files", "memory"};
const fs::path kBuilt = ADJUTANT_BIN_DIR;
const fs::path kSample = fs::path(ADJUTANT_SOURCE_DIR) / "examples" / "day";

std::vector<Json> lines_of(const fs::path& file) {
  std::istringstream text(read(file));
  std::vector<Json> lines;
  for (std::string line; std::getline(text, line);) lines.push_back(Json::parse(line));
  return lines;
}

std::string call_name(const Json& entry, const char* digest) {
  return entry["server"].get<std::string>() + " " + entry["tool"].get<std::string>() + " " +
         entry[digest].get<std::string>();
}

void replace(const fs::path& at, const fs::path& with) {
  fs::remove(at);
  fs::copy_file(with, at);
}

}  // namespace

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const fs::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
}

Installation::Installation() {
  fs::create_directories(bin());
  fs::create_directories(folder_.path() / "out");
  fs::copy_file(kBuilt / "adjutant", bin() / "adjutant");
  for (const std::string server : kServers)
    fs::copy_file(kBuilt / ("adjutant-" + server), bin() / ("adjutant-" + server));
  fs::copy(kSample / "mail", mail(), fs::copy_options::recursive);
  for (const fs::path& box : {mail(), mail() / ".Sent"}) {
    for (const char* part : {"cur", "new", "tmp"}) fs::create_directories(box / part);
  }
  fs::copy_file(kSample / "calendar.ics", calendar());
  fs::copy(kSample / "documents", documents(), fs::copy_options::recursive);
}

Installation::Running Installation::start(const std::vector<std::string>& words) const {
  static std::atomic<int> count{0};
  const std::string number = std::to_string(++count);
  const Running running{.out = folder_.path() / "out" / (number + ".out"),
                        .err = folder_.path() / "out" / (number + ".err")};
  std::vector<std::string> all{
      (bin() / "adjutant").string(), "--data", data().string(), "--zone", "Europe/Warsaw", "--now",
      "2026-03-16T07:30:00+01:00"};
  all.insert(all.end(), words.begin(), words.end());
  std::vector<char*> argv;
  for (std::string& word : all) argv.push_back(word.data());
  argv.push_back(nullptr);
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::dup2(::open("/dev/null", O_RDONLY), STDIN_FILENO);
    ::dup2(::open(running.out.c_str(), O_WRONLY | O_CREAT, 0600), STDOUT_FILENO);
    ::dup2(::open(running.err.c_str(), O_WRONLY | O_CREAT, 0600), STDERR_FILENO);
    ::execv(argv[0], argv.data());
    std::_Exit(9);
  }
  return {.pid = pid, .out = running.out, .err = running.err};
}

Output Installation::wait(const Running& running) {
  int status = 0;
  ::waitpid(running.pid, &status, 0);
  return {.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
          .out = read(running.out),
          .err = read(running.err)};
}

Output Installation::run(const std::vector<std::string>& words) const {
  return wait(start(words));
}

Output Installation::day(std::vector<std::string> words) const {
  words.insert(words.begin(), {"day", "--json", "--mail", mail().string(), "--calendar",
                               calendar().string(), "--files", documents().string()});
  return run(words);
}

void Installation::feed() const {
  for (const Output& output :
       {run({"call", "tasks", "add_tasks", "--json", "@" + (kSample / "tasks.json").string()}),
        run({"call", "memory", "update_profile", "--json",
             "@" + (kSample / "profile.json").string()})})
    if (output.status != 0) throw std::runtime_error(output.err);
}

void Installation::count_calls(long kill_at) const {
  for (const std::string server : kServers)
    replace(bin() / ("adjutant-" + server), kBuilt / "counting_proxy");
  write(bin() / "proxy.json", Json{{"real", kBuilt.string()},
                                   {"calls", (folder_.path() / "calls").string()},
                                   {"kill_at", kill_at}}
                                  .dump());
}

void Installation::wait_for_servers() const {
  const host::Descriptor running(folder_.path() / "calls.running", O_RDWR | O_CREAT);
  running.lock(LOCK_EX);
}

std::vector<std::string> Installation::calls() const {
  std::vector<std::string> names;
  for (const Json& line : lines_of(folder_.path() / "calls"))
    names.push_back(call_name(line, "sha256"));
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> Installation::audited() const {
  std::vector<std::string> names;
  for (const Json& record : lines_of(data() / "host" / "audit.jsonl")) {
    const bool allowed = record["decision"] == "act" || record["decision"] == "tell";
    if (allowed && record["phase"] == "decided") names.push_back(call_name(record, "args_sha256"));
  }
  std::sort(names.begin(), names.end());
  return names;
}

void Installation::script(const std::string& server, const std::string& mode) const {
  const fs::path program = bin() / ("adjutant-" + server);
  replace(program, kBuilt / "scripted_server");
  write(program.string() + ".mode", mode);
}

std::map<std::string, std::string> Installation::belongings() const {
  std::map<std::string, std::string> files{{calendar().string(), read(calendar())}};
  for (const fs::path& folder : {mail(), documents()}) {
    for (const auto& entry : fs::recursive_directory_iterator(folder))
      files[entry.path().string()] = entry.is_regular_file() ? read(entry.path()) : "folder";
  }
  return files;
}

}  // namespace agent_test
