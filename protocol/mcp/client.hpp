#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

#include "protocol/jsonrpc/message.hpp"
#include "protocol/transport/transport.hpp"

namespace mcp {

/// A request that brought no result. what() is a sentence.
class RequestFailed : public std::runtime_error {
 public:
  enum class Reason {
    TimedOut,  ///< No answer in time; the server was told that nobody waits any more.
    Lost,      ///< The server is gone: it exited, closed its output, or takes nothing in.
    Refused,   ///< The server answered with a JSON-RPC error; `code` is its code.
    Nonsense,  ///< The server answered with something that is no answer, or too long to be read.
  };
  RequestFailed(Reason why, const std::string& what, int error_code = 0)
      : std::runtime_error(what), reason(why), code(error_code) {}

  const Reason reason;
  const int code;
};

/// What a tools/call came to.
struct ToolAnswer {
  bool is_error{};              ///< The tool's own word: `text` says what to mend.
  std::string text{};           ///< The text blocks, one a line.
  nlohmann::json structured{};  ///< structuredContent; null without one.
  nlohmann::json meta{};        ///< _meta; null without one.
};

/// Who answered `initialize`. All of it is a stranger's word.
struct PeerInfo {
  std::string name{};
  std::string version{};
  std::string protocol{};
  std::string instructions{};
};

/// An MCP client of 2025-11-25. Requests may come from several threads at once; a thread of the
/// client's own reads the answers, answers the server's pings and ignores what it cannot read.
class Client {
 public:
  using Timeout = std::chrono::milliseconds;
  /// Says why the transport ended, as a sentence ("It was killed by signal 9 (Killed)."); asked
  /// when a request is lost.
  using Explain = std::function<std::string()>;

  struct Identity {
    std::string name{};
    std::string title{};
    std::string version{};
  };

  /// `server` is the name that errors use.
  Client(std::string server, std::unique_ptr<transport::Transport> transport, Explain explain = {});

  /// Closes the transport; requests in flight are lost.
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Opens the session; to be called first, once. All of these throw RequestFailed.
  PeerInfo initialize(const Identity& self, Timeout timeout);

  /// The entries of tools/list, all pages.
  std::vector<nlohmann::json> list_tools(Timeout timeout);

  ToolAnswer call_tool(std::string_view name, const nlohmann::json& arguments, Timeout timeout);

  /// Any request; returns its `result`.
  nlohmann::json request(std::string_view method, const nlohmann::json& params, Timeout timeout);

  /// False once the server is gone.
  bool alive() const;

  /// Tells the server that nothing more will come, without waiting for it to leave.
  void close() { transport_->close(); }

 private:
  struct Pending {
    std::optional<jsonrpc::Response> response{};
    std::size_t too_long{};  ///< Bytes of the answer that was not read.
  };

  void listen();
  void take(jsonrpc::Message& message);
  void skip(const transport::Received& message);
  void cancel(std::int64_t id);
  [[noreturn]] void fail_lost(std::string_view method) const;
  [[noreturn]] void fail_long(std::string_view method, std::size_t length) const;

  const std::string server_;
  const std::unique_ptr<transport::Transport> transport_;
  const Explain explain_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;          // With mutex_.
  std::map<std::string, Pending*> pending_;  // By id as JSON. Guarded by mutex_, with its targets.
  std::int64_t last_id_{};                   // Guarded by mutex_.
  bool lost_{};                              // Guarded by mutex_.
  std::thread listener_;
};

}  // namespace mcp
