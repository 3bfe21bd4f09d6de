#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// JSON-RPC 2.0 as values. Reading is in parse.hpp, writing in write.hpp; neither knows what a
/// method means.
namespace jsonrpc {

constexpr int kParseError = -32700;
constexpr int kInvalidRequest = -32600;
constexpr int kMethodNotFound = -32601;
constexpr int kInvalidParams = -32602;
constexpr int kInternalError = -32603;

/// A request's id, a string or an integer, as the JSON that it is on the wire: `7` or `"a"`.
struct Id {
  std::string json{};
  friend bool operator==(const Id&, const Id&) = default;
};

struct Error {
  int code{};
  std::string message{};
  std::string data{};  ///< JSON; empty for none.
  friend bool operator==(const Error&, const Error&) = default;
};

struct Request {
  Id id{};
  std::string method{};
  nlohmann::json params{};  ///< An object, an array, or null where none were sent.
};

struct Notification {
  std::string method{};
  nlohmann::json params{};  ///< As in Request.
};

struct Response {
  std::optional<Id> id{};  ///< Missing where the peer could not read the id of what it answers.
  nlohmann::json result{};
  std::optional<Error> error{};
};

/// What cannot be served: the error that answers it, under its id if that could be read.
struct Malformed {
  std::optional<Id> id{};
  Error error{};
};

using Message = std::variant<Request, Notification, Response, Malformed>;

/// What one line or one body held: exactly one message, or the messages of a batch (an array).
struct Parsed {
  std::vector<Message> messages{};
  bool batch{};
};

}  // namespace jsonrpc
