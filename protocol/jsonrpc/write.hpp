#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "protocol/jsonrpc/message.hpp"

/// Messages as one line of JSON, without the line's end. Results and params arrive as JSON that is
/// already serialised (and holds no raw line break), and are copied once.
namespace jsonrpc {

/// How an error without an id is written: revisions of MCP differ.
enum class NoId { Absent, Null };

std::string write_result(const Id& id, std::string_view result);
std::string write_error(const std::optional<Id>& id, const Error& error, NoId no_id = NoId::Absent);
std::string write_request(const Id& id, std::string_view method, std::string_view params);
std::string write_notification(std::string_view method, std::string_view params);

/// Of messages that are written already.
std::string write_batch(const std::vector<std::string>& messages);

/// `text` as a JSON string, quotes included; what is not UTF-8 in it becomes U+FFFD.
std::string json_string(std::string_view text);

}  // namespace jsonrpc
