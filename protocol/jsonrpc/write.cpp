#include "protocol/jsonrpc/write.hpp"

namespace jsonrpc {
namespace {

constexpr std::string_view kOpening = R"({"jsonrpc":"2.0")";

void append_member(std::string& out, std::string_view key, std::string_view value) {
  out.append(",\"").append(key).append("\":").append(value);
}

}  // namespace

std::string json_string(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string write_result(const Id& id, std::string_view result) {
  std::string out;
  out.reserve(kOpening.size() + id.json.size() + result.size() + 20);
  out.append(kOpening);
  append_member(out, "id", id.json);
  append_member(out, "result", result);
  out.push_back('}');
  return out;
}

std::string write_error(const std::optional<Id>& id, const Error& error, NoId no_id) {
  std::string out(kOpening);
  if (id) {
    append_member(out, "id", id->json);
  } else if (no_id == NoId::Null) {
    append_member(out, "id", "null");
  }
  out.append(R"(,"error":{"code":)").append(std::to_string(error.code));
  append_member(out, "message", json_string(error.message));
  if (!error.data.empty()) append_member(out, "data", error.data);
  out.append("}}");
  return out;
}

std::string write_request(const Id& id, std::string_view method, std::string_view params) {
  std::string out(kOpening);
  append_member(out, "id", id.json);
  append_member(out, "method", json_string(method));
  append_member(out, "params", params);
  out.push_back('}');
  return out;
}

std::string write_notification(std::string_view method, std::string_view params) {
  std::string out(kOpening);
  append_member(out, "method", json_string(method));
  append_member(out, "params", params);
  out.push_back('}');
  return out;
}

std::string write_batch(const std::vector<std::string>& messages) {
  std::string out;
  for (const std::string& message : messages) {
    out.append(out.empty() ? "[" : ",").append(message);
  }
  out.push_back(']');
  return out;
}

}  // namespace jsonrpc
