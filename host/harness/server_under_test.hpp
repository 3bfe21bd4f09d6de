#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "host/harness/memory.hpp"
#include "host/harness/wiretap.hpp"
#include "host/tools/toolbox.hpp"
#include "protocol/mcp/client.hpp"
#include "protocol/transport/child_process.hpp"
#include "protocol/transport/spawner.hpp"

namespace harness {

/// What one request came to, as it came. Never an exception: a server that fails is what a harness
/// is for.
struct Answer {
  enum class Kind {
    Result,    ///< `result` is what the server sent.
    Refused,   ///< A JSON-RPC error: `code`, and `problem` holds its message.
    TimedOut,  ///< No answer in time; the server was told that nobody waits any more.
    Lost,      ///< The server is gone; `problem` says how it ended, with its last words.
    Nonsense,  ///< An answer that is none, e.g. a result that is no object.
  };
  Kind kind{Kind::Result};
  nlohmann::json result{};
  int code{};
  std::string problem{};  ///< A sentence; empty of a Result.
  std::chrono::microseconds took{};

  /// A Result that the tool itself calls an error (isError).
  bool is_tool_error() const;
  /// A Result that is no tool error.
  bool is_success() const;
  /// The text blocks of a Result, one a line; of anything else `problem`.
  std::string text() const;
  /// structuredContent, or null.
  nlohmann::json structured() const;
};

/// One MCP server as a developer looks at it: started as a process of our own, spoken to directly
/// (this is the only road to a tool beside the gate, and never the agent's), watched, and started
/// again when it has died. For one thread.
class ServerUnderTest {
 public:
  using Timeout = std::chrono::milliseconds;

  /// Starts nothing yet. `spawner` outlives this. Of `spec` the program, args, env and time-outs
  /// count.
  ServerUnderTest(transport::Spawner& spawner, host::ServerSpec spec);
  ~ServerUnderTest();
  ServerUnderTest(const ServerUnderTest&) = delete;
  ServerUnderTest& operator=(const ServerUnderTest&) = delete;

  /// Starts the process and introduces ourselves. A process that runs is ended first, so this is
  /// also how to start again. Throws std::runtime_error, its text a sentence, if that fails.
  const mcp::PeerInfo& start();

  /// start() for those who go on without it: why it failed, empty if it did not.
  std::string try_start();

  /// Ends the process; start() may follow.
  void stop();

  /// The entries of tools/list as the server sent them, all pages. Throws std::runtime_error.
  std::vector<nlohmann::json> list_tools();

  /// list_tools() for those who go on without it: why it failed, empty if `tools` is the list.
  std::string try_list(std::vector<nlohmann::json>& tools);

  /// tools/call; `arguments` is sent as it is, an object or not. The time-out is the spec's.
  Answer call(std::string_view tool, const nlohmann::json& arguments);
  Answer call(std::string_view tool, const nlohmann::json& arguments, Timeout timeout);

  /// One call for each of `arguments`, sent side by side; the answers in their order.
  std::vector<Answer> call_at_once(std::string_view tool,
                                   const std::vector<nlohmann::json>& arguments);

  /// Any request.
  Answer request(std::string_view method, const nlohmann::json& params, Timeout timeout);

  /// False once the process is gone or nothing can be sent to it.
  bool alive() const;
  /// "is running", "exited with status 3", "was killed by signal 9 (Killed)".
  std::string state() const;
  /// The last of what it wrote to its standard error, at most 16 KiB.
  std::string stderr_tail() const;
  /// Of the process and its children. All 0 while it does not run.
  MemoryUse memory() const;
  /// What no client understands of its output, since this was last asked.
  std::vector<Stray> take_strays();

  const host::ServerSpec& spec() const { return spec_; }
  const mcp::PeerInfo& peer() const { return peer_; }
  std::size_t calls() const { return calls_; }    ///< tools/call requests so far.
  std::size_t starts() const { return starts_; }  ///< Processes started so far.

 private:
  transport::Spawner& spawner_;
  const host::ServerSpec spec_;
  mcp::PeerInfo peer_;
  std::unique_ptr<mcp::Client> client_;  // Owns the tap, which owns the process.
  Wiretap* tap_{};                       // Null while there is no client, as is the next.
  const transport::ChildProcess* process_{};
  std::size_t calls_{};
  std::size_t starts_{};
};

}  // namespace harness
