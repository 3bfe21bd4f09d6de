#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <variant>

#include "protocol/jsonrpc/message.hpp"
#include "protocol/mcp/eras/revision.hpp"
#include "protocol/mcp/server_info.hpp"

/// Which era a message belongs to, decided for each message by its body.
namespace mcp::eras {

/// What `initialize` opened on a connection; there is one a connection, and stateless requests are
/// served beside it. Before `initialize` its peer is an unknown client of the newest handshake
/// revision, so that a tools/list typed by hand is answered.
struct Session {
  Peer peer{};
  bool open{};
};

/// Who sends `request`, or the error that refuses it: an envelope of the stateless era that is
/// incomplete, a revision or a method that is not served.
std::variant<Peer, jsonrpc::Error> admit(const jsonrpc::Request& request, const Session& session);

/// Why a batch is refused: its session's revision has none, or there is no session. Nothing if it
/// may pass; the requests in it still need admit().
std::optional<jsonrpc::Error> admit_batch(const jsonrpc::Parsed& batch, const Session& session);

/// Opens the session, or opens it anew, and returns the result of `initialize`. A revision that we
/// do not speak is answered with the newest one we do.
std::variant<std::string, jsonrpc::Error> initialize(const nlohmann::json& params,
                                                     const ServerInfo& info, Session& session);

}  // namespace mcp::eras
