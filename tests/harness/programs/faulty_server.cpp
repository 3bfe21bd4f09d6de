// An MCP server of notes that does everything right, but for one fault that its arguments name:
//   faulty_server [--fault NAME]
// What each fault is stands where it is committed; tests/harness/faults_test.cpp has the list.
#include <cstdlib>
#include <iostream>
#include <list>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "protocol/schema/schema.hpp"

namespace {

using Json = nlohmann::json;

std::string fault;

bool has(const char* name) {
  return fault == name;
}

Json input_of(const std::string& tool) {
  Json id = {{"type", "integer"}, {"minimum", 1}, {"description", "As list_notes shows it"}};
  if (tool == "list_notes")
    return {{"type", "object"}, {"properties", Json::object()}, {"additionalProperties", false}};
  if (tool == "get_note")
    return {{"type", "object"},
            {"properties", {{"id", std::move(id)}}},
            {"required", {"id"}},
            {"additionalProperties", false}};
  if (tool == "add_note")
    return {{"type", "object"},
            {"properties", {{"title", {{"type", "string"}, {"minLength", 1}, {"maxLength", 100}}}}},
            {"required", {"title"}},
            {"additionalProperties", false}};
  return {{"type", "object"},
          {"properties",
           {{"query", {{"type", "string"}, {"minLength", 1}, {"maxLength", 50}}},
            {"limit", {{"type", "integer"}, {"minimum", 1}, {"maximum", 20}}},
            {"order", {{"type", "string"}, {"enum", {"id", "title"}}}},
            {"tags", {{"type", "array"}, {"items", {{"type", "string"}}}, {"maxItems", 5}}}}},
          {"required", {"query"}},
          {"additionalProperties", false}};
}

Json output_of(const std::string& tool) {
  Json note = {{"type", "object"},
               {"properties",
                {{"id", {{"type", "integer"}}},
                 {"title", {{"type", "string"}}},
                 {"seen", {{"type", "boolean"}}}}},
               {"required", {"id", "title"}}};
  if (tool == "get_note" || tool == "add_note") return note;
  return {{"type", "object"},
          {"properties",
           {{"notes", {{"type", "array"}, {"items", std::move(note)}}},
            {"total", {{"type", "integer"}}}}},
          {"required", {"notes", "total"}}};
}

Json entry_of(const std::string& tool) {
  const bool writes = tool == "add_note";
  Json entry = {{"name", tool},
                {"description", "One of the tools that keep notes: " + tool + "."},
                {"inputSchema", input_of(tool)},
                {"outputSchema", output_of(tool)},
                {"annotations", {{"readOnlyHint", !writes}}}};
  if (tool != "search_notes") return entry;
  if (has("dotted-name")) entry["name"] = "search.notes";
  if (has("any-of-at-the-top")) entry["inputSchema"]["anyOf"] = {{{"required", {"query"}}}};
  if (has("list-of-types"))
    entry["inputSchema"]["properties"]["limit"]["type"] = {"integer", "null"};
  if (has("no-schema")) entry["inputSchema"]["properties"]["limit"]["minimum"] = "one";
  if (has("no-description")) entry.erase("description");
  if (has("destroys-read-only")) entry["annotations"]["destructiveHint"] = true;
  if (has("dear")) entry["description"] = std::string(150'000, 'x');
  return entry;
}

/// The notes, and what is wrong with the answers about them.
class Notes {
 public:
  Json call(const std::string& tool, const Json& arguments) {
    leak();
    Json structured;
    if (tool == "add_note") {
      structured = add(arguments.value("title", "untitled"));
    } else if (tool == "get_note") {
      Json* const note = find(arguments.value("id", Json(1)));
      if (note == nullptr) return error("/id: there is no such note; list_notes shows all");
      if (has("reading-marks")) (*note)["seen"] = true;
      structured = *note;
    } else {
      if (tool == "search_notes" && has("search-adds")) add("searched");
      structured = {{"notes", notes_}, {"total", notes_.size()}};
    }
    return success(std::move(structured));
  }

  static Json error(const std::string& text) {
    if (has("silent-error")) return {{"content", Json::array()}, {"isError", true}};
    return {{"content", {{{"type", "text"}, {"text", text}}}}, {"isError", true}};
  }

 private:
  static Json success(Json structured) {
    Json text = structured.dump();
    if (has("number-for-text")) text = 7;
    if (has("no-text")) text = " ";
    if (has("string-for-integer") && structured.contains("total")) structured["total"] = "two";
    Json result = {{"content", {{{"type", "text"}, {"text", text}}}},
                   {"structuredContent", std::move(structured)}};
    if (has("no-structure")) result.erase("structuredContent");
    if (has("content-is-no-list")) result["content"] = "done";
    return result;
  }

  Json add(const std::string& title) {
    notes_.push_back({{"id", notes_.size() + 1}, {"title", title}, {"seen", false}});
    return notes_.back();
  }

  Json* find(const Json& id) {
    for (Json& note : notes_) {
      if (note["id"] == id) return &note;
    }
    return nullptr;
  }

  void leak() {
    if (has("leak")) kept_.emplace_back(1024 * 1024, 'x');
    if (has("slow-growth")) kept_.emplace_back(100 * 1024, 'x');
  }

  std::vector<Json> notes_{{{"id", 1}, {"title", "milk"}, {"seen", false}},
                           {{"id", 2}, {"title", "bread"}, {"seen", false}}};
  std::list<std::string> kept_;
};

bool is_ascii(const Json& value) {
  const std::string text = value.dump();
  for (const char c : text) {
    if (static_cast<unsigned char>(c) > 0x7f) return false;
  }
  return true;
}

/// Dies, if these arguments and the fault ask for that.
void perhaps_die(const Json& arguments) {
  const bool dies =
      (has("crash-on-unicode") && !is_ascii(arguments)) ||
      (has("crash-on-empty-list") && arguments.value("tags", Json()) == Json::array()) ||
      (has("crash-on-null") && arguments.contains("limit") && arguments["limit"].is_null()) ||
      (has("crash-on-large-number") && arguments.value("id", Json(0)) > Json(2147483647)) ||
      (has("crash-on-long-text") && arguments.value("title", Json("")).dump().size() > 5000);
  if (!dies) return;
  std::cerr << "boom" << std::endl;
  std::abort();
}

/// What the schema says, bent by some faults; empty if the arguments are good.
std::string complaint(const std::string& tool, Json arguments) {
  Json schema = input_of(tool);
  if (has("extra-ignored")) schema.erase("additionalProperties");
  if (has("missing-accepted")) schema.erase("required");
  if (schema["properties"].contains("limit")) {
    Json& properties = schema["properties"];
    if (has("refuses-the-maximum")) properties["limit"]["maximum"] = 19;
    if (has("takes-one-too-many")) properties["limit"]["maximum"] = 21;
    if (has("refuses-the-shortest")) properties["query"]["minLength"] = 2;
    if (has("takes-one-item-too-many")) properties["tags"]["maxItems"] = 6;
    if (has("any-type")) properties["limit"] = Json::object();
    if (has("any-order")) properties["order"].erase("enum");
  }
  const schema::Verdict verdict = schema::Schema(schema).check(arguments);
  std::string text;
  for (const schema::Problem& problem : verdict.problems)
    text.append(text.empty() ? "" : "\n").append(problem.instance + ": " + problem.message);
  return text;
}

void send(const Json& message) {
  std::cout << message.dump() << std::endl;
}

void answer(const Json& request, const char* kind, const Json& value) {
  Json id = request["id"];
  if (has("wrong-id") && request["method"] == "tools/call") id = id.get<int>() + 1000;
  const Json message = {{"jsonrpc", "2.0"}, {"id", id}, {kind, value}};
  send(message);
  if (has("twice") && request["method"] == "tools/call") send(message);
}

void call(Notes& notes, const Json& request) {
  const Json& params = request["params"];
  std::string tool = params.value("name", "");
  if (tool == "search.notes" && has("dotted-name")) tool = "search_notes";
  const Json arguments = params.value("arguments", Json::object());
  const bool known =
      tool == "list_notes" || tool == "get_note" || tool == "search_notes" || tool == "add_note";
  if (!known && !has("knows-every-tool"))
    return answer(request, "error", {{"code", -32602}, {"message", "Unknown tool: " + tool}});
  if (has("noise")) std::cout << "calling " << tool << std::endl;
  perhaps_die(arguments);
  if (has("hang") && arguments.is_object() &&
      arguments.value("query", Json("")).dump().find('%') != std::string::npos)
    return;
  if (has("null-is-internal") && arguments.is_object() && arguments.contains("limit") &&
      arguments["limit"].is_null())
    return answer(request, "error", {{"code", -32603}, {"message", "null"}});
  if (has("exception") && arguments.is_object() && arguments.value("id", Json(0)) == Json(0) &&
      tool == "get_note")
    return answer(request, "result",
                  Notes::error("id: TypeError: Cannot read properties of undefined"));
  const std::string problem = complaint(tool, arguments);
  if (problem.empty()) return answer(request, "result", notes.call(tool, arguments));
  if (has("protocol-error"))
    return answer(request, "error", {{"code", -32602}, {"message", problem}});
  answer(request, "result", Notes::error(has("unnamed") ? "Invalid arguments." : problem));
}

Json initialized() {
  return {{"protocolVersion", "2025-11-25"},
          {"capabilities", {{"tools", Json::object()}}},
          {"serverInfo", {{"name", "faulty"}, {"version", "1"}}}};
}

Json listed() {
  Json tools = Json::array();
  for (const char* tool : {"list_notes", "get_note", "search_notes", "add_note"})
    tools.push_back(entry_of(tool));
  if (has("same-name")) tools.push_back(entry_of("get_note"));
  return {{"tools", std::move(tools)}};
}

/// The next request; with the fault `mixed`, two that came together get each other's ids.
bool next(Json& request) {
  static std::list<Json> waiting;
  while (waiting.empty()) {
    std::string line;
    if (!std::getline(std::cin, line)) return false;
    Json one = Json::parse(line);
    if (one.contains("id")) waiting.push_back(std::move(one));
    if (has("mixed") && waiting.size() == 1 && std::cin.rdbuf()->in_avail() > 0 &&
        std::getline(std::cin, line)) {
      waiting.push_back(Json::parse(line));
      std::swap(waiting.front()["id"], waiting.back()["id"]);
    }
  }
  request = std::move(waiting.front());
  waiting.pop_front();
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  if (argc == 3) fault = argv[2];
  Notes notes;
  for (Json request; next(request);) {
    const std::string method = request["method"];
    if (method == "initialize") {
      answer(request, "result", initialized());
    } else if (method == "tools/list") {
      answer(request, "result", listed());
    } else if (method == "tools/call") {
      call(notes, request);
    } else {
      answer(request, "result", Json::object());
    }
  }
  return 0;
}
