#include "schemas/common/repeat.hpp"

#include "schemas/common/repeat_rule.hpp"
#include "schemas/common/repeat_words.hpp"

namespace common {
namespace {

constexpr std::size_t kTextMax = 500;  ///< Bytes; no rule that anybody means is longer.

}  // namespace

std::optional<std::string> parse(std::string_view text, Repeat& out) {
  if (text.size() > kTextMax) {
    return "expected a repeat in at most " + std::to_string(kTextMax) + " bytes";
  }
  if (rrule::looks_like(text)) {
    std::string problem;
    const std::optional<std::string> rule = rrule::checked(text, problem);
    if (!rule) return problem;
    out.rrule = *rule;
    return std::nullopt;
  }
  words::RepeatGrammar grammar(text);
  const std::optional<std::string> rule = grammar.whole();
  if (!rule) return grammar.complaint();
  out.rrule = *rule;
  return std::nullopt;
}

std::string to_string(const Repeat& repeat) {
  return repeat.rrule;
}

}  // namespace common
