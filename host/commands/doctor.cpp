#include <unistd.h>

#include <iostream>

#include "host/commands/commands.hpp"
#include "host/commands/json_output.hpp"
#include "host/commands/session.hpp"
#include "host/commands/terminal.hpp"

namespace host {

namespace {

struct Check {
  std::string name{};
  bool good{};
  std::string words{};
};

std::vector<Check> check_state(const Session& session) {
  std::vector<Check> checks;
  checks.push_back({.name = "data",
                    .good = ::access(session.data.c_str(), W_OK) == 0,
                    .words = session.data.string()});
  const bool configured = std::filesystem::exists(session.config_path);
  checks.push_back({.name = "config",
                    .good = true,
                    .words = session.config_path.string() +
                             (configured ? "" : " (not there: all is at its default)")});
  checks.push_back(
      {.name = "time",
       .good = true,
       .words = common::Times::spoken(session.times.now()) + ", " + session.times.zone().id()});
  const AuditReport report = session.audit.verify();
  checks.push_back({.name = "audit",
                    .good = report.problem.empty(),
                    .words = report.problem.empty()
                                 ? std::to_string(report.records) + " records hold"
                                 : report.problem});
  return checks;
}

std::vector<Check> check_servers(Connection& connection) {
  connection.start_all();
  std::vector<Check> checks;
  for (const std::string& name : connection.toolbox.names()) {
    const std::size_t count = connection.toolbox.tools(name).size();
    const std::string problem = connection.toolbox.problem(name);
    checks.push_back({.name = name,
                      .good = problem.empty(),
                      .words = problem.empty() ? std::to_string(count) + " tools" : problem});
  }
  return checks;
}

int doctor(const Options& options) {
  Session session(options);
  Connection connection(session);
  std::vector<Check> checks = check_state(session);
  for (Check& check : check_servers(connection)) checks.push_back(std::move(check));
  const Terminal terminal = Terminal::of(STDOUT_FILENO);
  OutputJson json = OutputJson::array();
  bool all_good = true;
  for (const Check& check : checks) {
    all_good = all_good && check.good;
    json.push_back({{"check", check.name}, {"good", check.good}, {"words", check.words}});
    if (!options.json)
      std::cout << terminal.entry((check.good ? "  good  " : "  BAD   ") + padded(check.name, 10),
                                  plain(check.words), 18, check.good ? Style::Good : Style::Bad);
  }
  if (options.json) print_json(json);
  return all_good ? kDone : kFailed;
}

}  // namespace

void add_doctor(CLI::App& app, Run& run) {
  add_subcommand(app, "doctor", "Check the folders, the audit and every server")->callback([&run] {
    run = doctor;
  });
}

}  // namespace host
