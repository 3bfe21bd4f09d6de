#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "protocol/mcp/server.hpp"
#include "protocol/transport/transport.hpp"
#include "tests/unit/protocol/notebook.hpp"

namespace test {

/// Waiting for what must come; long enough that only a hang reaches it.
transport::Deadline soon();

/// The fake server of notebook.hpp, served by a thread of its own, and the test as its client.
class Peer {
 public:
  Peer();
  ~Peer();

  notebook::Notebook notebook{};

  void send_line(std::string_view line);
  void send(const nlohmann::json& message) { send_line(message.dump()); }
  /// The server's next line; null if it sent nothing more.
  nlohmann::json read();
  nlohmann::json ask_line(std::string_view line);
  nlohmann::json ask(const nlohmann::json& message) { return ask_line(message.dump()); }
  /// The handshake; returns the result.
  nlohmann::json initialize(std::string_view version = "2025-11-25");
  /// All the server's messages up to the answer to a ping sent now: what came of everything before.
  std::vector<nlohmann::json> read_all();

 private:
  std::unique_ptr<transport::Transport> ours_;
  std::unique_ptr<transport::Transport> theirs_;
  mcp::Server server_;
  std::thread thread_;
};

/// Requests of the handshake era.
nlohmann::json request(int id, std::string_view method,
                       nlohmann::json params = nlohmann::json::object());
nlohmann::json call(int id, std::string_view tool,
                    nlohmann::json arguments = nlohmann::json::object());
/// With the envelope of the stateless era.
nlohmann::json stateless(nlohmann::json request);
nlohmann::json cancelled(int id);

/// The notes in a call's answer.
std::vector<std::string> notes_of(const nlohmann::json& answer);

}  // namespace test
