#include "host/harness/call_listener.hpp"

#include <variant>

#include "host/harness/json_pointer.hpp"
#include "protocol/jsonrpc/parse.hpp"

namespace harness {
namespace {

using Json = nlohmann::json;

std::vector<jsonrpc::Message> messages_in(transport::LineBuffer& lines, std::string_view bytes) {
  std::vector<jsonrpc::Message> messages;
  lines.append(bytes);
  while (const auto line = lines.next()) {
    if (line->event != transport::Event::Message) continue;
    for (jsonrpc::Message& each : jsonrpc::parse(line->bytes).messages) {
      messages.push_back(std::move(each));
    }
  }
  return messages;
}

/// In revision 2026-07-28 a result may be a question that the client answers by calling again.
bool is_final(const Json& result) {
  const auto type = result.is_object() ? result.find("resultType") : result.end();
  return !result.is_object() || type == result.end() || *type == "complete";
}

}  // namespace

void CallListener::hear_client(std::string_view bytes) {
  for (const jsonrpc::Message& each : messages_in(from_client_, bytes)) {
    if (const auto* request = std::get_if<jsonrpc::Request>(&each)) take_request(*request);
  }
}

bool CallListener::hear_server(std::string_view bytes) {
  bool answered = false;
  for (const jsonrpc::Message& each : messages_in(from_server_, bytes)) {
    const auto* response = std::get_if<jsonrpc::Response>(&each);
    if (response != nullptr && take_response(*response)) answered = true;
  }
  return answered;
}

/// A client says its name in `initialize`, or since revision 2026-07-28 with each request.
void CallListener::take_name(const jsonrpc::Request& request) {
  for (const char* const place :
       {"/clientInfo/name", "/_meta/io.modelcontextprotocol~1clientInfo/name"}) {
    const Json* name = find_at(request.params, place);
    if (name != nullptr && name->is_string()) client_ = name->get<std::string>();
  }
}

void CallListener::take_request(const jsonrpc::Request& request) {
  take_name(request);
  if (request.method != "tools/call" || !request.params.is_object()) return;
  const Json name = request.params.value("name", Json());
  Json arguments = request.params.value("arguments", Json::object());
  if (arguments.is_null()) arguments = Json::object();
  if (!name.is_string() || !arguments.is_object()) return;  // No step can say it.
  open_[request.id.json] = calls_.size();
  calls_.push_back(
      {.recorded = {.tool = name.get<std::string>(), .arguments = std::move(arguments)}});
}

bool CallListener::take_response(const jsonrpc::Response& response) {
  const auto open = response.id ? open_.find(response.id->json) : open_.end();
  if (open == open_.end()) return false;
  Call& call = calls_[open->second];
  open_.erase(open);
  if (response.error) {
    call.recorded.seen = {.text = response.error->message, .refused = response.error->code};
  } else if (response.result.is_object() && is_final(response.result)) {
    call.recorded.seen = look_at_result(response.result);
  } else {
    return false;
  }
  call.answered = true;
  return true;
}

Heard CallListener::heard() const {
  Heard heard{.client = client_};
  for (const Call& each : calls_) {
    if (each.answered) heard.calls.push_back(each.recorded);
  }
  return heard;
}

}  // namespace harness
