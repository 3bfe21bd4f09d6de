#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "protocol/mcp/eras/revision.hpp"
#include "protocol/mcp/server_info.hpp"
#include "protocol/mcp/tool.hpp"

/// Results as JSON, each as its revision wants it: what a revision does not know is left out, and
/// the stateless one gets resultType, caching hints and the server's name.
namespace mcp::eras {

std::string initialize_result(const Revision& revision, const ServerInfo& info);
std::string discover_result(const ServerInfo& info);

/// All listed tools; they make one page.
std::string list_result(const Revision& revision, const ServerInfo& info,
                        std::span<const Tool> tools);

std::string call_result(const Revision& revision, const ServerInfo& info, const Answer& answer);

/// The result of a call that failed in a way the caller can mend.
std::string failed_call_result(const Revision& revision, const ServerInfo& info,
                               std::string_view problem);

/// One progress notification, whole. `token` is JSON.
struct Progress {
  std::string_view token{};
  double done{};
  std::optional<double> total{};
  std::string_view message{};
};
std::string progress_notification(const Revision& revision, const Progress& progress);

}  // namespace mcp::eras
