#include "host/harness/lone_client.hpp"

#include <stdexcept>
#include <variant>

#include "protocol/jsonrpc/beginning.hpp"
#include "protocol/jsonrpc/parse.hpp"
#include "protocol/jsonrpc/write.hpp"
#include "servers/common/options.hpp"

namespace harness {
namespace {

using Json = nlohmann::json;
using Clock = std::chrono::steady_clock;

constexpr int kPagesMax = 100;

std::string dump(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

host::ServerSpec startable(host::ServerSpec spec) {
  if (const std::string why = host::cannot_start(spec); !why.empty()) {
    throw std::runtime_error(why + ".");
  }
  return spec;
}

}  // namespace

LoneClient::LoneClient(transport::Spawner& spawner, host::ServerSpec spec)
    : spec_(startable(std::move(spec))),
      process_(spawner, transport::Command{.program = spec_.program.string(),
                                           .args = spec_.args,
                                           .environment = transport::child_environment(spec_.env),
                                           .folder = spec_.folder.string()}) {
  introduction_ = request("initialize",
                          {{"protocolVersion", "2025-11-25"},
                           {"capabilities", Json::object()},
                           {"clientInfo", {{"name", "adjutant"}, {"version", common::version()}}}});
  start_time_ = Clock::now() - begun_;
  process_.write(jsonrpc::write_notification("notifications/initialized", "{}"),
                 Clock::now() + spec_.call_timeout);
}

Json LoneClient::request(std::string_view method, const Json& params,
                         std::chrono::nanoseconds* took) {
  const std::string id = std::to_string(++last_id_);
  const std::string line = jsonrpc::write_request({id}, method, dump(params));
  const Clock::time_point start = Clock::now();
  process_.write(line, start + spec_.call_timeout);
  const std::string answer = answer_to(id, method);
  if (took != nullptr) *took = Clock::now() - start;
  for (const jsonrpc::Message& message : jsonrpc::parse(answer).messages) {
    const auto* const response = std::get_if<jsonrpc::Response>(&message);
    if (response == nullptr || !response->id || response->id->json != id) continue;
    if (response->error) {
      throw std::runtime_error(spec_.name + " refused " + std::string(method) + ": " +
                               response->error->message);
    }
    return response->result;
  }
  throw std::runtime_error(spec_.name + " answered " + std::string(method) +
                           " with something that is no answer.");
}

/// The line that answers; what else the server says meanwhile is none of ours, but for requests.
std::string LoneClient::answer_to(const std::string& id, std::string_view method) {
  const transport::Deadline deadline = Clock::now() + spec_.call_timeout;
  for (;;) {
    transport::Received line = process_.read(deadline);
    if (line.event == transport::Event::End) {
      throw std::runtime_error(spec_.name + " is gone; " + std::string(method) +
                               " was not answered. It " + process_.state() + ".");
    }
    if (line.event == transport::Event::Late) {
      throw std::runtime_error(spec_.name + " did not answer " + std::string(method) + " within " +
                               std::to_string(spec_.call_timeout.count()) + " ms.");
    }
    if (line.event == transport::Event::TooLong && jsonrpc::read_beginning(line.bytes).may_answer) {
      throw std::runtime_error(spec_.name + " answered " + std::string(method) + " with " +
                               std::to_string(line.length) + " bytes, and at most " +
                               std::to_string(transport::kMessageMax) + " are read.");
    }
    if (line.event == transport::Event::Message && is_answer(line.bytes, id)) return line.bytes;
  }
}

/// Nearly every line is; only one with a method in it has to be read to know.
bool LoneClient::is_answer(const std::string& line, const std::string& id) {
  if (line.find("\"method\"") == line.npos) return true;
  for (const jsonrpc::Message& message : jsonrpc::parse(line).messages) {
    if (const auto* const response = std::get_if<jsonrpc::Response>(&message)) {
      return response->id && response->id->json == id;
    }
    const auto* const request = std::get_if<jsonrpc::Request>(&message);
    if (request == nullptr) continue;
    const std::string answer =
        request->method == "ping"
            ? jsonrpc::write_result(request->id, "{}")
            : jsonrpc::write_error(request->id, {.code = jsonrpc::kMethodNotFound,
                                                 .message = "This client offers no such method."});
    process_.write(answer, Clock::now() + spec_.call_timeout);
  }
  return false;
}

Json LoneClient::find_tool(const std::string& name) {
  Json params = Json::object();
  for (int page = 0; page < kPagesMax; ++page) {
    const Json result = request("tools/list", params);
    if (!result.is_object() || !result.contains("tools")) break;
    for (const Json& entry : result["tools"]) {
      if (entry.is_object() && entry.value("name", Json()) == name) return entry;
    }
    if (!result.contains("nextCursor") || !result["nextCursor"].is_string()) break;
    params["cursor"] = result["nextCursor"];
  }
  return nullptr;
}

}  // namespace harness
