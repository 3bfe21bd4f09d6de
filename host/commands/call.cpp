#include <unistd.h>

#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "host/commands/arguments.hpp"
#include "host/commands/card_text.hpp"
#include "host/commands/commands.hpp"
#include "host/commands/json_output.hpp"
#include "host/commands/session.hpp"
#include "host/commands/terminal.hpp"

namespace host {

namespace {

using Json = nlohmann::json;

struct CallOptions {
  std::string server{};
  std::string tool{};
  std::vector<std::string> pairs{};
  std::string arguments{};  ///< A JSON object, or @FILE.
};

Json input_schema(Toolbox& toolbox, const CallOptions& call) {
  for (const ToolInfo& tool : toolbox.tools(call.server)) {
    if (tool.name == call.tool) return Json::parse(tool.input_schema, nullptr, false);
  }
  return Json::object();
}

bool ask_on_terminal(const Card& card) {
  std::cerr << card_text(card, Terminal::of(STDERR_FILENO)) << "Do it? [y/N] ";
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

int report(const Options& options, Session& session, const Outcome& outcome) {
  if (outcome.card) {
    const std::optional<Card> card = session.cards.find(*outcome.card);
    if (options.json) {
      print_json(to_json(*card));
    } else {
      std::cout << card_text(*card, Terminal::of(STDOUT_FILENO)) << "It waits as card " << card->id
                << ": adjutant approve " << card->id
                << (options.command.empty() ? "" : " -- " + given_server(options)) << "\n";
    }
    return kWaits;
  }
  if (!outcome.result) {
    if (options.json) print_json({{"error", outcome.problem}});
    std::cerr << "adjutant: " << plain(outcome.problem) << "\n";
    return kFailed;
  }
  if (options.json) {
    print_json(to_json(*outcome.result));
  } else {
    (outcome.result->failed ? std::cerr : std::cout) << plain_lines(outcome.result->text);
  }
  return outcome.result->failed ? kFailed : kDone;
}

/// With a server given behind "--" the words begin with the tool.
void shift_words(CallOptions& call) {
  if (!call.tool.empty()) call.pairs.insert(call.pairs.begin(), call.tool);
  call.tool = std::exchange(call.server, "");
}

int call(const Options& options, CallOptions call) {
  if (!options.command.empty()) shift_words(call);
  if (call.tool.empty()) throw std::runtime_error("call: the tool's name is missing");
  Session session(options);
  Connection connection(session);
  call.server = find_server(options, connection.toolbox, call.server);
  connection.start({call.server});
  const Json schema = call.pairs.empty() ? Json() : input_schema(connection.toolbox, call);
  const CallRequest request{.server = call.server,
                            .tool = call.tool,
                            .arguments = arguments_of(call.arguments, call.pairs, schema).dump()};
  const bool terminal = ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1;
  const Outcome outcome =
      connection.gate.typed(request, terminal ? Gate::Ask(ask_on_terminal) : Gate::Ask());
  connection.learner.typed(request, outcome);
  return report(options, session, outcome);
}

}  // namespace

void add_call(CLI::App& app, Run& run) {
  CLI::App* command =
      add_subcommand(app, "call",
                     "Call one tool: adjutant call SERVER TOOL [key=value... | --json '{...}'], or "
                     "adjutant call TOOL ... -- COMMAND ARGS...");
  auto options = std::make_shared<CallOptions>();
  command->add_option("server", options->server, "The server's name")->required();
  command->add_option("tool", options->tool, "The tool's name");
  command->add_option("arguments", options->pairs,
                      "key=value; a list with commas; key=@FILE for what a file holds");
  command->add_option("--arguments", options->arguments, "All arguments as one JSON object")
      ->type_name("JSON|@FILE");
  command->callback([&run, options] {
    run = [options](const Options& global) { return call(global, *options); };
  });
}

}  // namespace host
