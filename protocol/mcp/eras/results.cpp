#include "protocol/mcp/eras/results.hpp"

#include <nlohmann/json.hpp>

#include "protocol/jsonrpc/write.hpp"

namespace mcp::eras {
namespace {

// Lists change with the program, not while it runs, and are the same for everybody.
constexpr std::string_view kCachingHints = R"("ttlMs":3600000,"cacheScope":"public")";

/// Writes an object member by member.
class Object {
 public:
  Object& json(std::string_view key, std::string_view value) {
    separate().append("\"").append(key).append("\":").append(value);
    return *this;
  }
  Object& text(std::string_view key, std::string_view value) {
    json(key, {});
    fields::append_json_string(out_, value);
    return *this;
  }
  Object& members(std::string_view written) {
    if (!written.empty()) separate().append(written);
    return *this;
  }
  bool empty() const { return out_.size() == 1; }
  std::string end() { return std::move(out_.append("}")); }

 private:
  std::string& separate() { return out_.size() > 1 ? out_.append(",") : out_; }
  std::string out_{"{"};
};

std::string implementation(const Revision& revision, const ServerInfo& info) {
  Object object;
  object.text("name", info.name);
  if (revision.structured && !info.title.empty()) object.text("title", info.title);
  return object.text("version", info.version).end();
}

Object open_result(const Revision& revision) {
  Object result;
  if (!revision.handshake) result.text("resultType", "complete");
  return result;
}

void add_server(Object& meta, const Revision& revision, const ServerInfo& info) {
  if (!revision.handshake) {
    meta.json("io.modelcontextprotocol/serverInfo", implementation(revision, info));
  }
}

std::string close_result(Object& result, Object& meta) {
  if (!meta.empty()) result.json("_meta", meta.end());
  return result.end();
}

std::string text_block(std::string_view text) {
  return '[' + Object().text("type", "text").text("text", text).end() + ']';
}

std::string tool_entry(const Revision& revision, const Tool& tool) {
  Object entry;
  entry.text("name", tool.name).text("description", tool.description);
  entry.json("inputSchema", tool.input_schema);
  if (revision.structured && !tool.output_schema.empty()) {
    entry.json("outputSchema", tool.output_schema);
  }
  if (revision.annotations && !tool.annotations.empty()) {
    entry.json("annotations", tool.annotations);
  }
  return entry.end();
}

}  // namespace

std::string initialize_result(const Revision& revision, const ServerInfo& info) {
  Object result;
  result.text("protocolVersion", revision.name)
      .json("capabilities", R"({"tools":{}})")
      .json("serverInfo", implementation(revision, info));
  if (!info.instructions.empty()) result.text("instructions", info.instructions);
  return result.end();
}

std::string discover_result(const ServerInfo& info) {
  const Revision& revision = stateless();
  Object meta;
  add_server(meta, revision, info);
  Object result = open_result(revision);
  result.json("supportedVersions", '[' + jsonrpc::json_string(revision.name) + ']')
      .json("capabilities", R"({"tools":{}})");
  if (!info.instructions.empty()) result.text("instructions", info.instructions);
  result.members(kCachingHints);
  return close_result(result, meta);
}

std::string list_result(const Revision& revision, const ServerInfo& info,
                        std::span<const Tool> tools) {
  std::string entries = "[";
  for (const Tool& tool : tools) {
    if (!tool.listed) continue;
    if (entries.size() > 1) entries.push_back(',');
    entries.append(tool_entry(revision, tool));
  }
  entries.push_back(']');
  Object meta;
  add_server(meta, revision, info);
  Object result = open_result(revision);
  result.json("tools", entries);
  if (!revision.handshake) result.members(kCachingHints);
  return close_result(result, meta);
}

std::string call_result(const Revision& revision, const ServerInfo& info, const Answer& answer) {
  Object meta;
  if (!answer.change_id.empty()) meta.text("adjutant/change_id", answer.change_id);
  if (answer.untrusted) meta.json("adjutant/untrusted", "true");
  add_server(meta, revision, info);
  Object result = open_result(revision);
  result.json("content", answer.blocks.empty() ? text_block(answer.text) : answer.blocks);
  if (revision.structured && !answer.structured.empty()) {
    result.json("structuredContent", answer.structured);
  }
  return close_result(result, meta);
}

std::string failed_call_result(const Revision& revision, const ServerInfo& info,
                               std::string_view problem) {
  Object meta;
  add_server(meta, revision, info);
  Object result = open_result(revision);
  result.json("content", text_block(problem)).json("isError", "true");
  return close_result(result, meta);
}

std::string progress_notification(const Revision& revision, const Progress& progress) {
  Object params;
  params.json("progressToken", progress.token)
      .json("progress", nlohmann::json(progress.done).dump());
  if (progress.total) params.json("total", nlohmann::json(*progress.total).dump());
  if (revision.progress_message && !progress.message.empty()) {
    params.text("message", progress.message);
  }
  return jsonrpc::write_notification("notifications/progress", params.end());
}

}  // namespace mcp::eras
