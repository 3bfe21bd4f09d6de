#include "host/commands/test_files.hpp"

#include <unistd.h>

#include <iostream>
#include <stdexcept>

#include "host/commands/session.hpp"
#include "host/commands/target.hpp"
#include "host/harness/run_test_file.hpp"
#include "host/harness/test_folder.hpp"
#include "host/tools/shell_word.hpp"

namespace host {

namespace {

harness::Target target_of(const Session& session, const TestFilesOptions& options,
                          const harness::TestFile& file) {
  const std::vector<std::string>& given = session.options.command;
  if (!given.empty()) return {.spec = spec_of_command(given), .holds_variables = true};
  if (!options.server.empty()) return {.spec = find_bare_spec(session, options.server)};
  if (!file.server.empty()) return {.spec = find_bare_spec(session, file.server)};
  if (!file.command.empty())
    return {.spec = spec_of_command(file.command), .holds_variables = true};
  throw std::runtime_error(
      file.path.string() +
      ": names no server; write server = \"NAME\" or [\"COMMAND\", ...] in it, "
      "or say it: adjutant test SERVER " +
      file.path.string());
}

std::string line_again(const Session& session, const TestFilesOptions& options,
                       const harness::TestFile& file, const std::string& test) {
  std::string line = "adjutant test";
  if (!options.server.empty()) line += " " + shell_word(options.server);
  line += " " + shell_word(file.path.string()) + " --only " + shell_word(test);
  if (!session.options.command.empty()) line += " -- " + given_server(session.options);
  return line;
}

}  // namespace

int test_files(const Options& global, const TestFilesOptions& options) {
  const harness::TestFolder kept;
  const Session session(apart(global, kept.path()));
  const Terminal terminal = Terminal::of(STDOUT_FILENO);
  const bool people = !options.output.json && !options.output.tap;
  transport::Spawner spawner;
  harness::TestFileRun run{.spawner = spawner, .update = options.update, .only = options.only};
  run.target = [&](const harness::TestFile& file) { return target_of(session, options, file); };
  run.again = [&](const harness::TestFile& file, const std::string& test) {
    return line_again(session, options, file, test);
  };
  if (people)
    run.on_result = [&](const harness::CheckResult& result) {
      std::cout << result_text(result, terminal) << std::flush;
    };
  std::vector<harness::Report> reports;
  for (const std::filesystem::path& file : options.files) {
    if (people) std::cout << terminal.heading(plain(file.string()));
    reports.push_back(harness::run_test_file(file, run));
  }
  return finish_reports(reports, options.output);
}

}  // namespace host
