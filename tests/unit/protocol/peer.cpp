#include "tests/unit/protocol/peer.hpp"

#include <gtest/gtest.h>

#include <utility>

#include "protocol/transport/in_memory.hpp"

namespace test {

using nlohmann::json;

transport::Deadline soon() {
  return std::chrono::steady_clock::now() + std::chrono::seconds(30);
}

Peer::Peer()
    : server_({.name = "notebook", .title = "Notebook", .version = "1.2", .instructions = "Write."},
              notebook::tools(), [this]() -> std::shared_ptr<void> {
                return std::make_shared<notebook::Context>(notebook::Context{notebook});
              }) {
  std::tie(ours_, theirs_) = transport::in_memory_pair();
  thread_ = std::thread([this] { server_.serve(*theirs_); });
}

Peer::~Peer() {
  ours_->close();
  notebook.gate.open();
  thread_.join();
}

void Peer::send_line(std::string_view line) {
  ASSERT_TRUE(ours_->write(line, {}));
}

json Peer::read() {
  const transport::Received received = ours_->read(soon());
  EXPECT_NE(received.event, transport::Event::Late) << "the server sent nothing";
  return received.event == transport::Event::Message ? json::parse(received.bytes) : json();
}

json Peer::ask_line(std::string_view line) {
  send_line(line);
  return read();
}

json Peer::initialize(std::string_view version) {
  const json answer = ask(request(0, "initialize",
                                  {{"protocolVersion", version},
                                   {"capabilities", json::object()},
                                   {"clientInfo", {{"name", "tester"}, {"version", "1"}}}}));
  send(json{{"jsonrpc", "2.0"}, {"method", "notifications/initialized"}});
  return answer.value("result", json());
}

std::vector<json> Peer::read_all() {
  send(request(999999, "ping"));
  std::vector<json> messages;
  for (json message = read(); !message.is_null(); message = read()) {
    if (message.is_object() && message.value("id", json()) == 999999) break;
    messages.push_back(std::move(message));
  }
  return messages;
}

json request(int id, std::string_view method, json params) {
  return {{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", std::move(params)}};
}

json call(int id, std::string_view tool, json arguments) {
  return request(id, "tools/call", {{"name", tool}, {"arguments", std::move(arguments)}});
}

json stateless(json request) {
  json& meta = request["params"]["_meta"];
  meta["io.modelcontextprotocol/protocolVersion"] = "2026-07-28";
  meta["io.modelcontextprotocol/clientCapabilities"] = json::object();
  meta["io.modelcontextprotocol/clientInfo"] = {{"name", "modern tester"}, {"version", "1"}};
  return request;
}

json cancelled(int id) {
  return {{"jsonrpc", "2.0"},
          {"method", "notifications/cancelled"},
          {"params", {{"requestId", id}, {"reason", "changed my mind"}}}};
}

std::vector<std::string> notes_of(const json& answer) {
  const auto where = json::json_pointer("/result/structuredContent/notes");
  return answer.contains(where) ? answer[where].get<std::vector<std::string>>()
                                : std::vector<std::string>{"no notes in " + answer.dump()};
}

}  // namespace test
