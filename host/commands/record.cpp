#include <chrono>
#include <iostream>
#include <memory>
#include <stdexcept>

#include "host/commands/command_line.hpp"
#include "host/commands/commands.hpp"
#include "host/commands/session.hpp"
#include "host/commands/target.hpp"
#include "host/commands/terminal.hpp"
#include "host/config/edit.hpp"
#include "host/harness/record_session.hpp"
#include "host/harness/recorded_file.hpp"
#include "host/harness/test_folder.hpp"
#include "host/tools/shell_word.hpp"

namespace host {

namespace {

namespace fs = std::filesystem;

struct RecordOptions {
  std::string server{};
  fs::path to{};
  fs::path fixture{};
};

std::int64_t seconds_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

void check(const Options& options, const RecordOptions& record) {
  if (options.command.empty() == record.server.empty())
    throw std::runtime_error("record: name a server of the configuration, or -- COMMAND ARGS...");
  if (!record.to.string().ends_with(".test.toml"))
    throw std::runtime_error("record: --to " + record.to.string() +
                             ": the file's name has to end in .test.toml");
  if (fs::exists(record.to))
    throw std::runtime_error("record: " + record.to.string() +
                             " is there already; name another file, or remove it");
  if (!record.fixture.empty() && !fs::is_directory(record.fixture))
    throw std::runtime_error("record: --fixture " + record.fixture.string() +
                             ": there is no such folder");
}

ServerSpec spec_in(const Session& session, const RecordOptions& record,
                   const harness::TestFolder& folder) {
  if (session.options.command.empty()) {
    ServerSpec spec = find_bare_spec(session, record.server);
    if (spec.own) spec.args = with_option(spec.args, "--data", (folder.path() / ".data").string());
    return spec;
  }
  const harness::Variables variables{{"folder", folder.path().string()}};
  std::vector<std::string> words;
  for (const std::string& word : session.options.command)
    words.push_back(harness::expanded(word, variables));
  return spec_of_command(words);
}

int record(const Options& options, const RecordOptions& given) {
  check(options, given);
  const harness::TestFolder kept;
  const Session session(apart(options, kept.path()));
  const harness::TestFolder folder;
  harness::RecordedFile file{.path = fs::absolute(given.to),
                             .server = given.server,
                             .command = options.command,
                             .folder = folder.path(),
                             .now = seconds_now()};
  if (!given.fixture.empty()) file.fixture.copies = {fs::canonical(given.fixture)};
  folder.fill(file.fixture, {});
  const ServerSpec spec = spec_in(session, given, folder);
  if (const std::string why = cannot_start(spec); !why.empty()) throw std::runtime_error(why);
  transport::Spawner spawner;
  const harness::RecordingEnd end = harness::record_session(
      {.spawner = spawner,
       .command = {.program = spec.program.string(),
                   .args = spec.args,
                   .environment = transport::child_environment(spec.env),
                   .folder = spec.folder.string()},
       .on_call = [&](const auto& heard) { return harness::write_recorded(file, heard); }});
  if (!end.problem.empty()) throw std::runtime_error(end.problem);
  std::cerr << "adjutant: "
            << (end.calls == 0
                    ? "no call was answered, so there is no file"
                    : std::to_string(end.calls) + " calls are in " + plain(given.to.string()) +
                          "; run them with: adjutant test " + shell_word(given.to.string()))
            << "\n";
  return end.status;
}

}  // namespace

void add_record(CLI::App& app, Run& run) {
  CLI::App* command = add_subcommand(
      app, "record",
      "Stand between a client and a server, and write their session as a test file:\n"
      "adjutant record SERVER --to FILE.test.toml, or\n"
      "adjutant record --to FILE.test.toml -- COMMAND ARGS...\n"
      "Give this command to the client in the place of the server's own. ${folder} in ARGS is\n"
      "a temporary folder, as it will be when the file is run.");
  auto given = std::make_shared<RecordOptions>();
  command->add_option("server", given->server, "A server of the configuration");
  command->add_option("--to", given->to, "The file to write; it must not be there yet")
      ->type_name("FILE.test.toml")
      ->required();
  command->add_option("--fixture", given->fixture, "Copy what is in this folder into ${folder}")
      ->type_name("DIR");
  command->callback([&run, given] {
    run = [given](const Options& options) {
      return guarded(kCouldNotRun, [&] { return record(options, *given); });
    };
  });
}

}  // namespace host
