#include "host/harness/memory.hpp"

#include <charconv>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace harness {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kStatusUnit = 1024;

std::size_t number_in(const std::string& line) {
  const std::size_t start = line.find_first_of("0123456789");
  std::size_t number = 0;
  if (start != std::string::npos)
    std::from_chars(line.data() + start, line.data() + line.size(), number);
  return number;
}

struct Status {
  pid_t parent{};
  std::size_t resident{};
  std::size_t anonymous{};
  std::size_t writable{};
  std::size_t peak{};
};

// A process may end while it is read about; then it has no status.
bool read_status(const fs::path& process, Status& status) {
  std::ifstream in(process / "status");
  bool found = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("PPid:")) {
      status.parent = static_cast<pid_t>(number_in(line));
      found = true;
    } else if (line.starts_with("VmRSS:")) {
      status.resident = number_in(line) * kStatusUnit;
    } else if (line.starts_with("RssAnon:")) {
      status.anonymous = number_in(line) * kStatusUnit;
    } else if (line.starts_with("VmHWM:")) {
      status.peak = number_in(line) * kStatusUnit;
    } else if (line.starts_with("VmData:")) {
      status.writable = number_in(line) * kStatusUnit;
    }
  }
  return found;
}

}  // namespace

MemoryUse memory_of_tree(pid_t root) {
  std::map<pid_t, Status> all;
  std::multimap<pid_t, pid_t> children;
  for (const fs::directory_entry& entry : fs::directory_iterator("/proc")) {
    const std::string name = entry.path().filename();
    Status status;
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    if (!read_status(entry.path(), status)) continue;
    const auto pid = static_cast<pid_t>(number_in(name));
    all[pid] = status;
    children.emplace(status.parent, pid);
  }
  MemoryUse use;
  std::vector<pid_t> open{root};
  while (!open.empty()) {
    const pid_t pid = open.back();
    open.pop_back();
    const auto found = all.find(pid);
    if (found == all.end()) continue;
    use.resident += found->second.resident;
    use.anonymous += found->second.anonymous;
    use.writable += found->second.writable;
    use.peak += found->second.peak;
    ++use.processes;
    const auto [first, last] = children.equal_range(pid);
    for (auto child = first; child != last; ++child) open.push_back(child->second);
  }
  return use;
}

}  // namespace harness
