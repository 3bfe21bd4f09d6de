#include "protocol/mcp/eras/revision.hpp"

#include <array>

namespace mcp::eras {
namespace {

constexpr std::array<Revision, 5> kRevisions{{
    {.name = "2024-11-05", .handshake = true, .batches = true},
    {.name = "2025-03-26",
     .handshake = true,
     .batches = true,
     .annotations = true,
     .progress_message = true},
    {.name = "2025-06-18",
     .handshake = true,
     .annotations = true,
     .progress_message = true,
     .structured = true},
    {.name = "2025-11-25",
     .handshake = true,
     .annotations = true,
     .progress_message = true,
     .structured = true,
     .error_without_id = true},
    {.name = "2026-07-28",
     .annotations = true,
     .progress_message = true,
     .structured = true,
     .error_without_id = true},
}};

}  // namespace

const Revision* find_revision(std::string_view name) {
  for (const Revision& revision : kRevisions) {
    if (revision.name == name) return &revision;
  }
  return nullptr;
}

const Revision& newest_handshake() {
  return kRevisions[3];
}

const Revision& stateless() {
  return kRevisions[4];
}

bool has_method(const Revision& revision, std::string_view method) {
  if (method == "tools/list" || method == "tools/call") return true;
  if (method == "initialize" || method == "ping") return revision.handshake;
  return method == "server/discover" && !revision.handshake;
}

}  // namespace mcp::eras
