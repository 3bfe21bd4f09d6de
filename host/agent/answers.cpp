#include "host/agent/answers.hpp"

#include <nlohmann/json.hpp>

namespace host {

using Json = nlohmann::json;

std::string decode_structured(const std::string& structured, const mcp::fields::Type& type,
                              void* out) {
  Json json = Json::parse(structured, nullptr, false);
  if (!json.is_object()) return "the answer has no structured content";
  // What the encoder adds to every answer is not in the tables.
  for (const char* added : {"change_id", "dry_run", "untrusted"}) json.erase(added);
  std::string problem;
  for (const std::string& complaint : mcp::fields::decode_answer(type, json, out))
    problem += (problem.empty() ? "" : "; ") + complaint;
  return problem;
}

std::string id_of_made(const std::string& structured) {
  const Json json = Json::parse(structured, nullptr, false);
  if (!json.is_object()) return "";
  Json made;
  if (json.contains("drafts") && json["drafts"].is_array() && !json["drafts"].empty())
    made = json["drafts"][0];
  if (json.contains("event")) made = json["event"];
  if (!made.is_object() || !made.contains("id") || !made["id"].is_string()) return "";
  return made["id"].get<std::string>();
}

}  // namespace host
