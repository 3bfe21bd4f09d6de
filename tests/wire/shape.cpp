#include "tests/wire/shape.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

namespace wire {
namespace {

using Json = nlohmann::ordered_json;

const Json& schema_file(const std::filesystem::path& file) {
  static std::map<std::filesystem::path, Json> files;
  const auto known = files.find(file);
  if (known != files.end()) return known->second;
  std::ifstream in(file);
  return files.emplace(file, Json::parse(in)).first->second;
}

class Checker final {
 public:
  Checker(const std::filesystem::path& folder, const Json& tool) : folder_(folder) {
    const auto fields = Json::json_pointer("/inputSchema/properties/fields/x-rows/of");
    if (tool.contains(fields)) masked_ = tool.at(fields);
  }

  void check(const Json& schema, const Json& value, const std::string& at, bool masked = false) {
    if (schema.contains("$ref")) return follow(schema["$ref"], value, at);
    const std::string type = schema.value("type", "");
    if (!has_type(value, type)) return complain(at, "expected " + type + ", got " + value.dump());
    if (schema.contains("enum") &&
        std::ranges::find(schema["enum"], value) == schema["enum"].end()) {
      complain(at, "not one of the enum: " + value.dump());
    }
    if (type == "object") check_members(schema, value, at, masked);
    if (type != "array") return;
    for (std::size_t i = 0; i < value.size(); ++i) {
      check(schema.at("items"), value[i], at + "/" + std::to_string(i));
    }
  }

  std::vector<std::string> complaints{};

 private:
  /// "types.json#/Event" or "../common/types.json#/Time".
  void follow(const std::string& reference, const Json& value, const std::string& at) {
    const std::size_t hash = reference.find("#/");
    const std::string name = reference.substr(hash + 2);
    const bool common = reference.starts_with("../common/");
    const std::filesystem::path outer = folder_;
    if (common) folder_ = (folder_ / "../common").lexically_normal();
    check(schema_file(folder_ / "types.json").at(name), value, at, name == masked_);
    folder_ = outer;
  }

  void check_members(const Json& schema, const Json& value, const std::string& at, bool masked) {
    const Json none = Json::object();
    const Json& members = schema.contains("properties") ? schema["properties"] : none;
    for (const auto& [name, member] : value.items()) {
      if (members.contains(name)) {
        check(members[name], member, at + "/" + name);
      } else {
        complain(at, "unknown member " + name);
      }
    }
    for (const auto& name : schema.value("required", Json::array())) {
      if (!masked && !value.contains(name.get<std::string>())) {
        complain(at, "missing member " + name.get<std::string>());
      }
    }
  }

  static bool has_type(const Json& value, const std::string& type) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "boolean") return value.is_boolean();
    if (type == "integer") return value.is_number_integer();
    if (type == "number") return value.is_number();
    return true;  // any JSON
  }

  void complain(const std::string& at, const std::string& what) {
    complaints.push_back((at.empty() ? "/" : at) + ": " + what);
  }

  std::filesystem::path folder_;
  std::string masked_{};
};

/// What the encoder adds to every answer and says in `_meta` again.
void check_envelope(const Json& result, std::vector<std::string>& complaints) {
  const Json meta = result.value("_meta", Json::object());
  const Json& content = result.at("structuredContent");
  if (content.contains("change_id") &&
      content["change_id"] != meta.value("adjutant/change_id", Json())) {
    complaints.push_back("/_meta: another change_id than the content's");
  }
  if (content.value("untrusted", false) && !meta.value("adjutant/untrusted", false)) {
    complaints.push_back("/_meta: the content is untrusted, _meta does not say so");
  }
}

}  // namespace

std::vector<std::string> shape_complaints(const std::string& server, const std::string& tool,
                                          const Json& result) {
  const std::filesystem::path folder =
      std::filesystem::path(ADJUTANT_SOURCE_DIR) / "schemas" / server;
  const Json& schema = schema_file(folder / (tool + ".json"));
  const Json content = result.value("content", Json::array());
  const auto blocks = schema.at("outputSchema").value("x-blocks", "");
  if (!blocks.empty() && !result.value("isError", false)) {
    if (content != result.value("structuredContent", Json::object()).value(blocks, Json())) {
      return {"/content: not the blocks of structuredContent/" + blocks};
    }
  } else if (content.empty() || content[0].value("type", "") != "text" ||
             !content[0].contains("text")) {
    return {"/content: no text"};
  }
  if (result.value("isError", false)) return {};
  if (!result.contains("structuredContent")) return {"/: no structuredContent"};

  Checker checker(folder, schema);
  Json own = result["structuredContent"];
  check_envelope(result, checker.complaints);
  for (const char* added : {"change_id", "dry_run", "untrusted"}) own.erase(added);
  checker.check(schema.at("outputSchema"), own, "");
  return checker.complaints;
}

}  // namespace wire
