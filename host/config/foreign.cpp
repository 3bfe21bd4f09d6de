#include "host/config/foreign.hpp"

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace host {

namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

/// Reads the entries of one object of servers.
class EntryReader {
 public:
  explicit EntryReader(const ForeignPlace& place) : place_(place) {}

  ServerConfig server(const std::string& name, const Json& entry) const {
    if (!entry.is_object()) refuse(name, "expected an object with command or url");
    ServerConfig config{.name = name};
    config.command = text_at(name, entry, "command");
    config.folder = text_at(name, entry, "cwd");
    for (const char* key : {"url", "serverUrl", "httpUrl"}) {
      if (config.url.empty()) config.url = text_at(name, entry, key);
    }
    if (const auto args = entry.find("args"); args != entry.end()) {
      if (!args->is_array()) refuse(name + ".args", "expected a list of texts");
      for (const Json& each : *args) config.args.push_back(text(name + ".args", each));
    }
    if (const auto env = entry.find("env"); env != entry.end() && !env->is_null()) {
      if (!env->is_object()) refuse(name + ".env", "expected an object of texts");
      for (const auto& [variable, value] : env->items())
        config.env[variable] = text(name + ".env." + variable, value);
    }
    if (config.command.empty() && config.url.empty())
      refuse(name, "neither a command nor a url is given");
    return config;
  }

  [[noreturn]] void refuse(const std::string& key, const std::string& problem) const {
    throw std::runtime_error(place_.where + ": " + key + ": " + problem);
  }

 private:
  std::string text_at(const std::string& name, const Json& entry, const char* key) const {
    const auto found = entry.find(key);
    return found == entry.end() ? "" : text(name + "." + key, *found);
  }

  /// Numbers and booleans stand for their spelling: env and args hold them unquoted at times.
  std::string text(const std::string& key, const Json& value) const {
    if (value.is_number() || value.is_boolean()) return value.dump();
    if (!value.is_string()) refuse(key, "expected a text");
    return replaced(key, value.get<std::string>());
  }

  std::string replaced(const std::string& key, const std::string& text) const {
    std::string out;
    std::size_t at = 0;
    for (std::size_t start = text.find("${"); start != std::string::npos;
         start = text.find("${", at)) {
      const std::size_t end = text.find('}', start);
      if (end == std::string::npos) break;
      out.append(text, at, start - at);
      out.append(value_of(key, text.substr(start + 2, end - start - 2)));
      at = end + 1;
    }
    return out.append(text, at);
  }

  std::string value_of(const std::string& key, std::string name) const {
    if (name == "workspaceFolder") return place_.folder.string();
    if (name == "userHome") name = "env:HOME";
    if (name.starts_with("input:"))
      refuse(key, "${" + name + "} is asked of the user by the other client; write the value");
    if (name.starts_with("env:")) name.erase(0, 4);
    const std::size_t otherwise = name.find(":-");
    const char* const value = std::getenv(name.substr(0, otherwise).c_str());
    if (value != nullptr) return value;
    if (otherwise != std::string::npos) return name.substr(otherwise + 2);
    refuse(key, "${" + name + "}: there is no such variable in the environment");
  }

  const ForeignPlace& place_;
};

}  // namespace

std::vector<ServerConfig> foreign_servers(const Json& servers, const ForeignPlace& place) {
  const EntryReader reader(place);
  std::vector<ServerConfig> list;
  for (const auto& [name, entry] : servers.items()) {
    if (entry.is_object() && entry.value("disabled", Json()) == true) continue;
    list.push_back(reader.server(name, entry));
  }
  return list;
}

std::vector<ServerConfig> read_foreign_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const Json root = Json::parse(text, nullptr, false, true);
  ForeignPlace place{.where = file.string(), .folder = fs::absolute(file).parent_path()};
  // These folders hold a workspace's settings; the workspace is what they lie in.
  if (place.folder.filename() == ".vscode" || place.folder.filename() == ".cursor")
    place.folder = place.folder.parent_path();
  if (root.is_discarded()) throw std::runtime_error(place.where + ": this is no JSON");
  for (const char* key : {"mcpServers", "servers"}) {
    if (root.is_object() && root.contains(key) && root[key].is_object())
      return foreign_servers(root[key], place);
  }
  throw std::runtime_error(place.where + ": expected an object mcpServers or servers");
}

}  // namespace host
