#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

/// What the schemas of one server say, checked, with every name that C++ needs. schema_gen reads it
/// (model.cpp) and writes it (emit.cpp).
namespace gen {

using Json = nlohmann::ordered_json;

struct Member {
  std::string name;
  std::string cpp_type;     ///< Of one value: "std::string", "Status", "std::vector<Task>".
  std::string table;        ///< Expression of type const mcp::fields::Type*.
  std::string initialiser;  ///< What stands between the braces.
  bool optional{};          ///< std::optional<cpp_type>.
  bool required{};
  Json schema;  ///< As written, for bounds, default and x- keys.
};

struct Struct {
  std::string name;
  std::vector<Member> members;
  std::string text_member;
  std::string blocks_member;
  bool maskable{};
};

struct Enum {
  std::string name;
  std::vector<std::string> values;
};

/// Types that belong together in one header, in an order in which each is known before it is used.
struct Room {
  std::vector<Enum> enums;
  std::vector<Struct> structs;
};

struct Tool {
  std::string name;
  Json schema;  ///< The file.
  Json input;   ///< As it goes on the wire.
  Json output;
  std::string args;  ///< C++ types, with their namespace if it is another's.
  std::string result;
  std::string row;  ///< C++ type that `fields` selects from, or empty.
  std::vector<std::string> row_default;
  Room own;  ///< The Args and Result that only this tool has.
};

struct Server {
  std::string name;
  Room rows;  ///< types.json
  std::vector<Tool> tools;
};

/// Reads types.json and every <tool>.json of `folder`; `common` is what "../common/types.json"
/// means. Throws std::runtime_error naming file and member for whatever cannot be enforced.
Server read_server(const std::filesystem::path& folder, const std::filesystem::path& common);

/// "create_event" -> "CreateEvent".
std::string pascal(const std::string& snake);

/// Writes rows.hpp, names.hpp, tables.cpp, tools.hpp, tools.cpp and two headers a tool into `out`;
/// a file whose text is the same stays untouched, so that nothing is rebuilt for it.
void write_server(const Server& server, const std::filesystem::path& out);

}  // namespace gen
