#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "protocol/jsonrpc/message.hpp"
#include "protocol/mcp/eras/admission.hpp"
#include "protocol/mcp/server.hpp"
#include "protocol/mcp/server_calls.hpp"
#include "protocol/mcp/server_crew.hpp"

namespace mcp {

/// One peer being served: what Server::serve() keeps while it lasts.
class Connection {
 public:
  Connection(const ServerInfo& info, std::span<const Tool> tools, const MakeContext& make_context,
             transport::Transport& transport)
      : info_(info), tools_(tools), make_context_(make_context), transport_(transport) {}

  void run();

 private:
  /// A tools/call that is ready to run.
  struct PreparedCall {
    std::shared_ptr<Calls::Entry> entry{};
    const Tool* tool{};
    eras::Peer peer{};
    nlohmann::json arguments{};
    std::string progress_token{};  ///< JSON; empty if no progress is wanted.
  };
  /// What a message comes to: a line that answers it (empty for none), or a call to be run.
  using Outcome = std::variant<std::string, PreparedCall>;

  bool receive(std::optional<Crew::Job>& job);
  std::optional<Crew::Job> take_line(std::string_view line);
  std::optional<Crew::Job> take_batch(jsonrpc::Parsed batch, std::size_t bytes);
  Outcome take(jsonrpc::Message& message);
  Outcome take_request(jsonrpc::Request& request);
  void take_notification(const jsonrpc::Notification& notification);
  std::string list_tools(const jsonrpc::Request& request, const eras::Revision& revision) const;
  Outcome prepare_call(jsonrpc::Request& request, eras::Peer peer);

  std::string error_line(const std::optional<jsonrpc::Id>& id, const jsonrpc::Error& error) const;

  // From any thread of the crew; the ones above are the reading thread's.
  std::string perform(const PreparedCall& call, std::shared_ptr<void>& context);
  std::string run_tool(const PreparedCall& call, std::shared_ptr<void>& context);
  Call::Progress progress_of(const PreparedCall& call);
  void send(const std::string& line);

  const ServerInfo& info_;
  const std::span<const Tool> tools_;
  const MakeContext& make_context_;
  transport::Transport& transport_;
  eras::Session session_;  // Of the thread that reads; the crew orders one reader after the other.
  Calls calls_;
};

}  // namespace mcp
