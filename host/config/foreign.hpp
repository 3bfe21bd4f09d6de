#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "host/config/config.hpp"

namespace host {

/// Servers as other clients write them down: `mcpServers` (Claude Desktop, Claude Code, Cursor and
/// most others) and `servers` (VS Code), each an object of {command, args, env, cwd} or {url,
/// type}. What else an entry has is that client's business and is left alone; a `disabled` one is
/// left out. In texts `${env:NAME}`, `${NAME}`, `${NAME:-otherwise}`, `${userHome}` and
/// `${workspaceFolder}` are replaced.

struct ForeignPlace {
  std::string where{};             ///< Begins every complaint.
  std::filesystem::path folder{};  ///< What `${workspaceFolder}` means.
};

/// Throws std::runtime_error that names the place, the server and the key.
std::vector<ServerConfig> foreign_servers(const nlohmann::json& servers, const ForeignPlace& place);

/// A whole file; comments are allowed in it. Throws as foreign_servers does.
std::vector<ServerConfig> read_foreign_file(const std::filesystem::path& file);

}  // namespace host
