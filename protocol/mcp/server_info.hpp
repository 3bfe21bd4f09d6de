#pragma once

#include <string>

namespace mcp {

/// How a server introduces itself.
struct ServerInfo {
  std::string name{};
  std::string title{};
  std::string version{};
  std::string instructions{};  ///< What a model should know before it uses the tools; may be empty.
};

}  // namespace mcp
