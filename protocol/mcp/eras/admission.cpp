#include "protocol/mcp/eras/admission.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "protocol/jsonrpc/write.hpp"
#include "protocol/mcp/eras/results.hpp"

namespace mcp::eras {
namespace {

using jsonrpc::Error;
using nlohmann::json;

constexpr int kUnsupportedProtocolVersion = -32022;
constexpr std::string_view kVersionKey = "io.modelcontextprotocol/protocolVersion";
constexpr std::string_view kCapabilitiesKey = "io.modelcontextprotocol/clientCapabilities";
constexpr std::string_view kClientKey = "io.modelcontextprotocol/clientInfo";
constexpr std::string_view kLogLevelKey = "io.modelcontextprotocol/logLevel";
constexpr std::array<std::string_view, 8> kLogLevels{"debug", "info",     "notice", "warning",
                                                     "error", "critical", "alert",  "emergency"};
constexpr std::size_t kEchoMax = 100;  // Bytes of a caller's word that an error repeats.

bool is_log_level(const json& level) {
  return level.is_string() &&
         std::ranges::find(kLogLevels, level.get_ref<const std::string&>()) != kLogLevels.end();
}

const json* member(const json& object, std::string_view key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found != object.end() ? &*found : nullptr;
}

const json* meta_of(const json& params) {
  return member(params, "_meta");
}

/// True if the request says that it belongs to the stateless era.
bool claims(const json& params) {
  const json* const meta = meta_of(params);
  return meta != nullptr && member(*meta, kVersionKey) != nullptr;
}

Error invalid_params(std::string message) {
  return {.code = jsonrpc::kInvalidParams, .message = std::move(message)};
}

Error bad_meta(std::string_view key, std::string_view what) {
  return invalid_params("/params/_meta: \"" + std::string(key) + "\" " + std::string(what));
}

bool is_implementation(const json& info) {
  const json* const name = member(info, "name");
  const json* const version = member(info, "version");
  return name != nullptr && name->is_string() && version != nullptr && version->is_string();
}

std::string name_of(const json* info) {
  const json* const name = info != nullptr ? member(*info, "name") : nullptr;
  return name != nullptr && name->is_string() && !name->get_ref<const std::string&>().empty()
             ? name->get<std::string>()
             : Peer{}.client;
}

std::variant<Peer, Error> read_envelope(const json& meta) {
  const json& version = *member(meta, kVersionKey);
  if (!version.is_string()) return bad_meta(kVersionKey, "must be a string");
  if (version != stateless().name) {
    const json data = {{"supported", {stateless().name}}, {"requested", version}};
    return Error{.code = kUnsupportedProtocolVersion,
                 .message = "This protocol version is not served.",
                 .data = data.dump()};
  }
  const json* const capabilities = member(meta, kCapabilitiesKey);
  if (capabilities == nullptr || !capabilities->is_object()) {
    return bad_meta(kCapabilitiesKey, "must be an object, {} for none");
  }
  const json* const client = member(meta, kClientKey);
  if (client != nullptr && !is_implementation(*client)) {
    return bad_meta(kClientKey, "must be an object with the strings name and version");
  }
  const json* const level = member(meta, kLogLevelKey);
  if (level != nullptr && !is_log_level(*level)) {
    return bad_meta(kLogLevelKey,
                    "must be one of debug, info, notice, warning, error, critical, "
                    "alert, emergency");
  }
  return Peer{.revision = &stateless(), .client = name_of(client)};
}

Error unknown_method(std::string_view method) {
  return {.code = jsonrpc::kMethodNotFound,
          .message =
              "There is no method " + jsonrpc::json_string(method.substr(0, kEchoMax)) + " here."};
}

}  // namespace

std::variant<Peer, Error> admit(const jsonrpc::Request& request, const Session& session) {
  if (request.params.is_array()) return invalid_params("/params: expected an object");
  Peer peer = session.peer;
  if (claims(request.params)) {
    std::variant<Peer, Error> read = read_envelope(*meta_of(request.params));
    if (std::holds_alternative<Error>(read)) return read;
    peer = std::get<Peer>(std::move(read));
  } else if (has_method(stateless(), request.method) &&
             !has_method(*peer.revision, request.method)) {
    return bad_meta(kVersionKey, "is missing, and so is \"" + std::string(kCapabilitiesKey) +
                                     "\": " + request.method + " needs both");
  }
  if (!has_method(*peer.revision, request.method)) return unknown_method(request.method);
  return peer;
}

std::optional<Error> admit_batch(const jsonrpc::Parsed& batch, const Session& session) {
  const auto refuse = [](std::string why) {
    return Error{.code = jsonrpc::kInvalidRequest, .message = std::move(why)};
  };
  if (!session.open || !session.peer.revision->batches) {
    return refuse("Batches belong to sessions of 2025-03-26 and before; send one message a line.");
  }
  for (const jsonrpc::Message& message : batch.messages) {
    const auto* const request = std::get_if<jsonrpc::Request>(&message);
    if (request == nullptr) continue;
    if (claims(request->params)) return refuse("A stateless request cannot be part of a batch.");
    if (request->method == "initialize") return refuse("initialize cannot be part of a batch.");
  }
  return {};
}

std::variant<std::string, Error> initialize(const json& params, const ServerInfo& info,
                                            Session& session) {
  const json* const wanted = member(params, "protocolVersion");
  if (wanted == nullptr || !wanted->is_string()) {
    return invalid_params("/params/protocolVersion: expected a string such as \"" +
                          std::string(newest_handshake().name) + "\"");
  }
  const Revision* revision = find_revision(wanted->get_ref<const std::string&>());
  if (revision == nullptr || !revision->handshake) revision = &newest_handshake();
  session = {.peer = {.revision = revision, .client = name_of(member(params, "clientInfo"))},
             .open = true};
  return initialize_result(*revision, info);
}

}  // namespace mcp::eras
