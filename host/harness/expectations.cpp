#include "host/harness/expectations.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "host/harness/json_pointer.hpp"

namespace harness {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kShownMax = 160;  // Bytes of a value in a sentence.

/// `text`, cut between two code points.
std::string cut(std::string text) {
  if (text.size() <= kShownMax) return text;
  std::size_t end = kShownMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "… (" + std::to_string(text.size()) + " bytes)";
}

bool has_type(const Json& value, const std::string& type) {
  if (type == "string") return value.is_string();
  if (type == "number") return value.is_number();
  if (type == "boolean") return value.is_boolean();
  if (type == "array") return value.is_array();
  if (type == "object") return value.is_object();
  if (type == "null") return value.is_null();
  if (value.is_number_float()) {  // 1.0 is an integer to JSON Schema.
    return std::trunc(value.get<double>()) == value.get<double>();
  }
  return value.is_number_integer();
}

/// Whether `whole` has all that `part` has: an object's members, a list's element, a text's piece.
bool holds(const Json& whole, const Json& part) {
  if (whole.is_string() && part.is_string()) {
    return whole.get_ref<const std::string&>().find(part.get_ref<const std::string&>()) !=
           std::string::npos;
  }
  if (whole.is_array()) {
    return std::ranges::any_of(whole, [&](const Json& each) {
      return each == part || (each.is_object() && part.is_object() && holds(each, part));
    });
  }
  if (!whole.is_object() || !part.is_object()) return false;
  return std::ranges::all_of(part.items(), [&](const auto& wanted) {
    const auto found = whole.find(wanted.key());
    if (found == whole.end()) return false;
    if (found->is_object() && wanted.value().is_object()) return holds(*found, wanted.value());
    return *found == wanted.value();
  });
}

/// Looks at one value and gathers what is wrong with it.
class Look {
 public:
  Look(std::string where, const Variables& variables, const VolatileValues& same,
       std::vector<std::string>& problems)
      : where_(std::move(where)), variables_(variables), same_(same), problems_(problems) {}

  void at(const Matcher& matcher, const Json* value) const {
    if (matcher.absent) {
      if (value != nullptr) say("expected nothing there, got " + shown(*value));
      return;
    }
    if (value == nullptr) return say("is not there");
    if (matcher.equals) equals(expanded_json(*matcher.equals, variables_), *value);
    if (matcher.like) like(expanded(*matcher.like, variables_), *value);
    for (const Json& part : matcher.contains) {
      const Json wanted = expanded_json(part, variables_);
      if (!holds(*value, wanted)) {
        say("expected something that contains " + shown(wanted) + ", got " + shown(*value));
      }
    }
    for (const std::string& pattern : matcher.matches) matches(pattern, *value);
    if (matcher.count) count(*matcher.count, *value);
    if (!matcher.type.empty() && !has_type(*value, matcher.type)) {
      say("expected a value of type " + matcher.type + ", got " + shown(*value));
    }
  }

 private:
  void say(const std::string& problem) const { problems_.push_back(where_ + ": " + problem); }

  void equals(const Json& wanted, const Json& value) const {
    if (value == wanted) return;
    if (value.is_string() && wanted.is_string()) {
      return say(first_difference(wanted.get<std::string>(), value.get<std::string>()));
    }
    say("expected " + shown(wanted) + ", got " + shown(value));
  }

  void like(const std::string& wanted, const Json& value) const {
    const std::string came =
        same_.same(value.is_string() ? value.get<std::string>() : value.dump());
    const std::string expected = same_.same(wanted);
    if (came != expected) say(first_difference(expected, came));
  }

  void matches(const std::string& pattern, const Json& value) const {
    const RE2 compiled(expanded_pattern(pattern, variables_), RE2::Quiet);
    const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    if (!RE2::PartialMatch(text, compiled)) {
      say("expected something that matches " + shown(pattern) + ", got " + shown(value));
    }
  }

  void count(std::size_t wanted, const Json& value) const {
    if (!value.is_structured()) {
      return say("expected " + std::to_string(wanted) + " elements, got " + shown(value));
    }
    if (value.size() != wanted) {
      say("expected " + std::to_string(wanted) + " elements, got " + std::to_string(value.size()) +
          ": " + shown(value));
    }
  }

  std::string where_;
  const Variables& variables_;
  const VolatileValues& same_;
  std::vector<std::string>& problems_;
};

std::string outcome_of(const Seen& seen) {
  if (seen.refused) {
    return "the server refused the call (" + std::to_string(*seen.refused) + "): " + cut(seen.text);
  }
  if (seen.is_error) return "the tool reported an error: " + cut(seen.text);
  return "the call succeeded: " + cut(seen.text);
}

/// Whether the call ended in the way that is expected; if not, nothing else is worth a look.
bool ended_as_expected(const Expectation& expect, const Seen& seen,
                       std::vector<std::string>& problems) {
  if (!seen.problem.empty()) {
    problems.push_back("no answer: " + seen.problem);
  } else if (expect.refused && !seen.refused) {
    problems.push_back("expected the server to refuse the call, but " + outcome_of(seen));
  } else if (expect.error && (seen.refused || !seen.is_error)) {
    problems.push_back("expected the tool to report an error, but " + outcome_of(seen));
  } else if (!expect.error && !expect.refused && !expect.snapshot &&
             (seen.refused || seen.is_error)) {
    problems.push_back("expected success, but " + outcome_of(seen));
  }
  return problems.empty();
}

}  // namespace

std::vector<std::string> unmet(const Expectation& expect, const Seen& seen,
                               const Variables& variables, const VolatileValues& same) {
  std::vector<std::string> problems;
  if (!ended_as_expected(expect, seen, problems)) return problems;
  const Json text = seen.text;
  const auto look = [&](std::string where) {
    return Look(std::move(where), variables, same, problems);
  };
  if (expect.text) look("text").at(*expect.text, &text);
  if (expect.error) look("error").at(*expect.error, &text);
  if (expect.refused) {
    look("refused.message").at(expect.refused->message, &text);
    if (expect.refused->code && *expect.refused->code != *seen.refused) {
      problems.push_back("refused.code: expected " + std::to_string(*expect.refused->code) +
                         ", got " + std::to_string(*seen.refused));
    }
  }
  if (!expect.structured.empty() && seen.structured.is_null()) {
    problems.push_back("structured: the answer has no structured content, and its text is no JSON");
    return problems;
  }
  for (const MemberExpectation& member : expect.structured) {
    look(member.pointer.empty() ? "structured" : member.pointer)
        .at(member.matcher, find_at(seen.structured, member.pointer));
  }
  return problems;
}

std::optional<Json> captured(const Capture& capture, const Seen& seen, const Variables& variables,
                             std::string& problem) {
  if (capture.pattern.empty()) {
    if (const Json* value = find_at(seen.structured, capture.pointer)) return *value;
    problem = capture.name + ": the answer has nothing at \"" + capture.pointer + "\" to take: " +
              (seen.structured.is_null() ? "it has no structured content" : shown(seen.structured));
    return std::nullopt;
  }
  const RE2 pattern(expanded_pattern(capture.pattern, variables), RE2::Quiet);
  re2::StringPiece found[2];
  const int groups = std::min(pattern.NumberOfCapturingGroups(), 1);
  if (pattern.Match(seen.text, 0, seen.text.size(), RE2::UNANCHORED, found, groups + 1)) {
    return std::string(found[groups]);
  }
  problem = capture.name + ": nothing in the text matches " + shown(capture.pattern) + ": " +
            shown(seen.text);
  return std::nullopt;
}

std::string first_difference(const std::string& expected, const std::string& came) {
  if (expected == came) return "";
  std::istringstream left(expected);
  std::istringstream right(came);
  std::string wanted;
  std::string got;
  for (int number = 1;; ++number) {
    const bool more = static_cast<bool>(std::getline(left, wanted));
    const bool other = static_cast<bool>(std::getline(right, got));
    if (!more && !other) return "the same lines, but another end of the last one";
    if (more && other && wanted == got) continue;
    const std::string where = number == 1 && left.eof() && right.eof()
                                  ? std::string()
                                  : "in line " + std::to_string(number) + " ";
    return where + "expected " + (more ? shown(wanted) : "the end") + ", got " +
           (other ? shown(got) : "the end");
  }
}

std::string shown(const Json& value) {
  return cut(value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace harness
