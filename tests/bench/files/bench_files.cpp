#include <sched.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "tests/bench/files/asked_server.hpp"
#include "tests/bench/files/plain_walk.hpp"
#include "tests/bench/files/planted_tree.hpp"
#include "tests/temp_folder.hpp"
#include "tests/wire/server_process.hpp"

/// bench_files NODE REFERENCE.js [FILES]: names searched, contents searched, a file read, a folder
/// listed, by ours beside the reference server, a plain getdents walk and grep -r, in one run. What
/// is compared takes turns; medians count, and ratios are printed.
namespace {

using Clock = std::chrono::steady_clock;
using bench::AskedServer;

struct Way {
  std::string name{};
  std::function<double()> take{};  ///< Milliseconds.
};

double median(std::vector<double> times) {
  std::ranges::sort(times);
  return times[times.size() / 2];
}

/// Takes each way in turn, `rounds` times; the first is what the others are compared to.
void compare(const std::string& title, int rounds, const std::vector<Way>& ways) {
  std::map<std::string, std::vector<double>> times;
  for (int round = 0; round <= rounds; ++round) {
    for (const Way& way : ways) {
      const double took = way.take();
      if (round > 0) times[way.name].push_back(took);  // the first warms up
    }
  }
  const double ours = median(times[ways.front().name]);
  std::printf("%s\n", title.c_str());
  for (const Way& way : ways) {
    const double took = median(times[way.name]);
    std::printf("  %-28s %10.3f ms", way.name.c_str(), took);
    if (&way != &ways.front()) std::printf("  = %.2f x ours", took / ours);
    std::printf("\n");
  }
  std::fflush(stdout);
}

/// Of 100 calls in a row, after a few that are not counted: what one server still does after its
/// answer, and what it left in the caches, is not to be paid by the other.
std::function<double()> in_a_row(const std::function<double()>& call) {
  return [call] {
    for (int i = 0; i < 20; ++i) call();
    std::vector<double> times(100);
    std::ranges::generate(times, call);
    return median(times);
  };
}

double milliseconds_of(const std::function<void()>& work) {
  const auto start = Clock::now();
  work();
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

std::string json_object(const std::map<std::string, std::string>& members) {
  std::string text;
  for (const auto& [name, value] : members) {
    text += (text.empty() ? "{\"" : ",\"") + name + "\":";
    text += value == "true" || value == "1000" ? value : "\"" + value + "\"";
  }
  return text + "}";
}

/// What is measured on one core has the client there, too: no wake-up of another one is in it.
void stay_on_core(int core, int cores = 1) {
  cpu_set_t set;
  CPU_ZERO(&set);
  for (int i = core; i < core + cores; ++i) CPU_SET(static_cast<std::size_t>(i), &set);
  ::sched_setaffinity(0, sizeof set, &set);
}

class Bench final {
 public:
  Bench(std::string node, std::string reference, int count)
      : node_(std::move(node)), reference_(std::move(reference)), count_(count) {
    std::cerr << "planting " << count << " files in " << tree_ << "\n";
    bench::plant_tree(tree_, count);
  }

  void names() {
    AskedServer ours = this->ours("0");
    AskedServer theirs = this->theirs("0");
    const std::string asked = json_object({{"path", tree_}, {"pattern", "**/*zz-*"}});
    const Way own{"ours", [&] { return ours.call("search_files", asked); }};
    const std::string over = " over " + std::to_string(count_) + " files (one core)";
    compare("names searched" + over, 11,
            {own, {"plain getdents walk", [&] {
                     return milliseconds_of([&] { bench::plain_walk(tree_, "zz-"); });
                   }}});
    compare("the same beside the reference", 3,
            {own, {"reference", [&] { return theirs.call("search_files", asked); }}});
  }

  void contents() {
    stay_on_core(0, 2);
    AskedServer ours = this->ours("0,1");
    const auto asked = [&](const std::string& query, std::map<std::string, std::string> more) {
      more.insert({{"path", tree_}, {"query", query}, {"limit", "1000"}});
      return [&ours, more] { return pages(ours, more); };
    };
    const std::string rare = bench::kRareWord;
    const std::string frequent = bench::kFrequentWord;
    const std::map<std::string, std::string> exact{{"match_case", "true"}};
    compare("contents searched over " + std::to_string(count_) + " files (two cores)", 7,
            {{"ours", asked(rare, exact)}, {"grep -r", grep({"-r", rare})}});
    compare("the same in either case", 7,
            {{"ours", asked(rare, {})}, {"grep -ri", grep({"-ri", "needle"})}});
    compare(
        "the same by a regular expression", 7,
        {{"ours", asked("ne+dl", {{"regex", "true"}})}, {"grep -riE", grep({"-riE", "ne+dl"})}});
    compare("a frequent word, all pages of matches", 7,
            {{"ours", asked(frequent, exact)}, {"grep -r", grep({"-r", frequent})}});
  }

  void calls() {
    stay_on_core(0);
    AskedServer ours = this->ours("0");
    AskedServer theirs = this->theirs("0");
    const std::string folder = tree_ + "/a0/b0/c0";
    std::string text;
    for (int i = 0; i < 100; ++i) text += "a line of text\n";
    std::ofstream(folder + "/read-me.txt") << text;
    compare("ping: the floor of each (client and server on one core)", 15,
            {{"ours", in_a_row([&] { return ours.ping(); })},
             {"reference", in_a_row([&] { return theirs.ping(); })}});
    const std::map<std::string, std::string> asked{
        {"read_text_file", json_object({{"path", folder + "/read-me.txt"}})},
        {"list_directory", json_object({{"path", folder}})}};
    for (const auto& [tool, arguments] : asked) {
      const std::string& name = tool;
      const std::string& args = arguments;
      compare(name + ", asked and answered", 15,
              {{"ours", in_a_row([&] { return ours.call(name, args); })},
               {"reference", in_a_row([&] { return theirs.call(name, args); })}});
      compare(name + ", 200 at a time", 15,
              {{"ours", [&] { return ours.burst(name, args, 200); }},
               {"reference", [&] { return theirs.burst(name, args, 200); }}});
    }
  }

 private:
  AskedServer ours(const std::string& cores) const {
    return AskedServer(cores,
                       {std::string(ADJUTANT_BIN_DIR) + "/adjutant-files", tree_, "--data",
                        folder_.path() / "data"},
                       folder_.path() / "errors.log");
  }
  AskedServer theirs(const std::string& cores) const {
    return AskedServer(cores, {node_, reference_, tree_}, folder_.path() / "errors.log");
  }

  std::function<double()> grep(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"-c", "0,1", "grep"});
    arguments.push_back(tree_);
    return [this, arguments] {
      return milliseconds_of([&] {
        wire::ServerProcess("/usr/bin/taskset", arguments, folder_.path() / "errors.log").finish();
      });
    };
  }

  /// All pages of a search: what grep writes in one go.
  static double pages(AskedServer& server, std::map<std::string, std::string> members) {
    constexpr std::string_view kCursor = R"("next_cursor":")";
    double took = 0;
    while (true) {
      took += server.call("search_file_contents", json_object(members));
      const std::string& answer = server.last_answer();
      const std::size_t at = answer.rfind(kCursor);
      if (at == std::string::npos) return took;
      const std::size_t begin = at + kCursor.size();
      members["cursor"] = answer.substr(begin, answer.find('"', begin) - begin);
    }
  }

  std::string node_;
  std::string reference_;
  int count_;
  test::TempFolder folder_{};
  std::string tree_{folder_.path() / "tree"};
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: bench_files NODE REFERENCE.js [FILES]\n";
    return 2;
  }
  Bench bench(argv[1], argv[2], argc > 3 ? std::atoi(argv[3]) : 100'000);
  bench.names();
  bench.contents();
  bench.calls();
  return 0;
}
