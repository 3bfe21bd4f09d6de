#include "schemas/common/when.hpp"

#include <cassert>
#include <utility>

#include "schemas/common/when_grammar.hpp"

namespace common {
namespace {

constexpr std::size_t kPhraseMax = 200;     ///< Bytes of an argument.
constexpr std::size_t kSentenceMax = 4000;  ///< Bytes of a text in which a date is looked for.
constexpr std::string_view kBlanks = " \t\r\n";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

}  // namespace

When::When(std::string text, words::Tree tree) : text_(std::move(text)), tree_(std::move(tree)) {}

std::optional<std::string> parse(std::string_view text, When& out) {
  const std::string_view phrase = trimmed(text);
  if (phrase.size() > kPhraseMax) {
    return "expected a date or time in at most " + std::to_string(kPhraseMax) + " bytes";
  }
  const words::Grammar grammar(phrase);
  words::Tree tree = grammar.whole();
  if (tree == nullptr) return grammar.complaint();
  out = When(std::string(phrase), std::move(tree));
  return std::nullopt;
}

std::string to_string(const When& when) {
  return when.text();
}

When exactly(const Time& time) {
  When when;
  const std::optional<std::string> problem = parse(to_string(time), when);
  assert(!problem);
  return when;
}

std::optional<FoundWhen> find_when(std::string_view sentence) {
  sentence = sentence.substr(0, kSentenceMax);
  const words::Grammar grammar(sentence);
  const auto found = grammar.first();
  if (!found) return std::nullopt;
  const std::vector<words::Token>& tokens = grammar.tokens().tokens();
  const std::size_t begin = tokens[found->begin].begin;
  const std::size_t end = tokens[found->next - 1].end;
  return FoundWhen{.when = When(std::string(sentence.substr(begin, end - begin)), found->tree),
                   .begin = begin,
                   .end = end,
                   .doubt = found->doubt};
}

}  // namespace common
