#include "host/commands/command_line.hpp"

#include <algorithm>
#include <exception>
#include <iostream>
#include <set>
#include <stdexcept>

#include "host/commands/commands.hpp"
#include "host/commands/terminal.hpp"
#include "servers/common/options.hpp"

namespace host {

namespace {

void add_options(CLI::App& app, Options& options) {
  app.add_option("--data", options.data, "The folder that holds everything Adjutant keeps")
      ->type_name("DIR");
  app.add_option("--config", options.config, "The configuration file")->type_name("FILE");
  app.add_option("--now", options.now, "Let the time be this, RFC 3339")->type_name("T");
  app.add_option("--clock", options.clock, "Read the time from this file")->type_name("FILE");
  app.add_option("--zone", options.zone, "The time zone, e.g. Europe/Warsaw")->type_name("IANA");
  app.add_flag("--json", options.json, "Print one JSON value, for programs");
  app.add_option_function<std::string>(
         "--autonomy",
         [&options](const std::string& name) {
           options.autonomy = name == "demo" ? Autonomy::Demo : Autonomy::Ask;
         },
         "demo: all that can be undone is done unasked; sending still asks")
      ->check(CLI::IsMember({"ask", "demo"}))
      ->type_name("");
}

/// `call ... --json '{...}'` is the arguments, as of `bench`; `--json` alone is the form of the
/// output.
std::vector<std::string> with_arguments_named(std::vector<std::string> words) {
  const bool takes_arguments = std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return word == "call" || word == "bench";
  });
  if (!takes_arguments) return words;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const bool object = words[i + 1].starts_with('{') || words[i + 1].starts_with('@');
    if (words[i] == "--json" && object) words[i] = "--arguments";
  }
  return words;
}

/// Takes what stands behind "--" off the command line.
std::vector<std::string> split_command(std::vector<std::string>& words) {
  const auto dashes = std::find(words.begin(), words.end(), "--");
  if (dashes == words.end()) return {};
  const std::vector<std::string> command(dashes + 1, words.end());
  words.erase(dashes, words.end());
  if (command.empty())
    throw std::runtime_error("behind -- the command that starts a server is missing");
  return command;
}

bool is_chosen(const CLI::App& app, const std::set<std::string>& names) {
  const std::vector<CLI::App*> chosen = app.get_subcommands();
  return !chosen.empty() && names.contains(chosen.front()->get_name());
}

/// What can be done with a server that no configuration knows.
bool takes_command(const CLI::App& app) {
  return is_chosen(app, {"approve", "bench", "call", "record", "test", "tools"});
}

/// A mistake on the command line says nothing about the server, either.
int status_of(const CLI::App& app, int status) {
  return status != 0 && is_chosen(app, {"bench", "record", "test"}) ? kCouldNotRun : status;
}

}  // namespace

CLI::App* add_subcommand(CLI::App& app, const char* name, const char* description) {
  CLI::App* command = app.add_subcommand(name, description);
  command->fallthrough();
  return command;
}

int run_command_line(int argc, char** argv) {
  CLI::App app("Adjutant, a personal agent on your own machine.", "adjutant");
  Options options;
  Run run;
  add_options(app, options);
  app.set_version_flag("--version", "adjutant " + std::string(common::version()));
  app.require_subcommand(1);
  for (auto* add :
       {add_day, add_brief, add_cards, add_undo, add_audit, add_tools, add_call, add_test,
        add_record, add_bench, add_when, add_doctor, add_add, add_ready, add_transfer})
    add(app, run);
  std::vector<std::string> words(argv + 1, argv + argc);
  options.command = split_command(words);
  words = with_arguments_named(std::move(words));
  std::reverse(words.begin(), words.end());  // CLI11 takes them from the end.
  try {
    app.parse(std::move(words));
  } catch (const CLI::ParseError& left) {
    return status_of(app, app.exit(left));
  }
  if (!options.command.empty() && !takes_command(app))
    throw std::runtime_error(
        "-- COMMAND is for approve, bench, call, record, test and tools alone");
  return run(options);
}

int guarded(int status, const std::function<int()>& work) {
  try {
    return work();
  } catch (const std::exception& error) {
    std::cerr << "adjutant: " << plain(error.what()) << "\n";
    return status;
  }
}

}  // namespace host
