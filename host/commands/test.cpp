#include <unistd.h>

#include <iostream>
#include <memory>
#include <stdexcept>

#include "host/commands/command_line.hpp"
#include "host/commands/commands.hpp"
#include "host/commands/headline.hpp"
#include "host/commands/report_output.hpp"
#include "host/commands/target.hpp"
#include "host/commands/terminal.hpp"
#include "host/commands/test_files.hpp"
#include "host/harness/checks.hpp"

namespace host {

namespace {

struct TestOptions {
  std::vector<std::string> words{};
  bool writes{};
  std::uint64_t seed{1};
  double timeout_seconds{};
  TestFilesOptions files{};
};

/// Words that end in .toml are files; one more is the server.
void sort_words(TestOptions& test) {
  for (const std::string& word : test.words) {
    if (word.ends_with(".toml")) {
      test.files.files.emplace_back(word);
    } else if (test.files.server.empty()) {
      test.files.server = word;
    } else {
      throw std::runtime_error(
          "test: " + word +
          " is a second server, or a file whose name does not end in .test.toml; name one server");
    }
  }
}

/// The checks that need no file.
int check(const Options& options, const TestOptions& test) {
  Target target = find_target(options, test.files.server);
  if (test.timeout_seconds > 0)
    target.spec.call_timeout =
        std::chrono::milliseconds(static_cast<std::int64_t>(test.timeout_seconds * 1000));
  transport::Spawner spawner;
  harness::ServerUnderTest server(spawner, target.spec);
  const ProgressLine progress;
  const std::vector<harness::Report> reports{harness::check_server(
      server, {.seed = test.seed,
               .writes = test.writes,
               .paste = target.paste,
               .progress = [&](const std::string& what) { progress.say(what); }})};
  progress.clear();
  if (!test.files.output.json && !test.files.output.tap) {
    const Terminal terminal = Terminal::of(STDOUT_FILENO);
    std::cout << terminal.heading(plain(reports.front().server));
    for (const harness::CheckResult& result : reports.front().results)
      std::cout << result_text(result, terminal);
  }
  return finish_reports(reports, test.files.output);
}

int test(const Options& options, TestOptions test) {
  sort_words(test);
  test.files.output.json = options.json;
  if (test.files.files.empty()) {
    if (test.files.update || !test.files.only.empty())
      throw std::runtime_error("test: --update and --only are for files; name a *.test.toml");
    return check(options, test);
  }
  if (test.writes)
    throw std::runtime_error("test: --writes is for a run without files; a file's steps are made");
  if (test.timeout_seconds > 0)
    throw std::runtime_error("test: --timeout is for a run without files; write timeout_seconds");
  return test_files(options, test.files);
}

}  // namespace

void add_test(CLI::App& app, Run& run) {
  CLI::App* command = add_subcommand(
      app, "test",
      "Test a server, by checks made from its tools' schemas or by the steps of files:\n"
      "adjutant test SERVER, or adjutant test -- COMMAND ARGS...\n"
      "adjutant test [SERVER] FILE.test.toml... [-- COMMAND ARGS...]\n"
      "Exits with 0 if all holds, 1 if there are findings, 2 if it could not be run.");
  auto given = std::make_shared<TestOptions>();
  command->add_option("words", given->words, "The server's name, and *.test.toml files")
      ->type_name("[SERVER] [FILE]");
  command->add_flag("--writes", given->writes,
                    "Without files: call the tools that are not marked read-only, too");
  command->add_option("--seed", given->seed,
                      "Without files: repeats the made-up arguments of that run");
  command->add_option("--timeout", given->timeout_seconds, "Without files: for each call")
      ->type_name("SECONDS");
  command->add_flag("--update", given->files.update, "With files: write their snapshots anew");
  command->add_option("--only", given->files.only, "With files: only tests whose name holds this")
      ->type_name("TEXT");
  command->add_option("--junit", given->files.output.junit, "Write JUnit XML to this file, too")
      ->type_name("FILE");
  command->add_flag("--tap", given->files.output.tap, "Print TAP 14");
  command->callback([&run, given] {
    run = [given](const Options& options) {
      return guarded(kCouldNotRun, [&] { return test(options, *given); });
    };
  });
}

}  // namespace host
