#include <unistd.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "host/commands/commands.hpp"
#include "host/commands/json_output.hpp"
#include "host/commands/session.hpp"
#include "host/commands/terminal.hpp"

namespace host {

namespace {

std::string class_text(const ServerSpec& spec, const ToolInfo& tool) {
  if (!spec.own) return "stranger";
  const auto action_class = class_of(spec.name, tool.name, nlohmann::json::object());
  return std::string(action_class ? name_of(*action_class) : "unknown");
}

int tools(const Options& options, const std::string& only) {
  Session session(options);
  Connection connection(session);
  std::vector<std::string> names = connection.toolbox.names();
  if (!only.empty() || !options.command.empty())
    names = {find_server(options, connection.toolbox, only)};
  connection.start(names);
  const Terminal terminal = Terminal::of(STDOUT_FILENO);
  OutputJson json = OutputJson::array();
  int status = kDone;
  for (const std::string& name : names) {
    const std::vector<ToolInfo> listed = connection.toolbox.tools(name);
    const std::string problem = connection.toolbox.problem(name);
    if (!problem.empty()) status = kFailed;
    if (!options.json) std::cout << terminal.heading(name);
    if (!options.json && !problem.empty())
      std::cout << terminal.entry("  not there", plain(problem), 14, Style::Bad);
    for (const ToolInfo& tool : listed) {
      const std::string kind = class_text(*connection.toolbox.find(name), tool);
      json.push_back({{"server", name},
                      {"tool", tool.name},
                      {"action_class", kind},
                      {"description", tool.description},
                      {"inputSchema", OutputJson::parse(tool.input_schema, nullptr, false)}});
      if (!options.json)
        std::cout << terminal.entry("  " + padded(tool.name, 26) + padded(kind, 9),
                                    plain(tool.description), 37, Style::Bold);
    }
  }
  if (options.json) print_json(json);
  return status;
}

}  // namespace

void add_tools(CLI::App& app, Run& run) {
  CLI::App* command =
      add_subcommand(app, "tools", "The tools of all servers, of one, or of -- COMMAND ARGS...");
  auto server = std::make_shared<std::string>();
  command->add_option("server", *server, "The server's name");
  command->callback([&run, server] {
    run = [server](const Options& options) { return tools(options, *server); };
  });
}

}  // namespace host
