#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iomanip>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "tests/temp_folder.hpp"
#include "tests/wire/server_process.hpp"

/// usage: bench_tasks [TASKS]: the real tasks server over stdio with 100,000 tasks (or so many), in
/// a folder below TMPDIR, as a client sees it: from a line written to the line read, neither made
/// nor taken apart meanwhile. Prints the median and 95th percentile of each kind of call, the
/// median as a multiple of a ping in the same run, and the server's memory. Writes wait for the
/// disk, so one write and its fsync are measured beside them; with TMPDIR=/dev/shm there is no
/// disk.
namespace {

using Json = nlohmann::json;
using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr int kBatch = 500;
constexpr int kTimes = 300;

class Server final {
 public:
  explicit Server(const std::filesystem::path& folder)
      : process_(std::filesystem::path(ADJUTANT_BIN_DIR) / "adjutant-tasks",
                 {"--data", folder / "data", "--zone", "Europe/Warsaw", "--now",
                  "2026-03-16T09:00:00+01:00"},
                 folder / "errors.log") {
    request("initialize", {{"protocolVersion", "2025-11-25"},
                           {"capabilities", Json::object()},
                           {"clientInfo", {{"name", "bench"}, {"version", "1"}}}});
  }

  std::string request(const std::string& method, const Json& params) {
    const Json message = {
        {"jsonrpc", "2.0"}, {"id", ++id_}, {"method", method}, {"params", params}};
    const std::string line = message.dump() + "\n";
    const auto begin = Clock::now();
    process_.send(line);
    const std::optional<std::string> answer = process_.receive();
    took_ = Milliseconds(Clock::now() - begin).count();
    if (!answer || answer->find("\"isError\":true") != std::string::npos ||
        answer->find("\"error\":") != std::string::npos) {
      std::cerr << method << " " << params.dump().substr(0, 200) << ": " << answer.value_or("ended")
                << "\n";
      std::exit(1);
    }
    return *answer;
  }
  Json call(const std::string& tool, const Json& arguments) {
    return Json::parse(request("tools/call", {{"name", tool}, {"arguments", arguments}}));
  }
  /// Milliseconds from the last request to its answer.
  double took() const { return took_; }

  /// "VmRSS", "VmHWM": a line of /proc/PID/status, in MiB.
  double memory(const std::string& name) const {
    std::ifstream status("/proc/" + std::to_string(process_.pid()) + "/status");
    for (std::string line; std::getline(status, line);) {
      if (line.starts_with(name + ":")) return std::stod(line.substr(name.size() + 1)) / 1024;
    }
    return 0;
  }

 private:
  wire::ServerProcess process_;
  int id_{};
  double took_{};
};

struct Figures {
  double median{};
  double high{};
};

/// `work` returns how many milliseconds it took.
Figures measured(int times, const std::function<double()>& work) {
  std::vector<double> took;
  for (int i = 0; i < times; ++i) took.push_back(work());
  std::ranges::sort(took);
  return {.median = took[took.size() / 2], .high = took[took.size() * 95 / 100]};
}

double timed(const std::function<void()>& work) {
  const auto begin = Clock::now();
  work();
  return Milliseconds(Clock::now() - begin).count();
}

class Random final {
 public:
  int below(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }

  Json task(int number) {
    static const std::vector<std::string> words = {
        "prepare", "review", "write",  "send",   "plan",     "budget", "report",  "release",
        "meeting", "garden", "travel", "slides", "contract", "order",  "invoice", "visit"};
    const auto word = [&] { return words[static_cast<std::size_t>(below(16))]; };
    Json made = {{"title", word() + " " + word() + " " + std::to_string(number)},
                 {"project", "Project " + std::to_string(below(50))},
                 {"tags", {"tag" + std::to_string(below(20))}},
                 {"assignee", "Person " + std::to_string(below(100))}};
    static const std::vector<std::string> names = {"none", "low", "medium", "high"};
    made["priority"] = names[static_cast<std::size_t>(below(4))];
    if (below(100) < 20) made["status"] = "done";
    if (below(100) < 70) made["due"] = date();
    return made;
  }

 private:
  std::string date() {
    const auto day = std::chrono::year_month_day(
        std::chrono::sys_days(std::chrono::year(2026) / 1 / 1 + std::chrono::months(below(12))) +
        std::chrono::days(below(28)));
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", int(day.year()), unsigned(day.month()),
                  unsigned(day.day()));
    return below(2) == 0 ? text : std::string(text) + "T10:30:00Z";
  }

  std::mt19937 random_{1};
};

/// One write of 4 KiB and its fsync: what any store that keeps its word pays at least.
Figures disk(const std::filesystem::path& folder, int times) {
  const int fd = ::open((folder / "floor").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  const std::string page(4096, 'x');
  const Figures figures = measured(times, [&] {
    return timed([&] {
      if (::write(fd, page.data(), page.size()) < 0 || ::fsync(fd) != 0) std::exit(1);
    });
  });
  ::close(fd);
  return figures;
}

void print(const std::string& name, const Figures& figures, double floor) {
  std::cout << std::left << std::setw(34) << name << std::right << std::fixed
            << std::setprecision(3) << std::setw(9) << figures.median << std::setw(9)
            << figures.high << std::setprecision(1) << std::setw(9) << figures.median / floor
            << "\n";
}

/// All kinds of calls, one after the other.
class Bench final {
 public:
  Bench(int tasks, const std::filesystem::path& folder) : tasks_(tasks), folder_(folder) {}

  void run() {
    fill();
    std::cout << std::left << std::setw(34) << "call" << std::right << std::setw(9) << "p50 ms"
              << std::setw(9) << "p95 ms" << std::setw(9) << "x ping\n";
    const Figures ping = measured(kTimes, [&] {
      server_->request("ping", Json::object());
      return server_->took();
    });
    floor_ = ping.median;
    print("ping", ping, floor_);
    print("(a write of 4 KiB and its fsync)", disk(folder_, kTimes), floor_);
    lists();
    others();
    std::cout << "memory of the server, MiB: " << server_->memory("VmRSS") << ", at most "
              << server_->memory("VmHWM") << "\n";
    server_.reset();
    print("start, to the first answer",
          measured(20,
                   [&] {
                     const double took =
                         timed([&] { server_ = std::make_unique<Server>(folder_); });
                     server_.reset();
                     return took;
                   }),
          floor_);
  }

 private:
  void fill() {
    const double took = timed([&] {
      for (int made = 0; made < tasks_; made += kBatch) {
        Json batch = Json::array();
        for (int i = 0; i < kBatch; ++i) batch.push_back(random_.task(made + i));
        server_->call("add_tasks", {{"tasks", batch}});
      }
    });
    std::cout << tasks_ << " tasks, made in " << std::fixed << std::setprecision(1) << took / 1000
              << " s\n";
  }

  using Arguments = std::function<Json()>;
  void bench(const std::string& name, const std::string& tool, const Arguments& arguments,
             int times = kTimes) {
    print(name,
          measured(times,
                   [&] {
                     server_->call(tool, arguments());
                     return server_->took();
                   }),
          floor_);
  }
  void list(const std::string& name, const Json& arguments) {
    bench(name, "list_tasks", [&] { return arguments; });
  }

  void lists() {
    list("list, 50 rows", Json::object());
    const Json first = server_->call("list_tasks", Json::object());
    list("list, the next page", {{"cursor", first["result"]["structuredContent"]["next_cursor"]}});
    list("list by priority", {{"sort", "priority"}});
    list("list by age", {{"sort", "created"}});
    list("list, 10 rows", {{"limit", 10}});
    list("filter: project", {{"project", "project 7"}});
    list("filter: tag", {{"tags", {"tag7"}}});
    list("filter: assignee", {{"assignee", "person 77"}});
    list("filter: assignee, all 100", {{"assignee", "person"}});
    list("filter: done", {{"status", {"done"}}});
    list("filter: done and project", {{"status", {"done"}}, {"project", "Project 3"}});
    list("filter: tag and project", {{"tags", {"tag7"}}, {"project", "project 7"}});
    list("filter: project by priority", {{"project", "project 7"}, {"sort", "priority"}});
    list("filter: due this week", {{"due_from", "this week"}});
    list("filter: due in half a year", {{"due_from", "2026-03-01"}, {"due_before", "2026-09-01"}});
    list("filter: overdue", {{"overdue", true}});
    list("filter: overdue, project and tag",
         {{"overdue", true}, {"project", "project 7"}, {"tags", {"tag7"}}});
    list("filter: words, one task", {{"query", "4321"}});
    list("filter: words, one task in eight", {{"query", "budget"}});
    list("filter: two words", {{"query", "budget report"}});
    list("filter: two letters", {{"query", "re"}});
    list("filter: one letter", {{"query", "1"}});
    list("filter: words and tag by priority",
         {{"query", "budget"}, {"tags", {"tag7"}}, {"sort", "priority"}});
  }

  void others() {
    const auto next = [this] {
      next_ = (next_ + 331) % tasks_;
      return Json{{"ids", {"t" + std::to_string(next_ + 1)}}};
    };
    bench("get one", "get_tasks", next);
    bench("add one", "add_tasks", [&] { return Json{{"tasks", {random_.task(0)}}}; });
    bench("complete one", "complete_tasks", next);
    bench("update one", "update_tasks", [&] {
      Json arguments = next();
      arguments["due"] = "2026-04-0" + std::to_string(1 + random_.below(9));
      return arguments;
    });
    bench("undo", "undo_tasks_change", [] { return Json::object(); });
    bench(
        "prioritize", "prioritize_tasks", [] { return Json::object(); }, 20);
    bench(
        "prioritize by a goal", "prioritize_tasks",
        [] {
          return Json{{"goals", {"budget report"}}};
        },
        20);
  }

  const int tasks_;
  const std::filesystem::path folder_;
  std::unique_ptr<Server> server_ = std::make_unique<Server>(folder_);
  Random random_{};
  int next_{};
  double floor_{};
};

}  // namespace

int main(int argc, char** argv) {
  const test::TempFolder folder;
  Bench(argc > 1 ? std::atoi(argv[1]) : 100'000, folder.path()).run();
  return 0;
}
