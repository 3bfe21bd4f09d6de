#include "protocol/mcp/server_connection.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <exception>
#include <iostream>
#include <limits>
#include <nlohmann/json.hpp>
#include <typeinfo>
#include <utility>

#include "protocol/jsonrpc/parse.hpp"
#include "protocol/jsonrpc/write.hpp"
#include "protocol/mcp/eras/results.hpp"

namespace mcp {
namespace {

using nlohmann::json;

constexpr auto kProgressEvery = std::chrono::milliseconds(100);
constexpr std::size_t kEchoMax = 100;  // Bytes of a caller's word that an error repeats.

jsonrpc::Error invalid_params(std::string message) {
  return {.code = jsonrpc::kInvalidParams, .message = std::move(message)};
}

// A string or an integer is both an id and a progress token. As JSON; empty if it is neither.
std::string token_at(const json& params, const json::json_pointer& where) {
  if (!params.is_object() || !params.contains(where)) return {};
  const json& token = params[where];
  return token.is_string() || token.is_number_integer() ? token.dump() : std::string();
}

void log_bug(std::string_view tool, std::string_view type, std::string_view what) {
  std::string line = "error: ";
  line.append(tool).append(": ").append(type).append(": ").append(what).append("\n");
  std::cerr << line << std::flush;
}

}  // namespace

void Connection::run() {
  Crew crew({.receive = [this](std::optional<Crew::Job>& job) { return receive(job); },
             .hurry = [this] { calls_.stop_all(); }});
  crew.run();
}

bool Connection::receive(std::optional<Crew::Job>& job) {
  const transport::Received received = transport_.read({});
  switch (received.event) {
    case transport::Event::Message:
      job = take_line(received.bytes);
      return true;
    case transport::Event::TooLong:
      send(error_line({}, {.code = jsonrpc::kInvalidRequest,
                           .message = "The message has " + std::to_string(received.length) +
                                      " bytes; at most " + std::to_string(transport::kMessageMax) +
                                      " are read."}));
      return true;
    case transport::Event::Late:
    case transport::Event::End:
      break;
  }
  return false;
}

std::optional<Crew::Job> Connection::take_line(std::string_view line) {
  jsonrpc::Parsed parsed = jsonrpc::parse(line);
  if (parsed.batch) return take_batch(std::move(parsed), line.size());
  Outcome outcome = take(parsed.messages.front());
  if (const auto* const answer = std::get_if<std::string>(&outcome)) {
    send(*answer);
    return std::nullopt;
  }
  auto& call = std::get<PreparedCall>(outcome);
  const bool exclusive = !call.tool->read_only;
  return Crew::Job{.exclusive = exclusive,
                   .bytes = line.size(),
                   .run = [this, call = std::move(call)](std::shared_ptr<void>& context) {
                     send(perform(call, context));
                   }};
}

// A batch is one job, its calls one after the other, and is answered by one line.
std::optional<Crew::Job> Connection::take_batch(jsonrpc::Parsed batch, std::size_t bytes) {
  if (const std::optional<jsonrpc::Error> refusal = eras::admit_batch(batch, session_)) {
    send(error_line({}, *refusal));
    return std::nullopt;
  }
  std::vector<Outcome> outcomes;
  outcomes.reserve(batch.messages.size());
  for (jsonrpc::Message& message : batch.messages) outcomes.push_back(take(message));
  const bool exclusive = std::ranges::any_of(outcomes, [](const Outcome& outcome) {
    const auto* const call = std::get_if<PreparedCall>(&outcome);
    return call != nullptr && !call->tool->read_only;
  });
  Crew::Job job{.exclusive = exclusive, .bytes = bytes};
  job.run = [this, outcomes = std::move(outcomes)](std::shared_ptr<void>& context) {
    std::vector<std::string> answers;
    for (const Outcome& outcome : outcomes) {
      const auto* const call = std::get_if<PreparedCall>(&outcome);
      std::string answer =
          call != nullptr ? perform(*call, context) : std::get<std::string>(outcome);
      if (!answer.empty()) answers.push_back(std::move(answer));
    }
    if (!answers.empty()) send(jsonrpc::write_batch(answers));
  };
  return job;
}

Connection::Outcome Connection::take(jsonrpc::Message& message) {
  if (auto* const request = std::get_if<jsonrpc::Request>(&message)) return take_request(*request);
  if (const auto* const malformed = std::get_if<jsonrpc::Malformed>(&message)) {
    return error_line(malformed->id, malformed->error);
  }
  if (const auto* const notification = std::get_if<jsonrpc::Notification>(&message)) {
    take_notification(*notification);
  }
  return {};  // A response answers nothing of ours: this server asks its clients nothing.
}

Connection::Outcome Connection::take_request(jsonrpc::Request& request) {
  std::variant<eras::Peer, jsonrpc::Error> admitted = eras::admit(request, session_);
  if (const auto* const refusal = std::get_if<jsonrpc::Error>(&admitted)) {
    return error_line(request.id, *refusal);
  }
  auto& peer = std::get<eras::Peer>(admitted);
  if (request.method == "tools/call") return prepare_call(request, std::move(peer));
  if (request.method == "tools/list") return list_tools(request, *peer.revision);
  if (request.method == "server/discover") {
    return jsonrpc::write_result(request.id, eras::discover_result(info_));
  }
  if (request.method == "ping") return jsonrpc::write_result(request.id, "{}");
  const auto opened = eras::initialize(request.params, info_, session_);
  if (const auto* const refusal = std::get_if<jsonrpc::Error>(&opened)) {
    return error_line(request.id, *refusal);
  }
  return jsonrpc::write_result(request.id, std::get<std::string>(opened));
}

void Connection::take_notification(const jsonrpc::Notification& notification) {
  if (notification.method != "notifications/cancelled") return;
  std::string id = token_at(notification.params, json::json_pointer("/requestId"));
  if (!id.empty()) calls_.cancel({std::move(id)});
}

std::string Connection::list_tools(const jsonrpc::Request& request,
                                   const eras::Revision& revision) const {
  const bool has_cursor = request.params.is_object() && request.params.contains("cursor") &&
                          !request.params["cursor"].is_null();
  if (has_cursor) {
    return error_line(request.id, invalid_params("/params/cursor: the tools are one page, no "
                                                 "cursor was ever given out"));
  }
  return jsonrpc::write_result(request.id, eras::list_result(revision, info_, tools_));
}

Connection::Outcome Connection::prepare_call(jsonrpc::Request& request, eras::Peer peer) {
  json params = std::move(request.params);
  const auto name = params.is_object() ? params.find("name") : params.end();
  if (name == params.end() || !name->is_string()) {
    return error_line(request.id, invalid_params("/params/name: expected the name of a tool"));
  }
  const std::string& wanted = name->get_ref<const std::string&>();
  const auto tool = std::ranges::find(tools_, wanted, &Tool::name);
  if (tool == tools_.end()) {
    return error_line(request.id, invalid_params("/params/name: there is no tool " +
                                                 jsonrpc::json_string(wanted.substr(0, kEchoMax)) +
                                                 "; tools/list shows what exists"));
  }
  const auto given = params.find("arguments");
  json arguments = given != params.end() ? std::move(*given) : json();
  if (!arguments.is_object() && !arguments.is_null()) {
    return error_line(request.id, invalid_params("/params/arguments: expected an object"));
  }
  return PreparedCall{
      .entry = calls_.begin(request.id),
      .tool = &*tool,
      .peer = std::move(peer),
      .arguments = std::move(arguments),
      .progress_token = token_at(params, json::json_pointer("/_meta/progressToken"))};
}

// Runs the call and returns the line that answers it; empty if it was cancelled.
std::string Connection::perform(const PreparedCall& call, std::shared_ptr<void>& context) {
  std::string answer;
  if (calls_.wanted(*call.entry)) answer = run_tool(call, context);
  return calls_.end(*call.entry) ? std::move(answer) : std::string();
}

std::string Connection::run_tool(const PreparedCall& call, std::shared_ptr<void>& context) {
  const eras::Revision& revision = *call.peer.revision;
  try {
    if (!context) context = make_context_();
    Call running(std::string(call.tool->name), call.peer.client, call.entry->stop.get_token(),
                 progress_of(call));
    const Answer answer = call.tool->run(*call.tool, context.get(), call.arguments, running);
    return jsonrpc::write_result(call.entry->id, eras::call_result(revision, info_, answer));
  } catch (const ToolError& error) {
    return jsonrpc::write_result(call.entry->id,
                                 eras::failed_call_result(revision, info_, error.what()));
  } catch (const std::exception& error) {
    log_bug(call.tool->name, typeid(error).name(), error.what());
  } catch (...) {
    log_bug(call.tool->name, "unknown", "an exception that is no std::exception");
  }
  return jsonrpc::write_error(
      call.entry->id,
      {.code = jsonrpc::kInternalError, .message = "Internal error; the server's log has more."});
}

Call::Progress Connection::progress_of(const PreparedCall& call) {
  if (call.progress_token.empty()) return {};
  struct State {
    double sent{-std::numeric_limits<double>::infinity()};
    std::optional<std::chrono::steady_clock::time_point> at{};
  };
  return [this, &call, state = State{}](double done, std::optional<double> total,
                                        std::string_view message) mutable {
    const auto now = std::chrono::steady_clock::now();
    const bool too_soon = state.at && now - *state.at < kProgressEvery;
    const bool grew = std::isfinite(done) && done > state.sent;
    if (too_soon || !grew || call.entry->stop.stop_requested()) return;
    state = {.sent = done, .at = now};
    send(eras::progress_notification(
        *call.peer.revision,
        {.token = call.progress_token, .done = done, .total = total, .message = message}));
  };
}

std::string Connection::error_line(const std::optional<jsonrpc::Id>& id,
                                   const jsonrpc::Error& error) const {
  const bool absent = session_.peer.revision->error_without_id;
  return jsonrpc::write_error(id, error, absent ? jsonrpc::NoId::Absent : jsonrpc::NoId::Null);
}

void Connection::send(const std::string& line) {
  // A peer that is gone will not miss it, and the transport ends the reading.
  if (!line.empty()) transport_.write(line, {});
}

}  // namespace mcp
