#include "host/config/config.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "host/config/foreign.hpp"

namespace host {

namespace fs = std::filesystem;

namespace {

/// Reads one file; every complaint names where.
class Reader {
 public:
  explicit Reader(const fs::path& file) : file_(file) {}

  Config read(const toml::table& root) {
    Config config;
    for (const auto& [key, value] : root) {
      if (key == "servers") {
        for (const auto& [name, section] : table(value, "servers"))
          config.servers.push_back(server(std::string(name.str()), section));
      } else if (key == "mcpServers" || key == "mcp_servers") {
        read_foreign(table(value, key.str()), config);
      } else if (key == "levels") {
        for (const auto& [name, level] : table(value, "levels"))
          config.levels[std::string(name.str())] = text(level, name.str());
      } else if (key == "zone") {
        config.zone = text(value, "zone");
      } else if (key == "day") {
        read_day(table(value, "day"), config);
      } else {
        refuse(value, std::string(key.str()) +
                          " is not known; there are servers, mcpServers, levels, zone and day");
      }
    }
    return config;
  }

 private:
  [[noreturn]] void refuse(const toml::node& node, const std::string& problem) const {
    throw std::runtime_error(file_.string() + ":" + std::to_string(node.source().begin.line) +
                             ": " + problem);
  }

  const toml::table& table(const toml::node& node, std::string_view name) const {
    if (!node.is_table()) refuse(node, std::string(name) + ": expected a table");
    return *node.as_table();
  }

  std::string text(const toml::node& node, std::string_view name) const {
    if (!node.is_string()) refuse(node, std::string(name) + ": expected a text in quotes");
    return node.as_string()->get();
  }

  std::vector<std::string> texts(const toml::node& node, std::string_view name) const {
    if (!node.is_array()) refuse(node, std::string(name) + ": expected a list of texts");
    std::vector<std::string> list;
    for (const toml::node& each : *node.as_array()) list.push_back(text(each, name));
    return list;
  }

  void read_foreign(const toml::table& servers, Config& config) const {
    std::ostringstream json;
    json << toml::json_formatter(servers);
    const std::string where = file_.string() + ":" + std::to_string(servers.source().begin.line);
    for (ServerConfig& server :
         foreign_servers(nlohmann::json::parse(json.str()), {.where = where, .folder = folder()}))
      config.servers.push_back(std::move(server));
  }

  fs::path folder() const { return fs::absolute(file_).parent_path(); }

  void read_day(const toml::table& day, Config& config) const {
    for (const auto& [key, value] : day) {
      if (key != "calendar")
        refuse(value, "day." + std::string(key.str()) + " is not known; there is calendar");
      config.calendar = text(value, "day.calendar");
    }
  }

  ServerConfig server(std::string name, const toml::node& node) const {
    ServerConfig config{.name = std::move(name)};
    for (const auto& [key, value] : table(node, config.name)) {
      const std::string where = "servers." + config.name + "." + std::string(key.str());
      if (key == "command") {
        config.command = text(value, where);
      } else if (key == "args") {
        config.args = texts(value, where);
      } else if (key == "env") {
        for (const auto& [variable, setting] : table(value, where))
          config.env[std::string(variable.str())] = text(setting, where);
      } else if (key == "trust") {
        if (text(value, where) != "annotations")
          refuse(value, where + ": expected \"annotations\", the only trust there is");
        config.trust_annotations = true;
      } else if (key == "allow") {
        config.allow = texts(value, where);
      } else if (key == "timeout_seconds") {
        if (!value.is_integer() || value.as_integer()->get() < 1)
          refuse(value, where + ": expected whole seconds, 1 or more");
        config.timeout_seconds = value.as_integer()->get();
      } else if (key == "url") {
        refuse(value, where + ": servers over HTTP cannot be attached yet; give a command");
      } else {
        refuse(value, where +
                          " is not known; there are command, args, env, trust, allow and "
                          "timeout_seconds");
      }
    }
    const auto& own = own_servers();
    if (config.command.empty() && std::find(own.begin(), own.end(), config.name) == own.end())
      refuse(node, "servers." + config.name + ": command is missing");
    return config;
  }

  fs::path file_;
};

}  // namespace

ServerConfig& Config::server(std::string_view name) {
  const auto found = std::find_if(servers.begin(), servers.end(),
                                  [&](const ServerConfig& each) { return each.name == name; });
  if (found != servers.end()) return *found;
  return servers.emplace_back(ServerConfig{.name = std::string(name)});
}

const std::vector<std::string>& own_servers() {
  static const std::vector<std::string> names{"calendar", "email", "tasks", "files", "memory"};
  return names;
}

fs::path config_file(const std::optional<fs::path>& given_data) {
  if (given_data) return *given_data / "config.toml";
  const char* folder = std::getenv("XDG_CONFIG_HOME");
  if (folder != nullptr && *folder != '\0') return fs::path(folder) / "adjutant" / "config.toml";
  const char* home = std::getenv("HOME");
  return fs::path(home == nullptr ? "." : home) / ".config" / "adjutant" / "config.toml";
}

Config read_config(const fs::path& file) {
  std::error_code error;
  if (!fs::exists(file, error)) return {};
  if (file.extension() == ".json") return {.servers = read_foreign_file(file)};
  try {
    return Reader(file).read(toml::parse_file(file.string()));
  } catch (const toml::parse_error& problem) {
    throw std::runtime_error(file.string() + ":" + std::to_string(problem.source().begin.line) +
                             ": " + std::string(problem.description()));
  }
}

}  // namespace host
