#include "schemas/common/repeat.hpp"

#include <utility>

#include "schemas/common/repeat_rule.hpp"
#include "schemas/common/repeat_words.hpp"
#include "schemas/common/when.hpp"

namespace common {
namespace {

constexpr std::size_t kTextMax = 500;  ///< Bytes; no rule that anybody means is longer.
constexpr std::size_t kRepeatTextMax = 4000;
constexpr std::string_view kUntil = " until ";
constexpr std::string_view kAfterCompletion = " after completion";

/// Takes what follows an RRULE: " until june", " after completion".
std::string_view take_additions(std::string_view text, Repeat& out) {
  if (text.ends_with(kAfterCompletion)) {
    out.after_completion = true;
    text.remove_suffix(kAfterCompletion.size());
  }
  const std::size_t until = text.find(kUntil);
  if (until == std::string_view::npos) return text;
  out.until = text.substr(until + kUntil.size());
  return text.substr(0, until);
}

std::optional<std::string> parse_rule(std::string_view text, Repeat& out) {
  Repeat repeat;
  const std::string_view rule_text = take_additions(text, repeat);
  std::string problem;
  const std::optional<std::string> rule = rrule::checked(rule_text, problem);
  if (!rule) return problem;
  if (!repeat.until.empty()) {
    if (rule->find(";UNTIL=") != std::string::npos || rule->find(";COUNT=") != std::string::npos) {
      return "the rule already says how long it goes on; leave out \"until " + repeat.until + "\"";
    }
    When until;
    if (const auto wrong = parse(repeat.until, until)) return "until: " + *wrong;
  }
  repeat.rrule = *rule;
  out = std::move(repeat);
  return std::nullopt;
}

}  // namespace

std::optional<std::string> parse(std::string_view text, Repeat& out) {
  if (text.size() > kTextMax) {
    return "expected a repeat in at most " + std::to_string(kTextMax) + " bytes";
  }
  if (rrule::looks_like(text)) return parse_rule(text, out);
  words::RepeatGrammar grammar(text);
  std::optional<Repeat> repeat = grammar.whole();
  if (!repeat) return grammar.complaint();
  out = std::move(*repeat);
  return std::nullopt;
}

std::string to_string(const Repeat& repeat) {
  std::string text = repeat.rrule;
  if (!repeat.until.empty()) text += std::string(kUntil) + repeat.until;
  if (repeat.after_completion) text += kAfterCompletion;
  return text;
}

std::optional<FoundRepeat> find_repeat(std::string_view sentence) {
  words::RepeatGrammar grammar(sentence.substr(0, kRepeatTextMax));
  return grammar.first();
}

}  // namespace common
