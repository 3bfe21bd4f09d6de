#include "schemas/gen/model.hpp"

#include <algorithm>
#include <fstream>
#include <set>
#include <stdexcept>

namespace gen {
namespace {

namespace fs = std::filesystem;

const std::set<std::string> kKeywords{
    "type",    "properties", "required", "items",     "enum",      "default", "minimum",
    "maximum", "minItems",   "maxItems", "minLength", "maxLength", "$ref",    "description"};
const std::set<std::string> kReserved{
    "auto",   "bool",     "break",   "case",     "class",    "const",   "char",  "default",
    "delete", "do",       "double",  "else",     "enum",     "export",  "false", "float",
    "for",    "friend",   "goto",    "if",       "inline",   "int",     "long",  "namespace",
    "new",    "operator", "private", "public",   "register", "return",  "short", "signed",
    "sizeof", "static",   "struct",  "switch",   "template", "this",    "throw", "true",
    "try",    "typedef",  "union",   "unsigned", "using",    "virtual", "void",  "while"};

[[noreturn]] void refuse(const std::string& where, const std::string& what) {
  throw std::runtime_error(where + ": " + what);
}

Json read_json(const fs::path& path) {
  std::ifstream in(path);
  if (!in) refuse(path.string(), "cannot be read");
  try {
    return Json::parse(in);
  } catch (const nlohmann::json::exception& error) {
    refuse(path.string(), error.what());
  }
}

/// Reads one server's folder; holds the two type files and what has been made of them so far.
class Reader {
 public:
  Reader(const fs::path& folder, const fs::path& common)
      : folder_(folder),
        name_(folder.filename().string()),
        own_(read_json(folder / "types.json")),
        common_(read_json(common)) {}

  Server read() {
    Server server{.name = name_, .rows = {}, .tools = {}};
    room_ = &server.rows;
    for (const auto& [name, schema] : own_.items()) named(name, schema, "types.json/" + name);
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder_)) {
      if (entry.path().extension() == ".json" && entry.path().filename() != "types.json") {
        files.push_back(entry.path());
      }
    }
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) server.tools.push_back(tool(file));
    for (const Tool& each : server.tools) mark_maskable(server.rows, each.row);
    return server;
  }

 private:
  struct Reference {
    std::string space;  ///< "common" or this server.
    std::string name;
    const Json& schema;
  };

  struct Shape {
    std::string cpp_type;
    std::string table;
  };

  static void mark_maskable(Room& rows, const std::string& row) {
    for (Struct& each : rows.structs) each.maskable = each.maskable || each.name == row;
  }

  Reference find(const std::string& ref, const std::string& where) const {
    const bool common = ref.rfind("../common/types.json#/", 0) == 0;
    if (!common && ref.rfind("types.json#/", 0) != 0) refuse(where, "cannot follow $ref " + ref);
    const std::string name = ref.substr(ref.find('#') + 2);
    const Json& types = common ? common_ : own_;
    if (!types.contains(name)) refuse(where, "no type " + name);
    if (types[name].contains("$ref")) refuse(where, "$ref to a $ref");
    return {common ? "common" : name_, name, types[name]};
  }

  /// The C++ name as seen from this server's namespace.
  std::string qualified(const Reference& reference) const {
    return reference.space == name_ ? reference.name : reference.space + "::" + reference.name;
  }

  void check_keywords(const Json& schema, const std::string& where) const {
    if (!schema.is_object()) refuse(where, "expected a schema object");
    for (const auto& [key, value] : schema.items()) {
      if (key.rfind("x-", 0) != 0 && !kKeywords.contains(key)) {
        refuse(where, "the keyword " + key + " cannot be enforced");
      }
    }
    if (schema.contains("type") && !schema["type"].is_string()) refuse(where, "one type, no list");
  }

  void named(const std::string& name, const Json& schema, const std::string& where) {
    if (done_.contains(name)) return;
    done_.insert(name);
    check_keywords(schema, where);
    if (schema.contains("x-scalar") || schema.contains("x-cpp")) return;
    if (schema.contains("enum")) {
      room_->enums.push_back({name, schema["enum"].get<std::vector<std::string>>()});
    } else if (schema.value("type", "") == "object") {
      add_struct(name, name, schema, where);
    } else {
      refuse(where, "a named type is an object, an enum or a scalar");
    }
  }

  void add_struct(const std::string& name, const std::string& prefix, const Json& schema,
                  const std::string& where) {
    Struct made{.name = name,
                .members = {},
                .text_member = schema.value("x-text", ""),
                .blocks_member = schema.value("x-blocks", ""),
                .maskable = false};
    const std::vector<std::string> required = schema.value("required", std::vector<std::string>{});
    for (const auto& [member, member_schema] : schema.at("properties").items()) {
      made.members.push_back(
          read_member(member, prefix, member_schema,
                      std::find(required.begin(), required.end(), member) != required.end(),
                      where + "/" + member));
    }
    if (made.members.size() > 64) refuse(where, "more than 64 members");
    room_->structs.push_back(std::move(made));
  }

  Member read_member(const std::string& name, const std::string& prefix, const Json& schema,
                     bool required, const std::string& where) {
    if (kReserved.contains(name)) refuse(where, "a member cannot be named like a C++ word");
    check_keywords(schema, where);
    const Shape shape = read_shape(schema, prefix + pascal(name), where);
    Member member{.name = name,
                  .cpp_type = shape.cpp_type,
                  .table = shape.table,
                  .initialiser = initialiser(schema, shape.cpp_type),
                  .optional = false,
                  .required = required,
                  .schema = schema};
    const bool empties =
        shape.cpp_type == "std::string" || shape.cpp_type.rfind("std::vector", 0) == 0;
    member.optional = !required && !schema.contains("default") && !empties;
    return member;
  }

  static std::string initialiser(const Json& schema, const std::string& cpp_type) {
    if (!schema.contains("default")) return "";
    const Json& value = schema["default"];
    if (value.is_string() && cpp_type != "std::string") {
      return cpp_type + "::" + pascal(value.get<std::string>());
    }
    return value.dump();
  }

  Shape read_shape(const Json& schema, const std::string& inline_name, const std::string& where) {
    if (schema.contains("$ref")) return read_reference(schema["$ref"].get<std::string>(), where);
    const std::string type = schema.value("type", "");
    if (type == "boolean") return {"bool", "&mcp::fields::kBool"};
    if (type == "integer") return {"std::int64_t", "&mcp::fields::kInt"};
    if (type == "number") return {"double", "&mcp::fields::kNumber"};
    if (type == "string" && !schema.contains("enum"))
      return {"std::string", "&mcp::fields::kString"};
    if (type == "array") {
      if (!schema.contains("items")) refuse(where, "an array needs items");
      check_keywords(schema["items"], where);
      const Shape element = read_shape(schema["items"], inline_name, where + "/items");
      return {"std::vector<" + element.cpp_type + ">",
              "&mcp::fields::list_of<" + element.cpp_type + ", " + element.table + ">"};
    }
    if (type != "object" && type != "string") refuse(where, "needs a type or a $ref");
    named(inline_name, schema, where);
    return {inline_name, "&tables::k" + inline_name};
  }

  Shape read_reference(const std::string& ref, const std::string& where) {
    const Reference reference = find(ref, where);
    if (reference.schema.contains("x-scalar")) {
      return {reference.schema["x-scalar"].get<std::string>(),
              "&common::tables::k" + reference.name};
    }
    if (reference.space == name_)
      named(reference.name, reference.schema, "types.json/" + reference.name);
    if (reference.schema.contains("x-cpp")) {
      return {reference.schema["x-cpp"].get<std::string>(), "&common::tables::k" + reference.name};
    }
    const std::string space = reference.space == name_ ? "" : reference.space + "::";
    return {qualified(reference), "&" + space + "tables::k" + reference.name};
  }

  Tool tool(const fs::path& file) {
    Tool made{.name = file.stem().string(),
              .schema = read_json(file),
              .input = {},
              .output = {},
              .args = {},
              .result = {},
              .row = {},
              .row_default = {},
              .own = {}};
    const std::string where = file.filename().string();
    for (const char* key : {"name", "description", "inputSchema", "outputSchema", "annotations"}) {
      if (!made.schema.contains(key)) refuse(where, std::string("needs ") + key);
    }
    if (made.schema["name"] != made.name) refuse(where, "name differs from the file's");
    room_ = &made.own;
    made.args = tool_struct(made, "inputSchema", "Args", where);
    made.result = tool_struct(made, "outputSchema", "Result", where);
    made.input = inlined(made.schema["inputSchema"], name_, where);
    made.output = top_level(inlined(made.schema["outputSchema"], name_, where));
    read_row(made);
    return made;
  }

  std::string tool_struct(const Tool& made, const char* key, const char* suffix,
                          const std::string& where) {
    const Json& schema = made.schema[key];
    check_keywords(schema, where + "/" + key);
    if (schema.contains("$ref")) return qualified(find(schema["$ref"].get<std::string>(), where));
    if (schema.value("type", "") != "object") refuse(where, std::string(key) + " is an object");
    const std::string name = pascal(made.name) + suffix;
    add_struct(name, pascal(made.name), schema, where + "/" + key);
    return name;
  }

  static void read_row(Tool& made) {
    const Json& schema = made.schema["inputSchema"];
    if (!schema.contains("properties") || !schema["properties"].contains("fields")) return;
    const Json& rows = schema["properties"]["fields"].at("x-rows");
    made.row = rows.at("of").get<std::string>();
    made.row_default = rows.at("default").get<std::vector<std::string>>();
  }

  /// As it goes on the wire: references inlined, x- keys and lengths left out.
  /// `space` is where the schema stands: "types.json#/X" means another file in schemas/common.
  Json inlined(const Json& schema, const std::string& space, const std::string& where) const {
    Json out = Json::object();
    if (schema.contains("$ref")) {
      std::string ref = schema["$ref"].get<std::string>();
      if (space == "common" && ref.rfind("types.json", 0) == 0) ref = "../common/" + ref;
      const Reference reference = find(ref, where);
      out = inlined(reference.schema, reference.space, where);
    }
    static const std::set<std::string> kOurs{"$ref", "minLength", "maxLength", "minItems",
                                             "maxItems"};
    for (const auto& [key, value] : schema.items()) {
      if (key.rfind("x-", 0) == 0 || kOurs.contains(key)) continue;
      if (key == "items") {
        out[key] = inlined(value, space, where);
      } else if (key == "properties") {
        out[key] = Json::object();
        for (const auto& [name, member] : value.items())
          out[key][name] = inlined(member, space, where);
      } else {
        out[key] = value;
      }
    }
    return out;
  }

  /// Of outputSchema only the top level goes on the wire.
  static Json top_level(const Json& schema) {
    Json out = schema;
    for (auto& [name, member] : out["properties"].items()) {
      Json kept = Json::object();
      if (member.contains("type")) kept["type"] = member["type"];
      member = kept;
    }
    return out;
  }

  fs::path folder_;
  std::string name_;
  Json own_;
  Json common_;
  Room* room_{};
  std::set<std::string> done_;
};

}  // namespace

std::string pascal(const std::string& snake) {
  std::string out;
  bool upper = true;
  for (const char c : snake) {
    if (c == '_') {
      upper = true;
    } else {
      out += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      upper = false;
    }
  }
  return out;
}

Server read_server(const fs::path& folder, const fs::path& common) {
  return Reader(folder, common).read();
}

}  // namespace gen
