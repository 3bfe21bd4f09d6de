#include "protocol/mcp/client.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "protocol/jsonrpc/beginning.hpp"
#include "protocol/jsonrpc/parse.hpp"
#include "protocol/jsonrpc/write.hpp"

namespace mcp {
namespace {

using jsonrpc::Id;
using nlohmann::json;
using Reason = RequestFailed::Reason;

constexpr std::string_view kProtocol = "2025-11-25";
constexpr std::array<std::string_view, 4> kUnderstood{"2024-11-05", "2025-03-26", "2025-06-18",
                                                      kProtocol};
constexpr int kPagesMax = 100;
constexpr auto kNoticeTimeout = std::chrono::seconds(1);  // To write what nobody waits for.

transport::Deadline in(std::chrono::milliseconds timeout) {
  return std::chrono::steady_clock::now() + timeout;
}

std::string dump(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string text_at(const json& object, std::string_view key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

ToolAnswer read_answer(json result) {
  ToolAnswer answer;
  if (const auto is_error = result.find("isError"); is_error != result.end()) {
    answer.is_error = *is_error == true;
  }
  if (const auto content = result.find("content"); content != result.end() && content->is_array()) {
    for (const json& block : *content) {
      if (!block.is_object() || text_at(block, "type") != "text") continue;
      if (!answer.text.empty()) answer.text.push_back('\n');
      answer.text.append(text_at(block, "text"));
    }
  }
  if (const auto found = result.find("structuredContent"); found != result.end()) {
    answer.structured = std::move(*found);
  }
  if (const auto found = result.find("_meta"); found != result.end()) {
    answer.meta = std::move(*found);
  }
  return answer;
}

}  // namespace

Client::Client(std::string server, std::unique_ptr<transport::Transport> transport, Explain explain)
    : server_(std::move(server)),
      transport_(std::move(transport)),
      explain_(std::move(explain)),
      listener_([this] { listen(); }) {}

Client::~Client() {
  transport_->close();
  listener_.join();
}

PeerInfo Client::initialize(const Identity& self, Timeout timeout) {
  json client = {{"name", self.name}, {"version", self.version}};
  if (!self.title.empty()) client["title"] = self.title;
  const json result = request("initialize",
                              {{"protocolVersion", kProtocol},
                               {"capabilities", json::object()},
                               {"clientInfo", std::move(client)}},
                              timeout);
  PeerInfo peer{.protocol = text_at(result, "protocolVersion"),
                .instructions = text_at(result, "instructions")};
  if (std::ranges::find(kUnderstood, peer.protocol) == kUnderstood.end()) {
    close();
    throw RequestFailed(Reason::Nonsense, server_ + " wants to speak revision \"" + peer.protocol +
                                              "\" of the protocol, which is not understood here.");
  }
  if (const auto info = result.find("serverInfo"); info != result.end() && info->is_object()) {
    peer.name = text_at(*info, "name");
    peer.version = text_at(*info, "version");
  }
  transport_->write(jsonrpc::write_notification("notifications/initialized", "{}"), in(timeout));
  return peer;
}

std::vector<json> Client::list_tools(Timeout timeout) {
  std::vector<json> tools;
  json params = json::object();
  for (int page = 0; page < kPagesMax; ++page) {
    json result = request("tools/list", params, timeout);
    const auto entries = result.find("tools");
    if (entries == result.end() || !entries->is_array()) {
      throw RequestFailed(Reason::Nonsense, server_ + " answered tools/list without tools.");
    }
    for (json& entry : *entries) {
      if (entry.is_object() && !text_at(entry, "name").empty()) tools.push_back(std::move(entry));
    }
    const auto next = result.find("nextCursor");
    if (next == result.end() || !next->is_string()) return tools;
    params["cursor"] = std::move(*next);
  }
  throw RequestFailed(Reason::Nonsense, server_ + "'s tools/list does not end after " +
                                            std::to_string(kPagesMax) + " pages.");
}

ToolAnswer Client::call_tool(std::string_view name, const json& arguments, Timeout timeout) {
  json params = {{"name", name}, {"arguments", arguments.is_null() ? json::object() : arguments}};
  return read_answer(request("tools/call", params, timeout));
}

json Client::request(std::string_view method, const json& params, Timeout timeout) {
  const transport::Deadline deadline = in(timeout);
  Pending pending;
  std::unique_lock lock(mutex_);
  if (lost_) {
    lock.unlock();
    fail_lost(method);
  }
  const std::int64_t id = ++last_id_;
  const auto entry = pending_.emplace(std::to_string(id), &pending).first;
  lock.unlock();
  const bool sent =
      transport_->write(jsonrpc::write_request({entry->first}, method, dump(params)), deadline);
  lock.lock();
  if (sent) {
    changed_.wait_until(lock, *deadline,
                        [&] { return pending.response || pending.too_long > 0 || lost_; });
  }
  pending_.erase(entry);
  const bool lost = lost_ || !sent;
  lock.unlock();
  if (!pending.response) {
    if (pending.too_long > 0) fail_long(method, pending.too_long);
    if (lost) fail_lost(method);
    if (method != "initialize") cancel(id);
    throw RequestFailed(Reason::TimedOut, server_ + " did not answer " + std::string(method) +
                                              " within " + std::to_string(timeout.count()) +
                                              " ms.");
  }
  if (const std::optional<jsonrpc::Error>& error = pending.response->error) {
    throw RequestFailed(Reason::Refused,
                        server_ + " refused " + std::string(method) + ": " + error->message + " (" +
                            std::to_string(error->code) + ")",
                        error->code);
  }
  if (!pending.response->result.is_object()) {
    throw RequestFailed(Reason::Nonsense, server_ + " answered " + std::string(method) +
                                              " with something that is no object.");
  }
  return std::move(pending.response->result);
}

bool Client::alive() const {
  const std::lock_guard lock(mutex_);
  return !lost_;
}

void Client::cancel(std::int64_t id) {
  const json params = {{"requestId", id}, {"reason", "timed out"}};
  transport_->write(jsonrpc::write_notification("notifications/cancelled", dump(params)),
                    in(kNoticeTimeout));
}

void Client::fail_lost(std::string_view method) const {
  std::string what = server_ + " is gone; " + std::string(method) + " was not answered.";
  if (explain_) what.append(" ").append(explain_());
  throw RequestFailed(Reason::Lost, what);
}

void Client::fail_long(std::string_view method, std::size_t length) const {
  throw RequestFailed(Reason::Nonsense,
                      server_ + " answered " + std::string(method) + " with " +
                          std::to_string(length) + " bytes, and at most " +
                          std::to_string(transport::kMessageMax) +
                          " are read; it may be done all the same. Ask for less at once.");
}

void Client::listen() {
  for (;;) {
    transport::Received received = transport_->read({});
    if (received.event == transport::Event::End) break;
    if (received.event == transport::Event::TooLong) skip(received);
    if (received.event != transport::Event::Message) continue;
    jsonrpc::Parsed parsed = jsonrpc::parse(received.bytes);
    for (jsonrpc::Message& message : parsed.messages) take(message);
  }
  const std::lock_guard lock(mutex_);
  lost_ = true;
  changed_.notify_all();
}

/// Fails the request that it answers; where its beginning does not say which, all that wait.
void Client::skip(const transport::Received& message) {
  const jsonrpc::Beginning beginning = jsonrpc::read_beginning(message.bytes);
  if (!beginning.may_answer) return;
  const std::lock_guard lock(mutex_);
  for (const auto& [id, pending] : pending_) {
    if (!beginning.id || beginning.id->json == id) pending->too_long = message.length;
  }
  changed_.notify_all();
}

void Client::take(jsonrpc::Message& message) {
  if (auto* const response = std::get_if<jsonrpc::Response>(&message)) {
    if (!response->id) return;
    const std::lock_guard lock(mutex_);
    const auto pending = pending_.find(response->id->json);
    if (pending == pending_.end()) return;  // It came too late.
    pending->second->response = std::move(*response);
    changed_.notify_all();
  } else if (const auto* const request = std::get_if<jsonrpc::Request>(&message)) {
    const std::string answer =
        request->method == "ping"
            ? jsonrpc::write_result(request->id, "{}")
            : jsonrpc::write_error(request->id, {.code = jsonrpc::kMethodNotFound,
                                                 .message = "This client offers no such method."});
    transport_->write(answer, in(kNoticeTimeout));
  }
}

}  // namespace mcp
