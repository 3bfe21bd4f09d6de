#include <unistd.h>

#include <array>
#include <cstdio>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <utility>

#include "host/commands/arguments.hpp"
#include "host/commands/command_line.hpp"
#include "host/commands/commands.hpp"
#include "host/commands/json_output.hpp"
#include "host/commands/target.hpp"
#include "host/commands/terminal.hpp"
#include "host/harness/bench.hpp"
#include "host/harness/lone_client.hpp"

namespace host {

namespace {

using harness::BenchFigures;
using std::chrono::nanoseconds;

constexpr std::size_t kLabel = 20;
constexpr std::size_t kColumn = 20;

struct BenchOptions {
  std::string server{};
  std::string tool{};
  std::vector<std::string> pairs{};
  std::string arguments{};
  std::string against{};
  double seconds{3};
  std::size_t calls{};
  bool writes{};
};

/// With a server given behind "--" the words begin with the tool.
void shift_bench_words(BenchOptions& bench) {
  if (!bench.tool.empty()) bench.pairs.insert(bench.pairs.begin(), bench.tool);
  bench.tool = std::exchange(bench.server, "");
}

/// A name of the configuration, or a command line.
Target against_target(const Options& options, const std::string& words) {
  Options other = options;
  other.command.clear();
  if (words.find_first_of(" /") == words.npos) return find_target(other, words);
  other.command = CLI::detail::split_up(words);
  return find_target(other, "");
}

std::string number_text(double number) {
  std::array<char, 32> out{};
  std::snprintf(out.data(), out.size(), number < 10 ? "%.2f" : "%.0f", number);
  return out.data();
}

std::string time_text(nanoseconds time) {
  const double us = static_cast<double>(time.count()) / 1e3;
  return us < 1000 ? number_text(us) + " us" : number_text(us / 1e3) + " ms";
}

std::string memory_text(std::size_t bytes) {
  return number_text(static_cast<double>(bytes) / (1024 * 1024)) + " MiB";
}

struct Row {
  std::string label{};
  std::vector<std::string> cells{};
};

/// How often the second holds the first (or the other way round, where more is better).
std::string ratio_text(double left, double right) {
  if (left <= 0 || right <= 0) return "";
  return number_text(right / left) + " x";
}

std::vector<Row> rows_of(const std::vector<BenchFigures>& figures) {
  const auto row = [&](std::string label, const auto& text, const auto& value) {
    Row made{.label = std::move(label)};
    for (const BenchFigures& each : figures) made.cells.push_back(text(each));
    if (figures.size() == 2)
      made.cells.push_back(ratio_text(value(figures.front()), value(figures.back())));
    return made;
  };
  const auto time = [&](std::string label, nanoseconds BenchFigures::*member) {
    return row(
        std::move(label), [=](const BenchFigures& f) { return time_text(f.*member); },
        [=](const BenchFigures& f) { return static_cast<double>((f.*member).count()); });
  };
  const auto memory = [&](std::string label, const auto& bytes) {
    return row(
        std::move(label), [=](const BenchFigures& f) { return memory_text(bytes(f)); },
        [=](const BenchFigures& f) { return static_cast<double>(bytes(f)); });
  };
  const auto none = [](const BenchFigures&) { return 0.0; };
  std::vector<Row> rows{
      row(
          "calls", [](const BenchFigures& f) { return std::to_string(f.calls); }, none),
      row(
          "calls a second", [](const BenchFigures& f) { return number_text(f.calls_per_second); },
          [](const BenchFigures& f) { return f.calls_per_second; }),
      time("p50", &BenchFigures::p50),
      time("p90", &BenchFigures::p90),
      time("p99", &BenchFigures::p99),
      time("max", &BenchFigures::max),
      time("start", &BenchFigures::start),
      memory("memory at start", [](const BenchFigures& f) { return f.at_start.resident; }),
      memory("memory at the end", [](const BenchFigures& f) { return f.at_end.resident; }),
      memory("memory at most", [](const BenchFigures& f) { return f.memory_peak; })};
  for (const BenchFigures& each : figures) {
    if (each.errors == 0) continue;
    rows.push_back(row(
        "errors", [](const BenchFigures& f) { return std::to_string(f.errors); }, none));
    break;
  }
  return rows;
}

void print_figures(const harness::BenchPlan& plan, const std::vector<BenchFigures>& figures) {
  const Terminal terminal = Terminal::of(STDOUT_FILENO);
  std::cout << terminal.heading(plain(plan.tool));
  std::string head = padded("", kLabel);
  for (const BenchFigures& each : figures)
    head += padded(fitted(plain(each.name + " " + each.version), kColumn - 2), kColumn);
  if (figures.size() == 2) head += "second to first";
  std::cout << terminal.styled(Style::Bold, head) << "\n";
  for (const Row& row : rows_of(figures)) {
    std::string line = padded(row.label, kLabel);
    for (const std::string& cell : row.cells) line += padded(cell, kColumn);
    std::cout << line.substr(0, line.find_last_not_of(' ') + 1) << "\n";
  }
  std::cout << "\n"
            << wrapped_lines(std::string("One call at a time") +
                             (figures.size() == 2 ? ", in turn" : "") +
                             "; memory is that of the server and all that it started.");
}

OutputJson figures_json(const BenchFigures& figures) {
  const auto us = [](nanoseconds time) { return static_cast<double>(time.count()) / 1e3; };
  const auto memory = [](const harness::MemoryUse& use) {
    return OutputJson{
        {"resident", use.resident}, {"anonymous", use.anonymous}, {"processes", use.processes}};
  };
  return {{"server", figures.server},
          {"name", figures.name},
          {"version", figures.version},
          {"calls", figures.calls},
          {"errors", figures.errors},
          {"calls_per_second", figures.calls_per_second},
          {"p50_us", us(figures.p50)},
          {"p90_us", us(figures.p90)},
          {"p99_us", us(figures.p99)},
          {"max_us", us(figures.max)},
          {"start_us", us(figures.start)},
          {"memory_at_start", memory(figures.at_start)},
          {"memory_at_end", memory(figures.at_end)},
          {"memory_peak", figures.memory_peak}};
}

nlohmann::json schema_of(transport::Spawner& spawner, const ServerSpec& spec,
                         const std::string& tool) {
  const nlohmann::json entry = harness::LoneClient(spawner, spec).find_tool(tool);
  return entry.is_object() ? entry.value("inputSchema", nlohmann::json()) : nlohmann::json();
}

int bench(const Options& options, BenchOptions given) {
  if (!options.command.empty()) shift_bench_words(given);
  if (given.tool.empty()) throw std::runtime_error("bench: the tool's name is missing");
  std::vector<Target> targets;
  targets.push_back(find_target(options, given.server));
  if (!given.against.empty()) targets.push_back(against_target(options, given.against));
  std::vector<ServerSpec> specs;
  for (const Target& each : targets) specs.push_back(each.spec);
  transport::Spawner spawner;
  const nlohmann::json schema =
      given.pairs.empty() ? nlohmann::json() : schema_of(spawner, specs.front(), given.tool);
  harness::BenchPlan plan{
      .tool = given.tool,
      .arguments = arguments_of(given.arguments, given.pairs, schema),
      .time = std::chrono::milliseconds(static_cast<std::int64_t>(given.seconds * 1000)),
      .writes = given.writes};
  if (given.calls > 0) plan.calls = given.calls;
  const std::vector<BenchFigures> figures = harness::bench(spawner, specs, plan);
  if (!options.json) {
    print_figures(plan, figures);
    return kDone;
  }
  OutputJson json{
      {"tool", plan.tool}, {"arguments", plan.arguments}, {"servers", OutputJson::array()}};
  for (const BenchFigures& each : figures) json["servers"].push_back(figures_json(each));
  print_json(json);
  return kDone;
}

}  // namespace

void add_bench(CLI::App& app, Run& run) {
  CLI::App* command = add_subcommand(
      app, "bench",
      "How fast a tool answers, alone or beside another server:\n"
      "adjutant bench SERVER TOOL [key=value... | --json '{...}'] [--against SERVER2], or\n"
      "adjutant bench TOOL ... -- COMMAND ARGS...\n"
      "Two servers are called in turn, so that what else the machine does hits both. Ours run on "
      "a\n"
      "throw-away folder; for data of your own give the command: -- adjutant-tasks --data DIR");
  auto given = std::make_shared<BenchOptions>();
  command->add_option("server", given->server, "The server's name")->required();
  command->add_option("tool", given->tool, "The tool's name");
  command->add_option("arguments", given->pairs,
                      "key=value; a list with commas; key=@FILE for what a file holds");
  command->add_option("--arguments", given->arguments, "All arguments as one JSON object")
      ->type_name("JSON|@FILE");
  command
      ->add_option("--against", given->against,
                   "A second server: a name, or a command line in quotes")
      ->type_name("SERVER2");
  command->add_option("--seconds", given->seconds, "How long each server is called (3)")
      ->check(CLI::Range(0.01, 3600.0))
      ->type_name("N");
  command->add_option("--calls", given->calls, "Instead: how many calls to each, at least")
      ->check(CLI::Range(1, 100'000'000))
      ->type_name("N");
  command->add_flag("--writes", given->writes, "Call a tool that is not marked read-only");
  command->callback([&run, given] {
    run = [given](const Options& options) {
      return guarded(kCouldNotRun, [&] { return bench(options, *given); });
    };
  });
}

}  // namespace host
