#include "host/harness/seen.hpp"

#include "protocol/jsonrpc/parse.hpp"

namespace harness {
namespace {

using Json = nlohmann::json;

/// Arrays and objects inside each other, more or less: brackets in texts count, too.
bool is_deep(const std::string& text) {
  std::size_t depth = 0;
  for (const char c : text) {
    if (c == '{' || c == '[') {
      if (++depth > jsonrpc::kDepthMax) return true;
    } else if ((c == '}' || c == ']') && depth > 0) {
      --depth;
    }
  }
  return false;
}

/// Text that is JSON is what older servers send in the place of structured content.
Json structured_text(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos || (text[first] != '{' && text[first] != '[')) return nullptr;
  if (is_deep(text)) return nullptr;
  Json parsed = Json::parse(text, nullptr, false);
  return parsed.is_discarded() ? Json() : parsed;
}

}  // namespace

Seen look_at(const Answer& answer) {
  Seen seen{.is_error = answer.is_tool_error(), .text = answer.text()};
  switch (answer.kind) {
    case Answer::Kind::Result:
      seen.structured = answer.structured();
      if (seen.structured.is_null()) seen.structured = structured_text(seen.text);
      break;
    case Answer::Kind::Refused:
      seen.refused = answer.code;
      break;
    case Answer::Kind::TimedOut:
    case Answer::Kind::Lost:
    case Answer::Kind::Nonsense:
      seen.problem = answer.problem;
      break;
  }
  return seen;
}

Seen look_at_result(const Json& result) {
  return look_at(Answer{.result = result});
}

}  // namespace harness
