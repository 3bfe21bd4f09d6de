#include "host/harness/list_checks.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "host/harness/catalogue.hpp"

namespace harness {
namespace {

using Json = nlohmann::json;
using Pointer = Json::json_pointer;

constexpr std::size_t kNameMax = 64;
constexpr std::size_t kTokensMax = 25'000;  // An eighth of a usual context window.
constexpr double kBytesPerToken = 4.7;
constexpr int kSchemaDepthMax = 40;

bool is_portable(std::string_view name, std::string_view also = "") {
  return !name.empty() && name.size() <= kNameMax && std::ranges::all_of(name, [&](char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           also.find(c) != std::string_view::npos;
  });
}

/// What model providers are known to refuse in a schema. Each complaint names place and provider.
class Portability {
 public:
  void input(const Json& schema) {
    if (schema.value("type", Json()) != "object")
      complain(Pointer(), "no \"type\": \"object\" at the top; every client refuses the tool");
    for (const char* key : {"oneOf", "anyOf", "allOf"}) {
      if (schema.contains(key))
        complain(Pointer() / key, "stands at the top; Anthropic's API refuses the tool");
    }
    walk(schema, Pointer(), 0);
  }

  void output(const Json& schema) {
    if (!schema.is_object() || schema.value("type", Json()) != "object")
      complain(Pointer("/outputSchema"),
               "no \"type\": \"object\" at the top; the TypeScript SDK refuses the whole list");
  }

  const std::string& complaints() const { return complaints_; }

 private:
  void complain(const Pointer& at, const std::string& what) {
    if (!complaints_.empty()) complaints_.push_back('\n');
    complaints_.append(at.empty() ? "inputSchema" : at.to_string()).append(": ").append(what);
  }

  void walk(const Json& schema, const Pointer& at, int depth) {
    if (!schema.is_object() || depth > kSchemaDepthMax) return;
    if (schema.value("type", Json()).is_array())
      complain(at / "type", "a list of types; Gemini refuses the whole request");
    for (const char* key : {"const", "$ref"}) {
      if (schema.contains(key)) complain(at / key, "Gemini refuses the whole request");
    }
    if (schema.value("type", Json()) == "array" && !schema.contains("items"))
      complain(at, "a list without items; OpenAI and Gemini refuse the tool");
    const Json properties = schema.value("properties", Json::object());
    if (properties.is_object()) {
      for (const auto& [name, property] : properties.items()) {
        if (!is_portable(name, "."))
          complain(
              at / "properties" / name,
              "a name beyond 64 letters, digits, _, - and .; Anthropic's API refuses the tool");
        walk(property, at / "properties" / name, depth + 1);
      }
    }
    required(schema, properties, at);
    for (const char* key : {"items", "additionalProperties", "not"}) {
      if (schema.contains(key)) walk(schema[key], at / key, depth + 1);
    }
    for (const char* key : {"anyOf", "oneOf", "allOf"}) {
      if (!schema.contains(key) || !schema[key].is_array()) continue;
      for (std::size_t i = 0; i < schema[key].size(); ++i)
        walk(schema[key][i], at / key / i, depth + 1);
    }
  }

  void required(const Json& schema, const Json& properties, const Pointer& at) {
    const Json names = schema.value("required", Json::array());
    if (!names.is_array()) return;
    for (const Json& name : names) {
      if (name.is_string() && !properties.contains(name.get_ref<const std::string&>()))
        complain(at / "required", "\"" + name.get<std::string>() +
                                      "\" is none of the properties; Gemini refuses the request");
    }
  }

  std::string complaints_;
};

void check_annotations(const Tool& tool, Ledger& ledger) {
  const Ledger::Place place{.check = checks::kAnnotations, .tool = tool.name};
  ledger.tried(place);
  const Json annotations = tool.entry.value("annotations", Json::object());
  if (!annotations.is_object()) return ledger.finding(place, "annotations is no object.");
  for (const char* key : {"readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"}) {
    if (annotations.contains(key) && !annotations[key].is_boolean())
      return ledger.finding(place, std::string(key) + " is no boolean.");
  }
  if (tool.read_only && annotations.value("destructiveHint", false))
    ledger.finding(place, "readOnlyHint and destructiveHint are both true.");
}

void check_schemas(const Tool& tool, Ledger& ledger) {
  const Ledger::Place valid{.check = checks::kValidSchema, .tool = tool.name};
  ledger.tried(valid);
  for (const char* key : {"inputSchema", "outputSchema"}) {
    if (!tool.entry.contains(key)) continue;
    const schema::Verdict verdict = schema::check_schema(tool.entry[key]);
    if (!verdict.valid())
      ledger.finding(valid, std::string(key) + verdict.problems.front().instance + ": " +
                                verdict.problems.front().message);
  }
  const Ledger::Place portable{.check = checks::kPortableSchema, .tool = tool.name};
  ledger.tried(portable);
  Portability portability;
  portability.input(tool.input);
  if (tool.entry.contains("outputSchema")) portability.output(tool.entry["outputSchema"]);
  if (!portability.complaints().empty()) ledger.finding(portable, portability.complaints());
}

std::size_t tokens_of(const Tool& tool) {
  const Json shown = {{"name", tool.name},
                      {"description", tool.entry.value("description", Json(""))},
                      {"inputSchema", tool.input}};
  const std::string text = shown.dump(-1, ' ', false, Json::error_handler_t::replace);
  return static_cast<std::size_t>(static_cast<double>(text.size()) / kBytesPerToken);
}

}  // namespace

std::size_t tokens_of(const std::vector<Tool>& tools) {
  std::size_t sum = 0;
  for (const Tool& tool : tools) sum += tokens_of(tool);
  return sum;
}

void check_list(const std::vector<Tool>& tools, Ledger& ledger) {
  ledger.tried({.check = checks::kUniqueNames});
  std::set<std::string> seen;
  for (const Tool& tool : tools) {
    if (!seen.insert(tool.name).second)
      ledger.finding({.check = checks::kUniqueNames}, "Two tools are called " + tool.name + ".");
    const Ledger::Place name{.check = checks::kPortableName, .tool = tool.name};
    ledger.tried(name);
    if (!is_portable(tool.name))
      ledger.finding(name,
                     "Anthropic, OpenAI and others take only 1 to 64 of A-Z a-z 0-9 _ - in a "
                     "tool's name.");
    const Ledger::Place described{.check = checks::kDescribed, .tool = tool.name};
    ledger.tried(described);
    const Json words = tool.entry.value("description", Json());
    if (!words.is_string() ||
        words.get_ref<const std::string&>().find_first_not_of(" \n\t") == std::string::npos)
      ledger.finding(described, "The tool has no description.");
    check_schemas(tool, ledger);
    check_annotations(tool, ledger);
  }
  const std::size_t tokens = tokens_of(tools);
  const std::string cost =
      "about " + std::to_string(tokens) + " tokens for " + std::to_string(tools.size()) + " tools";
  ledger.tried({.check = checks::kTokenCost}, cost);
  if (tokens > kTokensMax)
    ledger.finding({.check = checks::kTokenCost},
                   "The list costs a model " + cost + " in every conversation.");
}

}  // namespace harness
