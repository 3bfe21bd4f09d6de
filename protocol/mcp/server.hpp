#pragma once

#include <functional>
#include <memory>
#include <span>

#include "protocol/mcp/server_info.hpp"
#include "protocol/mcp/tool.hpp"
#include "protocol/transport/transport.hpp"

namespace mcp {

/// Makes one worker's own context, which the tools' handlers get as their `Context`. Called from
/// the worker's thread before its first call; destroyed there too. What it throws fails that call.
using MakeContext = std::function<std::shared_ptr<void>()>;

/// An MCP server for tools. It speaks both eras at once, chosen for each message by its body: the
/// handshake revisions 2024-11-05 to 2025-11-25, and the stateless 2026-07-28.
class Server {
 public:
  /// Offers exactly these tools, which outlive it: a filter (read-only, by name) is applied by
  /// handing over fewer.
  Server(ServerInfo info, std::span<const Tool> tools, MakeContext make_context);

  /// Serves one peer until it sends nothing more and everything it asked is answered. Calls take
  /// effect in the order received: one that writes runs alone, ones that read run beside each
  /// other. Once the peer has ended its side, calls that still run get Crew::kPatienceAtEnd
  /// (server_crew.hpp) before they are told to stop.
  void serve(transport::Transport& transport) const;

 private:
  ServerInfo info_;
  std::span<const Tool> tools_;
  MakeContext make_context_;
};

}  // namespace mcp
