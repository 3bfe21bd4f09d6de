#include "protocol/mcp/server.hpp"

#include <utility>

#include "protocol/mcp/server_connection.hpp"

namespace mcp {

Server::Server(ServerInfo info, std::span<const Tool> tools, MakeContext make_context)
    : info_(std::move(info)), tools_(tools), make_context_(std::move(make_context)) {}

void Server::serve(transport::Transport& transport) const {
  Connection(info_, tools_, make_context_, transport).run();
}

}  // namespace mcp
