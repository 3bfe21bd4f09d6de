#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace host {

/// `[servers.NAME]`. One of our own servers needs none; without a command, NAME is one of ours and
/// `args` and `env` are added to what the host gives it.
struct ServerConfig {
  std::string name{};
  std::string command{};
  std::vector<std::string> args{};
  std::map<std::string, std::string> env{};
  std::filesystem::path folder{};    ///< Where it starts; empty for where we are.
  std::string url{};                 ///< Instead of a command: it is reached over HTTP.
  bool trust_annotations{};          ///< trust = "annotations": its readOnlyHint counts.
  std::vector<std::string> allow{};  ///< Tools of a stranger that need not ask.
  std::optional<std::int64_t> timeout_seconds{};  ///< For its start and for each call.
};

struct Config {
  std::vector<ServerConfig> servers{};
  std::map<std::string, std::string> levels{};  ///< `[levels]`: class of action to ceiling.
  std::string zone{};                           ///< IANA; empty: of the machine.
  std::filesystem::path calendar{};             ///< `[day] calendar`: an .ics file to import.

  /// The server's section, made where there is none.
  ServerConfig& server(std::string_view name);
};

/// The names of our own servers, in the order in which people read about them.
const std::vector<std::string>& own_servers();

/// `$XDG_CONFIG_HOME/adjutant/config.toml`; with a data folder given, `config.toml` in it.
std::filesystem::path config_file(const std::optional<std::filesystem::path>& given_data);

/// TOML; or JSON, in the forms that other clients write (foreign.hpp), if the name ends in .json. A
/// missing file is an empty one. Throws std::runtime_error that names file, line and key.
Config read_config(const std::filesystem::path& file);

}  // namespace host
