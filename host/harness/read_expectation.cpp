#include "host/harness/read_expectation.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "host/harness/json_pointer.hpp"
#include "host/harness/known_names.hpp"
#include "host/harness/variables.hpp"

namespace harness {
namespace {

using Json = nlohmann::json;

constexpr std::array<std::string_view, 7> kTypes{"string", "number", "integer", "boolean",
                                                 "array",  "object", "null"};

std::size_t read_count(const TomlNode& node) {
  const std::int64_t count = node.integer();
  if (count < 0) node.refuse("expected a count, 0 or more");
  return static_cast<std::size_t>(count);
}

std::string read_type(const TomlNode& node) {
  const std::string type = node.text();
  if (std::ranges::find(kTypes, type) == kTypes.end()) {
    node.refuse("expected string, number, integer, boolean, array, object or null, not \"" + type +
                "\"");
  }
  return type;
}

/// One, or a list of them; a list that is itself wanted as one element stands in a list.
std::vector<Json> read_contains(const TomlNode& node) {
  if (!node.is_list()) return {node.json()};
  std::vector<Json> parts;
  for (const Json& each : node.json()) parts.push_back(each);
  if (parts.empty()) node.refuse("an empty list holds nothing to look for; leave the key out");
  return parts;
}

std::vector<std::string> read_patterns(const TomlNode& node) {
  const std::vector<std::string> patterns =
      node.is_list() ? node.texts() : std::vector<std::string>{node.filled_text()};
  for (const std::string& pattern : patterns) require_pattern(node, pattern);
  return patterns;
}

Matcher read_matcher_table(const TomlNode& node) {
  Matcher matcher;
  for (const auto& [key, value] :
       node.members({"equals", "like", "contains", "matches", "count", "type", "absent"})) {
    if (key == "equals") matcher.equals = value.json();
    if (key == "like") matcher.like = value.text();
    if (key == "contains") matcher.contains = read_contains(value);
    if (key == "matches") matcher.matches = read_patterns(value);
    if (key == "count") matcher.count = read_count(value);
    if (key == "type") matcher.type = read_type(value);
    if (key == "absent" && !(matcher.absent = value.truth())) {
      value.refuse("false says nothing; write a value, or {type = \"string\"} for any text");
    }
  }
  if (matcher == Matcher{}) node.refuse("expects nothing; give a value, or contains, matches, ...");
  return matcher;
}

/// A plain value is what it has to be; a table says how.
Matcher read_matcher(const TomlNode& node) {
  if (node.is_table()) return read_matcher_table(node);
  return {.equals = node.json()};
}

/// What is expected of a text.
Matcher read_text_matcher(const TomlNode& node) {
  if (!node.is_table() && !node.is_text()) {
    node.refuse("expected a text, or a table with equals, like, contains or matches");
  }
  Matcher matcher = read_matcher(node);
  const bool texts =
      std::ranges::all_of(matcher.contains, [](const Json& j) { return j.is_string(); });
  if ((matcher.equals && !matcher.equals->is_string()) || !texts || matcher.count ||
      !matcher.type.empty() || matcher.absent) {
    node.refuse("is a text: it takes equals, like, contains and matches, each with a text");
  }
  return matcher;
}

std::vector<MemberExpectation> read_structured(const TomlNode& node) {
  std::vector<MemberExpectation> list;
  for (const auto& [pointer, value] : node.members()) {
    if (!is_json_pointer(pointer)) {
      value.refuse("is no JSON Pointer; it begins with /, like \"/tasks/0/title\", or is \"\"");
    }
    list.push_back({.pointer = pointer, .matcher = read_matcher(value)});
  }
  return list;
}

/// `true` is any; a text is part of it; a table says how.
Matcher read_message(const TomlNode& node) {
  if (node.is_truth()) {
    if (!node.truth()) node.refuse("false is what holds anyway; leave the key out");
    return {};
  }
  if (node.is_text()) return {.contains = {node.filled_text()}};
  return read_text_matcher(node);
}

Expectation::Refusal read_refusal(const TomlNode& node) {
  Expectation::Refusal refusal;
  if (!node.is_table()) {
    refusal.message = read_message(node);
    return refusal;
  }
  for (const auto& [key, value] : node.members({"code", "message"})) {
    if (key == "code") refusal.code = static_cast<int>(value.integer());
    if (key == "message") refusal.message = read_message(value);
  }
  return refusal;
}

Capture read_capture(const std::string& name, const TomlNode& node) {
  require_free_name(node, name);
  Capture capture{.name = name};
  if (node.is_table()) {
    for (const auto& [key, value] : node.members({"matches"})) {
      capture.pattern = value.filled_text();
      require_pattern(value, capture.pattern);
    }
    if (capture.pattern.empty()) node.refuse("takes a JSON Pointer, or {matches = \"a pattern\"}");
    return capture;
  }
  capture.pointer = node.text();
  if (!is_json_pointer(capture.pointer)) {
    node.refuse("\"" + capture.pointer +
                "\" is no JSON Pointer (\"/tasks/0/id\"); out of the text: {matches = \"...\"}");
  }
  return capture;
}

}  // namespace

void require_pattern(const TomlNode& node, std::string_view pattern) {
  const Template read = read_template(pattern);
  if (!read.problem.empty()) node.refuse(read.problem);
  std::string shape;
  for (const Template::Part& part : read.parts) shape += part.is_name ? "x" : part.text;
  const RE2 compiled(shape, RE2::Quiet);
  if (!compiled.ok()) {
    node.refuse("\"" + std::string(pattern) + "\" is no pattern (" + compiled.error() +
                "); write it as RE2 reads it, in single quotes so that \\ stays");
  }
}

Expectation read_expectation(const TomlNode& node) {
  Expectation expect;
  for (const auto& [key, value] :
       node.members({"text", "structured", "error", "refused", "snapshot"})) {
    if (key == "text") expect.text = read_text_matcher(value);
    if (key == "structured") expect.structured = read_structured(value);
    if (key == "error") expect.error = read_message(value);
    if (key == "refused") expect.refused = read_refusal(value);
    if (key == "snapshot") expect.snapshot = value.truth();
  }
  if (expect.error && expect.refused) {
    node.refuse("an answer is a tool's error or a refusal of the protocol, never both");
  }
  if (expect.refused && (expect.text || !expect.structured.empty())) {
    node.refuse("a refused call has neither text nor structured content; use refused.message");
  }
  return expect;
}

std::vector<Capture> read_captures(const TomlNode& node) {
  std::vector<Capture> captures;
  for (const auto& [name, value] : node.members()) captures.push_back(read_capture(name, value));
  return captures;
}

}  // namespace harness
