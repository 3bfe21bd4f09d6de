#include "host/harness/tool.hpp"

#include <utility>

namespace harness {
namespace {

using Json = nlohmann::json;

Json object_at(const Json& entry, const char* key) {
  const auto found = entry.find(key);
  return found != entry.end() && found->is_object() ? *found : Json::object();
}

}  // namespace

Tool::Tool(Json listed)
    : entry(std::move(listed)),
      name(entry.at("name").get<std::string>()),
      input(object_at(entry, "inputSchema")),
      input_schema(input) {
  if (entry.contains("outputSchema")) output_schema.emplace(object_at(entry, "outputSchema"));
  const Json annotations = object_at(entry, "annotations");
  read_only = annotations.value("readOnlyHint", Json()) == true;
  destructive = !read_only && annotations.value("destructiveHint", Json()) == true;
  as_task = object_at(entry, "execution").value("taskSupport", Json()) == "required";
}

}  // namespace harness
