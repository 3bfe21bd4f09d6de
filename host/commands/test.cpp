#include <unistd.h>

#include <iostream>
#include <memory>
#include <stdexcept>

#include "host/commands/commands.hpp"
#include "host/commands/headline.hpp"
#include "host/commands/json_output.hpp"
#include "host/commands/target.hpp"
#include "host/commands/terminal.hpp"
#include "host/harness/checks.hpp"

namespace host {

namespace {

struct TestOptions {
  std::string server{};
  bool writes{};
  std::uint64_t seed{1};
  double timeout_seconds{};
};

OutputJson to_json(const harness::CheckResult& result) {
  OutputJson json{{"check", result.check}, {"verdict", harness::name_of(result.verdict)}};
  for (const auto& [name, text] :
       {std::pair{"tool", result.tool}, std::pair{"argument", result.argument},
        std::pair{"problem", result.problem}, std::pair{"line", result.line},
        std::pair{"advice", result.advice}}) {
    if (!text.empty()) json[name] = text;
  }
  return json;
}

void print_text(const harness::Report& report) {
  const Terminal terminal = Terminal::of(STDOUT_FILENO);
  std::cout << terminal.heading(plain(report.server));
  for (const harness::CheckResult& result : report.results) {
    if (result.verdict == harness::Verdict::Pass) continue;
    const bool finding = result.verdict == harness::Verdict::Finding;
    std::cout << terminal.styled(finding ? Style::Bad : Style::Dim,
                                 finding ? "finding  " : "not run  ")
              << plain(result.tool) << (result.tool.empty() ? "" : ": ") << result.check << "\n"
              << wrapped_lines(result.problem, 9) << wrapped_lines(result.advice, 9);
    if (!result.line.empty()) std::cout << "         " << plain(result.line) << "\n";
  }
  using harness::Verdict;
  std::cout << "\n"
            << harness::count(report, Verdict::Pass) << " checks hold, "
            << harness::count(report, Verdict::Finding) << " findings, "
            << harness::count(report, Verdict::NotRun) << " not run; " << report.tools
            << " tools, about " << report.tokens << " tokens, " << report.calls << " calls, seed "
            << report.seed << "\n";
  if (!report.problem.empty()) std::cout << plain(report.problem) << "\n";
}

int test(const Options& options, const TestOptions& test) {
  Target target = find_target(options, test.server);
  if (test.timeout_seconds > 0)
    target.spec.call_timeout =
        std::chrono::milliseconds(static_cast<std::int64_t>(test.timeout_seconds * 1000));
  transport::Spawner spawner;
  harness::ServerUnderTest server(spawner, target.spec);
  const ProgressLine progress;
  const harness::Report report = harness::check_server(
      server, {.seed = test.seed,
               .writes = test.writes,
               .paste = target.paste,
               .progress = [&](const std::string& what) { progress.say(what); }});
  progress.clear();
  if (options.json) {
    OutputJson results = OutputJson::array();
    for (const harness::CheckResult& result : report.results) results.push_back(to_json(result));
    print_json({{"server", report.server},
                {"problem", report.problem},
                {"seed", report.seed},
                {"calls", report.calls},
                {"tokens", report.tokens},
                {"results", results}});
  } else {
    print_text(report);
  }
  return harness::exit_status(report);
}

}  // namespace

void add_test(CLI::App& app, Run& run) {
  CLI::App* command = add_subcommand(
      app, "test", "Check a server: adjutant test SERVER, or adjutant test -- COMMAND ARGS...");
  auto options = std::make_shared<TestOptions>();
  command->add_option("server", options->server, "The server's name");
  command->add_flag("--writes", options->writes,
                    "Call the tools that are not marked read-only, too");
  command->add_option("--seed", options->seed, "Repeats the made-up arguments of that run");
  command->add_option("--timeout", options->timeout_seconds, "For each call")->type_name("SECONDS");
  command->callback([&run, options] {
    run = [options](const Options& global) { return test(global, *options); };
  });
}

}  // namespace host
