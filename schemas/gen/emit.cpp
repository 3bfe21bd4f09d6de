#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

#include "schemas/gen/model.hpp"

namespace gen {
namespace {

namespace fs = std::filesystem;

const std::string kNotice = "// Made by schema_gen from the schemas; edit those.\n";

void write_if_changed(const fs::path& path, const std::string& text) {
  std::ifstream in(path);
  std::stringstream before;
  before << in.rdbuf();
  if (in && before.str() == text) return;
  std::ofstream out(path);
  out << text;
  if (!out.flush()) throw std::runtime_error(path.string() + " cannot be written");
}

std::string quoted(const std::string& text) {
  return "R\"~(" + text + ")~\"";
}

void emit_room(std::ostream& out, const Room& room) {
  for (const Enum& each : room.enums) {
    out << "enum class " << each.name << " : std::uint8_t { ";
    for (const std::string& value : each.values) out << pascal(value) << ", ";
    out << "};\n";
  }
  for (const Struct& each : room.structs) {
    out << "struct " << each.name << " {\n";
    for (const Member& member : each.members) {
      const std::string type =
          member.optional ? "std::optional<" + member.cpp_type + ">" : member.cpp_type;
      out << "  " << type << " " << member.name << "{" << member.initialiser << "};\n";
    }
    out << "};\n";
  }
}

/// Declares the tables of a room and how type_of finds them.
void emit_lookup(std::ostream& out, const Room& room, const std::string& space) {
  out << "namespace " << space << "::tables {\n";
  for (const Enum& each : room.enums)
    out << "extern const mcp::fields::Type k" << each.name << ";\n";
  for (const Struct& each : room.structs)
    out << "extern const mcp::fields::Type k" << each.name << ";\n";
  out << "}\n\nnamespace mcp::fields {\n";
  for (const Struct& each : room.structs) {
    out << "template <>\ninline const Type& type_of<" << space << "::" << each.name
        << ">() {\n  return " << space << "::tables::k" << each.name << ";\n}\n";
  }
  out << "}\n";
}

void emit_bounds(std::ostream& out, const Json& schema) {
  const Json& number = schema.contains("items") ? schema["items"] : schema;
  if (number.contains("minimum") || number.contains("maximum")) {
    out << ", .minimum = " << number.value("minimum", -9007199254740991.0)
        << ", .maximum = " << number.value("maximum", 9007199254740991.0);
  }
  for (const auto& [key, member] : {std::pair{"minLength", "min_length"},
                                    {"minItems", "min_length"},
                                    {"maxLength", "max_length"},
                                    {"maxItems", "max_length"}}) {
    if (schema.contains(key)) out << ", ." << member << " = " << schema[key].get<unsigned>();
  }
}

void emit_default(std::ostream& out, const Member& member) {
  if (!member.schema.contains("default")) return;
  const Json& value = member.schema["default"];
  out << ", .has_default = true";
  if (!value.is_string()) {
    out << ", .default_number = "
        << (value.is_boolean() ? double(value.get<bool>()) : value.get<double>());
  } else if (member.cpp_type == "std::string") {
    out << ", .default_text = " << quoted(value.get<std::string>());
  } else {
    out << ", .default_number = static_cast<double>(" << member.initialiser << ")";
  }
}

void emit_field(std::ostream& out, const Struct& owner, const Member& member) {
  out << "    {.name = \"" << member.name << "\", .type = " << member.table
      << ", .offset = offsetof(" << owner.name << ", " << member.name << ")";
  if (member.optional) out << ", .optional = &mcp::fields::optional_of<" << member.cpp_type << ">";
  if (member.required) out << ", .required = true";
  if (member.schema.value("x-untrusted", false)) out << ", .untrusted = true";
  if (member.schema.value("x-long", false)) out << ", .long_text = true";
  emit_default(out, member);
  emit_bounds(out, member.schema);
  if (member.schema.contains("items") && member.schema["items"].contains("maxLength")) {
    out << ", .element_max_length = " << member.schema["items"]["maxLength"].get<unsigned>();
  }
  out << "},\n";
}

void emit_struct_table(std::ostream& out, const Struct& each) {
  bool row_untrusted = false;
  out << "constexpr mcp::fields::Field k" << each.name << "Fields[] = {\n";
  for (const Member& member : each.members) {
    emit_field(out, each, member);
    row_untrusted = row_untrusted || member.name == "untrusted";
  }
  if (each.members.empty())
    out << "    {}};\n";
  else
    out << "};\n";
  const std::string fields =
      each.members.empty() ? "std::span<const mcp::fields::Field>{}" : "k" + each.name + "Fields";
  out << "constinit const mcp::fields::Type k" << each.name << "{.name = \"" << each.name
      << "\", .kind = mcp::fields::Kind::Object, .size = sizeof(" << each.name
      << "), .fields = " << fields << ", .text_member = \"" << each.text_member << "\"";
  if (!each.blocks_member.empty()) out << ", .blocks_member = \"" << each.blocks_member << "\"";
  out << ", .maskable = " << std::boolalpha << each.maskable
      << ", .row_untrusted = " << row_untrusted << "};\n";
}

void emit_tables(std::ostream& out, const Room& room) {
  for (const Enum& each : room.enums) {
    out << "constexpr std::string_view k" << each.name << "Names[] = {";
    for (const std::string& value : each.values) out << "\"" << value << "\", ";
    out << "};\nconstinit const mcp::fields::Type k" << each.name << "{.name = \"" << each.name
        << "\", .kind = mcp::fields::Kind::Enum, .size = 1, .names = k" << each.name << "Names};\n";
  }
  for (const Struct& each : room.structs) emit_struct_table(out, each);
}

std::string rows_header(const Server& server) {
  std::ostringstream out;
  out << kNotice << "#pragma once\n\n#include <cstdint>\n#include <optional>\n#include <string>\n"
      << "#include <vector>\n\n#include \"protocol/mcp/fields.hpp\"\n#include "
         "\"schemas/common/values.hpp\"\n";
  if (server.name != "common") out << "#include \"schemas/common/rows.hpp\"\n";
  out << "\nnamespace " << server.name << " {\n";
  emit_room(out, server.rows);
  out << "}\n\n";
  emit_lookup(out, server.rows, server.name);
  return out.str();
}

std::string tool_types_header(const Server& server, const Tool& tool) {
  std::ostringstream out;
  out << kNotice << "#pragma once\n\n#include \"schemas/" << server.name
      << "/rows.hpp\"\n\nnamespace " << server.name << " {\n";
  emit_room(out, tool.own);
  out << "}\n\n";
  emit_lookup(out, tool.own, server.name);
  return out.str();
}

std::string tool_header(const Server& server, const Tool& tool) {
  std::ostringstream out;
  out << kNotice << "#pragma once\n\n#include \"protocol/mcp/handler.hpp\"\n#include \"schemas/"
      << server.name << "/" << tool.name << "_types.hpp\"\n\nnamespace " << server.name
      << " {\n\nstruct Context;\n\n/// " << tool.schema["description"].get<std::string>() << "\n"
      << tool.result << " " << tool.name << "(Context& context, const " << tool.args
      << "& args, mcp::Call& call);\n\n}\n";
  return out.str();
}

std::string names_header(const Server& server) {
  return kNotice + "#pragma once\n\n#include <span>\n#include <string_view>\n\nnamespace " +
         server.name + " {\n/// Of every tool that the schemas declare.\n" +
         "std::span<const std::string_view> tool_names();\n}\n";
}

std::string tables_source(const Server& server) {
  std::ostringstream out;
  out << kNotice << "#include <cstddef>\n\n#include \"protocol/mcp/tables.hpp\"\n"
      << "#include \"schemas/common/scalars.hpp\"\n#include \"schemas/" << server.name
      << "/names.hpp\"\n#include \"schemas/" << server.name << "/rows.hpp\"\n";
  for (const Tool& tool : server.tools)
    out << "#include \"schemas/" << server.name << "/" << tool.name << "_types.hpp\"\n";
  out << "\n#pragma GCC diagnostic ignored \"-Winvalid-offsetof\"\n\nnamespace " << server.name
      << "::tables {\n";
  emit_tables(out, server.rows);
  for (const Tool& tool : server.tools) emit_tables(out, tool.own);
  out << "}\n\nnamespace " << server.name
      << " {\nstd::span<const std::string_view> tool_names() {\n";
  if (server.tools.empty()) {
    out << "  return {};\n}\n}\n";
    return out.str();
  }
  out << "  static constexpr std::string_view kNames[] = {";
  for (const Tool& tool : server.tools) out << "\"" << tool.name << "\", ";
  out << "};\n  return kNames;\n}\n}\n";
  return out.str();
}

void emit_tool(std::ostream& out, const Tool& tool) {
  const Json& annotations = tool.schema["annotations"];
  out << "    {.name = \"" << tool.name
      << "\",\n     .description = " << quoted(tool.schema["description"].get<std::string>())
      << ",\n     .input_schema = " << quoted(tool.input.dump())
      << ",\n     .output_schema = " << quoted(tool.output.dump())
      << ",\n     .annotations = " << quoted(annotations.dump()) << std::boolalpha
      << ",\n     .read_only = " << annotations.value("readOnlyHint", false)
      << ",\n     .listed = " << tool.schema.value("x-listed", true)
      << ",\n     .reference = " << tool.schema.value("x-reference", false)
      << ",\n     .args = &mcp::fields::type_of<" << tool.args
      << ">(),\n     .result = &mcp::fields::type_of<" << tool.result << ">(),\n";
  if (!tool.row.empty()) {
    out << "     .row = &mcp::fields::type_of<" << tool.row << ">(),\n     .row_default = k"
        << pascal(tool.name) << "Rows,\n";
  }
  out << "     .run = &mcp::run_handler<Context, " << tool.args << ", " << tool.result << ", &"
      << tool.name << ">},\n";
}

std::string tools_source(const Server& server) {
  std::ostringstream out;
  out << kNotice << "#include \"schemas/" << server.name << "/tools.hpp\"\n\n";
  for (const Tool& tool : server.tools) {
    out << "#include \"schemas/" << server.name << "/" << tool.name << ".hpp\"\n";
  }
  out << "\nnamespace " << server.name << " {\nnamespace {\n";
  for (const Tool& tool : server.tools) {
    if (tool.row.empty()) continue;
    out << "constexpr std::string_view k" << pascal(tool.name) << "Rows[] = {";
    for (const std::string& name : tool.row_default) out << "\"" << name << "\", ";
    out << "};\n";
  }
  out << "const mcp::Tool kTools[] = {\n";
  for (const Tool& tool : server.tools) emit_tool(out, tool);
  out << "};\n}\n\nstd::span<const mcp::Tool> tools() { return kTools; }\n}\n";
  return out.str();
}

std::string tools_header(const Server& server) {
  return kNotice +
         "#pragma once\n\n#include <span>\n\n#include \"protocol/mcp/tool.hpp\"\n\nnamespace " +
         server.name + " {\n/// The server's tools with their handlers, in order of name.\n" +
         "std::span<const mcp::Tool> tools();\n}\n";
}

}  // namespace

void write_server(const Server& server, const fs::path& out) {
  fs::create_directories(out);
  write_if_changed(out / "rows.hpp", rows_header(server));
  write_if_changed(out / "names.hpp", names_header(server));
  write_if_changed(out / "tables.cpp", tables_source(server));
  if (server.tools.empty()) return;
  write_if_changed(out / "tools.hpp", tools_header(server));
  write_if_changed(out / "tools.cpp", tools_source(server));
  for (const Tool& tool : server.tools) {
    write_if_changed(out / (tool.name + ".hpp"), tool_header(server, tool));
    write_if_changed(out / (tool.name + "_types.hpp"), tool_types_header(server, tool));
  }
}

}  // namespace gen
