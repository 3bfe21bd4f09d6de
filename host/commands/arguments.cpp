#include "host/commands/arguments.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace host {

using Json = nlohmann::json;

namespace {

std::string file_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// "@FILE" stands for what the file holds.
std::string value_of(const std::string& text) {
  return text.starts_with('@') ? file_text(text.substr(1)) : text;
}

Json comma_list(const std::string& text) {
  Json list = Json::array();
  std::size_t at = 0;
  while (at <= text.size()) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    if (end > at) list.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return list;
}

/// The words of `key=value` as the type that the tool's schema gives the argument.
Json typed_value(const Json& property, const std::string& text) {
  const std::string type = property.is_object() ? property.value("type", "") : "";
  const Json json = Json::parse(text, nullptr, false);
  const bool structured = !json.is_discarded() && json.is_structured();
  if (type == "array") return structured ? json : comma_list(text);
  if (type == "object" && structured) return json;
  const bool number = type == "integer" || type == "number" || type == "boolean";
  if (number && !json.is_discarded()) return json;
  return text;
}

}  // namespace

Json arguments_of(const std::string& object, const std::vector<std::string>& pairs,
                  const Json& input_schema) {
  Json arguments = object.empty() ? Json::object() : Json::parse(value_of(object), nullptr, false);
  if (!arguments.is_object()) throw std::runtime_error("--json: expected one JSON object");
  const bool typed = input_schema.is_object() && input_schema.contains("properties") &&
                     input_schema["properties"].is_object();
  const Json properties = typed ? input_schema["properties"] : Json::object();
  for (const std::string& pair : pairs) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos || equals == 0)
      throw std::runtime_error(pair + ": expected argument=value");
    const std::string key = pair.substr(0, equals);
    const Json property = properties.contains(key) ? properties[key] : Json();
    arguments[key] = typed_value(property, value_of(pair.substr(equals + 1)));
  }
  return arguments;
}

}  // namespace host
