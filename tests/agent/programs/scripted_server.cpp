// An MCP server for tests. Its tools say what they were told: `echo` calls itself read-only,
// `shout` says nothing of itself, `burn` calls itself destructive. Its behaviour is its first
// argument, or, where it stands in the place of one of our own servers, what the file `<its
// path>.mode` says:
//   good    answers everything
//   mute    never answers
//   hang    introduces itself, and never answers a call
//   die     introduces itself, and exits at the first call
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

namespace {

using Json = nlohmann::json;

std::string mode_of(int argc, char** argv) {
  const std::string self = std::filesystem::read_symlink("/proc/self/exe").string();
  std::string mode;
  if (std::ifstream(self + ".mode") >> mode) return mode;
  return argc > 1 ? argv[1] : "good";
}

Json tool_entry(const char* name, const Json& annotations) {
  return {{"name", name},
          {"description", "Says what it was told."},
          {"inputSchema", {{"type", "object"}, {"properties", {{"text", {{"type", "string"}}}}}}},
          {"annotations", annotations}};
}

Json result_of(const Json& request) {
  const std::string method = request.value("method", "");
  if (method == "initialize")
    return {{"protocolVersion", "2025-11-25"},
            {"capabilities", {{"tools", Json::object()}}},
            {"serverInfo", {{"name", "scripted"}, {"version", "1"}}}};
  if (method == "tools/list")
    return {{"tools",
             {tool_entry("echo", {{"readOnlyHint", true}}), tool_entry("shout", Json::object()),
              tool_entry("burn", {{"destructiveHint", true}})}}};
  const Json arguments = request["params"].value("arguments", Json::object());
  return {{"content", {{{"type", "text"}, {"text", arguments.value("text", "")}}}},
          {"structuredContent", arguments}};
}

}  // namespace

int main(int argc, char** argv) {
  const std::string mode = mode_of(argc, argv);
  for (std::string line; std::getline(std::cin, line);) {
    const Json request = Json::parse(line);
    const bool call = request.value("method", "") == "tools/call";
    if (call && mode == "die") return 7;
    if (!request.contains("id") || mode == "mute" || (call && mode == "hang")) continue;
    const Json answer{{"jsonrpc", "2.0"}, {"id", request["id"]}, {"result", result_of(request)}};
    std::cout << answer.dump() << std::endl;
  }
  return 0;
}
