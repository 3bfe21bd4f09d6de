#include <unistd.h>

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

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

std::string file_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// "@FILE" stands for what the file holds.
std::string value_of(const std::string& text) {
  return text.starts_with('@') ? file_text(text.substr(1)) : text;
}

Json comma_list(const std::string& text) {
  Json list = Json::array();
  std::size_t at = 0;
  while (at <= text.size()) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    if (end > at) list.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return list;
}

/// The words of `key=value` as the type that the tool's schema gives the argument.
Json typed_value(const Json& property, const std::string& text) {
  const std::string type = property.is_object() ? property.value("type", "") : "";
  const Json json = Json::parse(text, nullptr, false);
  const bool structured = !json.is_discarded() && json.is_structured();
  if (type == "array") return structured ? json : comma_list(text);
  if (type == "object" && structured) return json;
  const bool number = type == "integer" || type == "number" || type == "boolean";
  if (number && !json.is_discarded()) return json;
  return text;
}

Json input_properties(Toolbox& toolbox, const CallOptions& call) {
  for (const ToolInfo& tool : toolbox.tools(call.server)) {
    if (tool.name != call.tool) continue;
    const Json schema = Json::parse(tool.input_schema, nullptr, false);
    if (schema.is_object() && schema.contains("properties")) return schema["properties"];
  }
  return Json::object();
}

std::string arguments_of(Toolbox& toolbox, const CallOptions& call) {
  Json arguments = call.arguments.empty() ? Json::object()
                                          : Json::parse(value_of(call.arguments), nullptr, false);
  if (!arguments.is_object()) throw std::runtime_error("--json: expected one JSON object");
  const Json properties = call.pairs.empty() ? Json() : input_properties(toolbox, call);
  for (const std::string& pair : call.pairs) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos || equals == 0)
      throw std::runtime_error(pair + ": expected argument=value");
    const std::string key = pair.substr(0, equals);
    const Json property = properties.contains(key) ? properties[key] : Json();
    arguments[key] = typed_value(property, value_of(pair.substr(equals + 1)));
  }
  return arguments.dump();
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
  const CallRequest request{.server = call.server,
                            .tool = call.tool,
                            .arguments = arguments_of(connection.toolbox, call)};
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
