#include "protocol/jsonrpc/parse.hpp"

#include <utility>

namespace jsonrpc {
namespace {

using nlohmann::json;

constexpr std::size_t kComplaintMax =
    200;  // Bytes of the JSON reader's words, which quote the input.

Malformed malformed(int code, std::string message, std::optional<Id> id = {}) {
  return {.id = std::move(id), .error = {.code = code, .message = std::move(message)}};
}

Parsed only(Message message) {
  Parsed parsed;
  parsed.messages.push_back(std::move(message));
  return parsed;
}

// True if brackets outside of strings nest deeper than kDepthMax. Exact for JSON; of anything else
// the reader decides later.
bool nested_too_deep(std::string_view bytes) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (in_string) {
      if (c == '\\') {
        ++i;
      } else if (c == '"') {
        in_string = false;
      }
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++depth > kDepthMax) return true;
    } else if ((c == '}' || c == ']') && depth > 0) {
      --depth;
    }
  }
  return false;
}

// nlohmann's words begin with "[json.exception.parse_error.101] parse error at ": the bracket helps
// nobody.
std::string complaint(const json::exception& error) {
  std::string_view words = error.what();
  if (const std::size_t end = words.find("] "); words.starts_with('[') && end != words.npos) {
    words.remove_prefix(end + 2);
  }
  std::string text = "The message is not JSON: ";
  text.append(words.substr(0, kComplaintMax));
  if (words.size() > kComplaintMax) text.append("...");
  return text;
}

std::optional<Id> readable_id(const json& object) {
  const auto id = object.find("id");
  if (id == object.end() || !(id->is_string() || id->is_number_integer())) return std::nullopt;
  return Id{id->dump()};
}

// Too deep to keep, so what lies inside the envelope's members is dropped while it is read; the id
// remains.
Message too_deep(std::string_view bytes) {
  const auto shallow = [](int depth, json::parse_event_t event, json&) {
    return depth == 0 || (event != json::parse_event_t::object_start &&
                          event != json::parse_event_t::array_start);
  };
  try {
    const json envelope = json::parse(bytes, shallow);
    return malformed(kInvalidRequest,
                     "The message is nested deeper than " + std::to_string(kDepthMax) +
                         " levels; send it with fewer arrays and objects inside each other.",
                     envelope.is_object() ? readable_id(envelope) : std::nullopt);
  } catch (const json::exception& error) {
    return malformed(kParseError, complaint(error));
  }
}

Message read_response(json& object) {
  Response response{.id = readable_id(object)};
  if (const auto error = object.find("error"); error != object.end()) {
    if (!error->is_object() || !error->contains("code") || !(*error)["code"].is_number_integer()) {
      return malformed(kInvalidRequest, "\"error\" needs an integer \"code\".", response.id);
    }
    const auto message = error->find("message");
    const auto data = error->find("data");
    response.error = Error{.code = (*error)["code"].get<int>(),
                           .message = message != error->end() && message->is_string()
                                          ? message->get<std::string>()
                                          : "",
                           .data = data != error->end() ? data->dump() : ""};
    return response;
  }
  if (!response.id) return malformed(kInvalidRequest, "A response needs the \"id\" it answers.");
  response.result = std::move(object["result"]);
  return response;
}

Message read_message(json& object) {
  if (!object.is_object()) {
    return malformed(kInvalidRequest, "A message is one JSON object, this is " +
                                          std::string(object.type_name()) + ".");
  }
  std::optional<Id> id = readable_id(object);
  const auto version = object.find("jsonrpc");
  if (version == object.end() || *version != "2.0") {
    return malformed(kInvalidRequest, R"("jsonrpc" must be "2.0".)", std::move(id));
  }
  const auto method = object.find("method");
  if (method == object.end()) {
    if (object.contains("result") || object.contains("error")) return read_response(object);
    return malformed(kInvalidRequest, R"("method" is missing.)", std::move(id));
  }
  if (!method->is_string()) {
    return malformed(kInvalidRequest, R"("method" must be a string.)", std::move(id));
  }
  if (object.contains("id") && !id) {
    return malformed(kInvalidRequest, R"("id" must be a string or an integer.)");
  }
  const auto params = object.find("params");
  if (params != object.end() && !params->is_structured() && !params->is_null()) {
    return malformed(kInvalidRequest, R"("params" must be an object or an array.)", std::move(id));
  }
  json given = params != object.end() ? std::move(*params) : json();
  std::string name = std::move(method->get_ref<std::string&>());
  if (!id) return Notification{.method = std::move(name), .params = std::move(given)};
  return Request{.id = std::move(*id), .method = std::move(name), .params = std::move(given)};
}

Parsed read_batch(json& array) {
  if (array.empty()) return only(malformed(kInvalidRequest, "The batch is empty."));
  if (array.size() > kBatchMax) {
    return only(malformed(kInvalidRequest, "A batch may hold " + std::to_string(kBatchMax) +
                                               " messages, this one holds " +
                                               std::to_string(array.size()) + "."));
  }
  Parsed parsed{.batch = true};
  parsed.messages.reserve(array.size());
  for (json& element : array) parsed.messages.push_back(read_message(element));
  return parsed;
}

}  // namespace

Parsed parse(std::string_view bytes) {
  // nlohmann takes a NUL for the end of the input, and what follows it would pass unread.
  if (bytes.find('\0') != std::string_view::npos) {
    return only(malformed(kParseError, "The message is not JSON: it holds a NUL byte."));
  }
  if (nested_too_deep(bytes)) return only(too_deep(bytes));
  json value;
  try {
    value = json::parse(bytes);
  } catch (const json::exception& error) {
    return only(malformed(kParseError, complaint(error)));
  }
  return value.is_array() ? read_batch(value) : only(read_message(value));
}

}  // namespace jsonrpc
