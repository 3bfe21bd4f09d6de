#include "host/commands/session.hpp"

#include <algorithm>
#include <stdexcept>

#include "host/tools/shell_word.hpp"
#include "servers/common/options.hpp"

namespace host {

namespace fs = std::filesystem;

namespace {

ClockFile make_clock_file(const Options& options, const fs::path& data, const Config& config) {
  if (!options.clock.empty()) return ClockFile(fs::absolute(options.clock));
  if (options.now.empty()) return ClockFile();
  const auto start = common::make_clock(options.now, {}, find_zone(options, config));
  return ClockFile(data / "host", start->now());
}

Levels make_levels(const Options& options, const Config& config) {
  Levels levels(options.autonomy);
  for (const auto& [name, ceiling] : config.levels) {
    const auto action_class = find_action_class(name);
    const auto level = find_level(ceiling);
    if (!action_class || !level)
      throw std::runtime_error("[levels] " + name + " = \"" + ceiling +
                               "\": expected read, own, named, delete, send, allowed or stranger, "
                               "and deny, ask, tell or act");
    levels.set_ceiling(*action_class, *level);
  }
  return levels;
}

fs::path own_folder() {
  return fs::read_symlink("/proc/self/exe").parent_path();
}

ServerSpec own_spec(const Session& session, const ServerConfig& config) {
  ServerSpec spec{.name = config.name,
                  .program = own_folder() / ("adjutant-" + config.name),
                  .args = {"--data", session.data.string(), "--zone", session.times.zone().id(),
                           "--tools", "all"},
                  .env = config.env,
                  .own = true};
  if (session.clock_file.exists())
    spec.args.insert(spec.args.end(), {"--clock", session.clock_file.path().string()});
  if (config.name == "calendar" && !session.config.calendar.empty())
    spec.args.insert(spec.args.end(),
                     {"--root", fs::absolute(session.config.calendar).parent_path().string()});
  spec.args.insert(spec.args.end(), config.args.begin(), config.args.end());
  return spec;
}

ServerSpec stranger_spec(const ServerConfig& config) {
  return {.name = config.name,
          .program = config.command,
          .args = config.args,
          .env = config.env,
          .folder = config.folder,
          .url = config.url,
          .trust_annotations = config.trust_annotations,
          .allow = config.allow};
}

}  // namespace

std::string given_server(const Options& options) {
  std::string name;
  for (const std::string& word : options.command)
    name.append(name.empty() ? "" : " ").append(shell_word(word));
  return name;
}

std::string find_server(const Options& options, const Toolbox& toolbox, const std::string& name) {
  if (!options.command.empty()) return given_server(options);
  if (toolbox.find(name) != nullptr) return name;
  if (name.find("://") != std::string::npos)
    throw std::runtime_error(cannot_start({.name = name, .url = name}));
  throw std::runtime_error("no server " + name +
                           "; `adjutant tools` lists them, and one that no configuration knows is "
                           "given as a command: -- COMMAND ARGS...");
}

common::Zone find_zone(const Options& options, const Config& config) {
  std::string name = options.zone.empty() ? config.zone : options.zone;
  if (name.empty()) name = common::system_zone();
  const std::optional<common::Zone> zone = common::Zone::find(name);
  if (!zone)
    throw std::runtime_error("there is no time zone " + name + "; names look like Europe/Warsaw");
  return *zone;
}

Session::Session(const Options& given)
    : options(given),
      data(fs::absolute(given.data.value_or(common::default_data_folder()))),
      config_path(given.config.value_or(config_file(
          given.data ? std::optional<fs::path>(fs::absolute(*given.data)) : std::nullopt))),
      config(read_config(config_path)),
      clock_file(make_clock_file(given, data, config)),
      clock(common::make_clock("", clock_file.path(), find_zone(given, config))),
      times(*clock, find_zone(given, config)),
      audit(data / "host", *clock),
      store(data / "host", times),
      levels(make_levels(given, config)) {}

std::vector<ServerSpec> server_specs(const Session& session) {
  std::vector<ServerSpec> specs;
  Config config = session.config;
  for (const std::string& name : own_servers()) config.server(name);
  for (const ServerConfig& server : config.servers) {
    const bool own = server.command.empty() && server.url.empty();
    ServerSpec spec = own ? own_spec(session, server) : stranger_spec(server);
    if (server.timeout_seconds) {
      spec.start_timeout = std::chrono::seconds(*server.timeout_seconds);
      spec.call_timeout = spec.start_timeout;
    }
    specs.push_back(std::move(spec));
  }
  const std::vector<std::string>& command = session.options.command;
  if (!command.empty())
    specs.push_back({.name = given_server(session.options),
                     .program = command.front(),
                     .args = {command.begin() + 1, command.end()}});
  const auto& own = own_servers();
  std::stable_sort(specs.begin(), specs.end(),
                   [&](const ServerSpec& left, const ServerSpec& right) {
                     return std::find(own.begin(), own.end(), left.name) <
                            std::find(own.begin(), own.end(), right.name);
                   });
  return specs;
}

Connection::Connection(Session& session)
    : toolbox(server_specs(session)),
      gate({.toolbox = toolbox,
            .audit = session.audit,
            .cards = session.cards,
            .lessons = session.lessons,
            .levels = session.levels,
            .times = session.times}),
      learner({.gate = gate,
               .deeds = session.deeds,
               .lessons = session.lessons,
               .changes = session.changes}) {}

void Connection::start_all() {
  toolbox.start(toolbox.names());
}

void Connection::start(const std::vector<std::string>& names) {
  toolbox.start(names);
}

}  // namespace host
