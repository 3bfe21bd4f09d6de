#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/harness/recording.hpp"
#include "protocol/transport/lines.hpp"

namespace harness {

/// Hears what a client and a server say to each other, and knows which calls were made and what
/// they came to. What is no MCP, or too long, it leaves alone.
class CallListener final {
 public:
  void hear_client(std::string_view bytes);
  /// Returns whether a call was answered in it.
  bool hear_server(std::string_view bytes);

  /// The answered calls, in the order in which they were made.
  Heard heard() const;

 private:
  struct Call {
    RecordedCall recorded{};
    bool answered{};
  };
  void take_request(const jsonrpc::Request& request);
  void take_name(const jsonrpc::Request& request);
  bool take_response(const jsonrpc::Response& response);

  transport::LineBuffer from_client_;
  transport::LineBuffer from_server_;
  std::string client_;
  std::vector<Call> calls_;
  std::map<std::string, std::size_t> open_;  ///< By id as JSON: where the call stands in calls_.
};

}  // namespace harness
