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
/// a folder below TMPDIR. Prints the median and 90th percentile of each kind of call, and the
/// median as a multiple of a ping in the same run. Writes wait for the disk, so one write and its
/// fsync are measured beside them; with TMPDIR=/dev/shm there is no disk.
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
    process_.send(message.dump() + "\n");
    const std::optional<std::string> answer = process_.receive();
    if (!answer || answer->find("\"isError\":true") != std::string::npos ||
        answer->find("\"error\":") != std::string::npos) {
      std::cerr << method << " " << params.dump().substr(0, 200) << ": " << answer.value_or("ended")
                << "\n";
      std::exit(1);
    }
    return *answer;
  }
  std::string call(const std::string& tool, const Json& arguments) {
    return request("tools/call", {{"name", tool}, {"arguments", arguments}});
  }

 private:
  wire::ServerProcess process_;
  int id_{};
};

struct Figures {
  double median{};
  double high{};
};

Figures measured(int times, const std::function<void()>& work) {
  std::vector<double> took;
  for (int i = 0; i < times; ++i) {
    const auto begin = Clock::now();
    work();
    took.push_back(Milliseconds(Clock::now() - begin).count());
  }
  std::ranges::sort(took);
  return {.median = took[took.size() / 2], .high = took[took.size() * 9 / 10]};
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
    if (::write(fd, page.data(), page.size()) < 0 || ::fsync(fd) != 0) std::exit(1);
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

}  // namespace

int main(int argc, char** argv) {
  const int tasks = argc > 1 ? std::atoi(argv[1]) : 100'000;
  const test::TempFolder folder;
  auto server = std::make_unique<Server>(folder.path());
  Random random;
  const auto begin = Clock::now();
  for (int made = 0; made < tasks; made += kBatch) {
    Json batch = Json::array();
    for (int i = 0; i < kBatch; ++i) batch.push_back(random.task(made + i));
    server->call("add_tasks", {{"tasks", batch}});
  }
  std::cout << tasks << " tasks, made in " << std::fixed << std::setprecision(1)
            << Milliseconds(Clock::now() - begin).count() / 1000 << " s\n"
            << std::left << std::setw(34) << "call" << std::right << std::setw(9) << "p50 ms"
            << std::setw(9) << "p90 ms" << std::setw(9) << "x ping\n";

  const Figures ping = measured(kTimes, [&] { server->request("ping", Json::object()); });
  const auto bench = [&](const std::string& name, const std::function<void()>& work,
                         int times = kTimes) { print(name, measured(times, work), ping.median); };
  const auto list = [&](const Json& arguments) {
    return [&server, arguments] { server->call("list_tasks", arguments); };
  };
  print("ping", ping, ping.median);
  print("(a write of 4 KiB and its fsync)", disk(folder.path(), kTimes), ping.median);
  bench("list, 50 rows", list(Json::object()));
  bench("list by priority", list({{"sort", "priority"}}));
  bench("filter: project", list({{"project", "project 7"}}));
  bench("filter: tag", list({{"tags", {"tag7"}}}));
  bench("filter: assignee", list({{"assignee", "person 77"}}));
  bench("filter: status and project", list({{"status", {"done"}}, {"project", "Project 3"}}));
  bench("filter: tag and project", list({{"tags", {"tag7"}}, {"project", "project 7"}}));
  bench("filter: due this week", list({{"due_from", "this week"}}));
  bench("filter: overdue", list({{"overdue", true}}));
  bench("filter: words, one task", list({{"query", "4321"}}));
  bench("filter: words, many tasks", list({{"query", "budget"}}), 20);
  bench("add one", [&] { server->call("add_tasks", {{"tasks", {random.task(0)}}}); });
  int next = 0;
  bench("complete one", [&] {
    next = (next + 331) % tasks;
    server->call("complete_tasks", {{"ids", {"t" + std::to_string(next + 1)}}});
  });
  server.reset();
  bench(
      "start, to the first answer",
      [&] {
        server = std::make_unique<Server>(folder.path());
        server.reset();
      },
      20);
  return 0;
}
