#include "host/harness/judge.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "host/harness/catalogue.hpp"
#include "host/harness/harvest.hpp"

namespace harness {
namespace {

using Json = nlohmann::json;

constexpr int kInvalidParams = -32602;

const schema::Schema& result_schema() {
  static const schema::Schema schema(Json::parse(R"json({
    "required": ["content"],
    "properties": {
      "isError": {"type": "boolean"},
      "structuredContent": {"type": "object"},
      "_meta": {"type": "object"},
      "content": {"type": "array", "items": {
        "type": "object", "required": ["type"], "properties": {"type": {"type": "string"}},
        "allOf": [
          {"if": {"properties": {"type": {"const": "text"}}},
           "then": {"required": ["text"], "properties": {"text": {"type": "string"}}}},
          {"if": {"properties": {"type": {"enum": ["image", "audio"]}}},
           "then": {"required": ["data", "mimeType"],
                    "properties": {"data": {"type": "string"}, "mimeType": {"type": "string"}}}},
          {"if": {"properties": {"type": {"const": "resource_link"}}},
           "then": {"required": ["uri", "name"],
                    "properties": {"uri": {"type": "string"}, "name": {"type": "string"}}}},
          {"if": {"properties": {"type": {"const": "resource"}}},
           "then": {"required": ["resource"],
                    "properties": {"resource": {"type": "object", "required": ["uri"]}}}}
        ]}}}})json"));
  return schema;
}

std::string first_problem(const schema::Verdict& verdict) {
  const schema::Problem& problem = verdict.problems.front();
  return (problem.instance.empty() ? std::string("the whole") : problem.instance) + ": " +
         problem.message;
}

/// What only a program says that did not expect what came.
bool is_exception_text(const std::string& text) {
  static constexpr std::array<std::string_view, 18> kMarks{"Traceback (most recent call last)",
                                                           "TypeError:",
                                                           "ReferenceError:",
                                                           "AttributeError:",
                                                           "KeyError:",
                                                           "IndexError:",
                                                           "NullPointerException",
                                                           "NullReferenceException",
                                                           "Cannot read propert",
                                                           "is not a function",
                                                           "undefined is not",
                                                           "'NoneType' object",
                                                           "panic:",
                                                           "runtime error:",
                                                           "json.exception.",
                                                           "Segmentation fault",
                                                           "RangeError:",
                                                           "std::bad_"};
  return std::ranges::any_of(
      kMarks, [&](std::string_view mark) { return text.find(mark) != std::string::npos; });
}

void judge_result(const Tool& tool, const Answer& answer, std::vector<Fault>& faults) {
  if (const schema::Verdict verdict = result_schema().check(answer.result); !verdict.valid())
    faults.push_back({checks::kWellFormed, "The result is malformed: " + first_problem(verdict)});
  if (answer.is_tool_error()) {
    if (!has_content(answer))
      faults.push_back({checks::kHasText, "An error came without a word about what is wrong."});
    if (is_exception_text(answer.text()))
      faults.push_back({checks::kHandledErrors,
                        "An exception nobody expected shows through: " + excerpt(answer.text())});
    return;
  }
  if (!tool.output_schema) return;
  const Json structured = answer.structured();
  if (structured.is_null()) {
    faults.push_back(
        {checks::kOutputSchema,
         "The tool has an outputSchema, and a success came without structuredContent."});
    return;
  }
  if (const schema::Verdict verdict = tool.output_schema->check(structured); !verdict.valid())
    faults.push_back({checks::kOutputSchema,
                      "structuredContent breaks the outputSchema: " + first_problem(verdict)});
}

std::string lower(std::string_view text) {
  std::string out;
  for (const char c : text)
    out.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
  return out;
}

bool is_word_char(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

}  // namespace

std::vector<Fault> faults_of(const Tool& tool, const Answer& answer, Sent sent,
                             const Rules& rules) {
  std::vector<Fault> faults;
  switch (answer.kind) {
    case Answer::Kind::Lost:
      faults.push_back({checks::kSurvives, "The server died. " + answer.problem});
      break;
    case Answer::Kind::TimedOut:
      faults.push_back({checks::kInTime, answer.problem});
      break;
    case Answer::Kind::Nonsense:
      faults.push_back({checks::kWellFormed, answer.problem});
      break;
    case Answer::Kind::Refused: {
      const bool allowed = sent == Sent::NoObject || (rules.old_revision && sent == Sent::Invalid &&
                                                      answer.code == kInvalidParams);
      if (!allowed)
        faults.push_back({checks::kToolError, std::string("A protocol error answers ") +
                                                  (sent == Sent::Valid ? "valid" : "bad") +
                                                  " arguments: " + excerpt(answer.problem)});
      break;
    }
    case Answer::Kind::Result:
      judge_result(tool, answer, faults);
  }
  return faults;
}

bool has_content(const Answer& answer) {
  const auto content = answer.result.find("content");
  if (content == answer.result.end() || !content->is_array()) return false;
  return std::ranges::any_of(*content, [](const Json& block) {
    if (!block.is_object() || block.value("type", Json()) != "text") return true;
    const Json text = block.value("text", Json());
    return text.is_string() &&
           text.get_ref<const std::string&>().find_first_not_of(" \t\r\n") != std::string::npos;
  });
}

bool names(const std::string& text, const std::string& argument) {
  const std::string haystack = lower(text);
  const std::string needle = lower(argument);
  for (std::size_t at = haystack.find(needle); at != std::string::npos;
       at = haystack.find(needle, at + 1)) {
    const bool starts = at == 0 || !is_word_char(haystack[at - 1]);
    const std::size_t end = at + needle.size();
    const bool ends = end == haystack.size() || !is_word_char(haystack[end]);
    if (needle.size() > 3 || (starts && ends)) return true;
  }
  const std::string plain = plain_name(argument);
  return plain.size() > 3 && plain_name(text).find(plain) != std::string::npos;
}

std::string excerpt(const std::string& text, std::size_t most) {
  std::string line;
  for (const char c : text) line.push_back(c == '\n' || c == '\t' || c == '\r' ? ' ' : c);
  if (line.size() <= most) return line;
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xc0U) == 0x80U) --end;
  return line.substr(0, end) + "...";
}

}  // namespace harness
