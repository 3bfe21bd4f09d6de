#include "protocol/mcp/tool.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

namespace mcp {
namespace {

const fields::Field* find_field(const fields::Type& type, std::string_view name) {
  const auto found = std::find_if(type.fields.begin(), type.fields.end(),
                                  [&](const fields::Field& field) { return field.name == name; });
  return found == type.fields.end() ? nullptr : &*found;
}

bool is_dry_run(const Tool& tool, const void* args) {
  const fields::Field* field = find_field(*tool.args, "dry_run");
  return field != nullptr &&
         *reinterpret_cast<const bool*>(static_cast<const char*>(args) + field->offset);
}

/// The argument `fields`, else the tool's default rows.
std::vector<std::string> wanted_rows(const Tool& tool, const void* args) {
  const fields::Field* field = find_field(*tool.args, "fields");
  const auto& named = *reinterpret_cast<const std::vector<std::string>*>(
      static_cast<const char*>(args) + field->offset);
  if (!named.empty()) return named;
  return {tool.row_default.begin(), tool.row_default.end()};
}

void add_member(std::string& object, std::string_view name, std::string_view value) {
  object.pop_back();
  if (object.size() > 1) object += ',';
  fields::append_json_string(object, name);
  object += ':';
  object += value;
  object += '}';
}

}  // namespace

void read_arguments(const Tool& tool, const nlohmann::json& arguments, void* args, Call& call) {
  static const nlohmann::json kNone = nlohmann::json::object();
  const nlohmann::json& given = arguments.is_null() ? kNone : arguments;
  std::vector<std::string> complaints = fields::decode(
      *tool.args, given, args, tool.reference ? fields::Unknown::Ignore : fields::Unknown::Refuse);
  if (complaints.empty() && tool.row != nullptr) {
    fields::Mask mask;
    const auto problem = fields::make_mask(*tool.row, wanted_rows(tool, args), mask);
    if (problem) complaints.push_back(*problem);
    call.set_rows(mask);
  }
  if (complaints.empty()) return;
  std::string words;
  for (const std::string& complaint : complaints) words += (words.empty() ? "" : "\n") + complaint;
  throw ToolError(words);
}

Answer make_answer(const Tool& tool, const void* args, const void* result, const Call& call) {
  Answer answer{
      .text = fields::text(*tool.result, result, call.rows()),
      .blocks = fields::blocks(*tool.result, result),
      .structured = fields::encode(*tool.result, result, call.rows()),
      .change_id = call.change_id(),
      .untrusted = call.untrusted() || fields::holds_untrusted(*tool.result, result, call.rows())};
  if (tool.reference) return answer;
  if (!answer.change_id.empty()) {
    std::string quoted;
    fields::append_json_string(quoted, answer.change_id);
    add_member(answer.structured, "change_id", quoted);
    answer.text += "change_id: " + answer.change_id + "\n";
  }
  if (is_dry_run(tool, args)) {
    add_member(answer.structured, "dry_run", "true");
    answer.text += "dry_run: nothing was changed\n";
  }
  if (answer.untrusted) add_member(answer.structured, "untrusted", "true");
  if (answer.text.empty()) answer.text = "done\n";
  return answer;
}

}  // namespace mcp
