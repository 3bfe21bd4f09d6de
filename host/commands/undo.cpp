#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "host/commands/commands.hpp"
#include "host/commands/json_output.hpp"
#include "host/commands/session.hpp"
#include "host/commands/terminal.hpp"

namespace host {

namespace {

/// A change id begins with its server's name.
MadeChange named_change(const std::string& change_id) {
  const std::string server = change_id.substr(0, change_id.rfind('-'));
  const auto& own = own_servers();
  if (std::find(own.begin(), own.end(), server) == own.end())
    throw std::runtime_error(change_id +
                             " is no change id; they look like email-12, and `adjutant "
                             "brief` shows today's");
  return {.server = server, .change_id = change_id};
}

int undo(const Options& options, const std::string& change_id) {
  Session session(options);
  const std::optional<MadeChange> change =
      change_id.empty() ? session.changes.last() : named_change(change_id);
  if (!change) throw std::runtime_error("there is nothing to undo");
  Connection connection(session);
  connection.start({change->server, "memory"});
  const Outcome outcome =
      connection.gate.undo({.server = change->server,
                            .tool = "undo_" + change->server + "_change",
                            .arguments = nlohmann::json{{"change_id", change->change_id}}.dump()});
  if (!outcome.result) throw std::runtime_error(outcome.problem);
  if (!outcome.result->failed) connection.learner.undone(change->change_id);
  if (options.json) {
    print_json(to_json(*outcome.result));
  } else {
    (outcome.result->failed ? std::cerr : std::cout) << plain_lines(outcome.result->text);
  }
  return outcome.result->failed ? kFailed : kDone;
}

}  // namespace

void add_undo(CLI::App& app, Run& run) {
  CLI::App* command = add_subcommand(app, "undo", "Take back the last change, or the one named");
  auto change_id = std::make_shared<std::string>();
  command->add_option("change", *change_id, "The change's id, e.g. email-12");
  command->callback([&run, change_id] {
    run = [change_id](const Options& options) { return undo(options, *change_id); };
  });
}

}  // namespace host
