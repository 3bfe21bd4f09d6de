#pragma once

#include <string>
#include <string_view>

/// What differs between the revisions of MCP lives in this folder and nowhere else. The handshake
/// revisions open a session with `initialize`; 2026-07-28 has none, and each request says who it
/// is.
namespace mcp::eras {

/// What a revision of the protocol knows.
struct Revision {
  std::string_view name{};
  bool handshake{};         ///< Opened by `initialize`; else stateless.
  bool batches{};           ///< Takes arrays of messages.
  bool annotations{};       ///< Of tools.
  bool progress_message{};  ///< Words beside the numbers of a progress notification.
  bool structured{};        ///< outputSchema, structuredContent, titles.
  bool error_without_id{};  ///< The answer to what has no readable id leaves `id` out; else it is
                            ///< null.
};

/// Null for a name that is no revision of ours.
const Revision* find_revision(std::string_view name);
const Revision& newest_handshake();
const Revision& stateless();

bool has_method(const Revision& revision, std::string_view method);

/// Who sent a request, and by which rules.
struct Peer {
  const Revision* revision{&newest_handshake()};
  std::string client{"unknown"};  ///< The name it gave itself.
};

}  // namespace mcp::eras
