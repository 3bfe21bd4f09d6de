#include "schemas/common/when.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "schemas/common/when_grammar.hpp"
#include "schemas/common/when_names.hpp"

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

template <std::size_t Size>
bool contains(const std::array<std::string_view, Size>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

/// One word that is a date without company: no verb, no greeting, no number.
bool stands_alone(const words::Token& token) {
  constexpr std::array<std::string_view, 12> kNeverAlone = {
      "march", "may",       "second",  "spring",    "fall",    "end",
      "lunch", "lunchtime", "morning", "afternoon", "evening", "night"};
  constexpr std::size_t kShort = 4;
  if (token.kind != words::Token::Kind::Word || contains(kNeverAlone, token.text)) return false;
  return token.text.size() >= kShort || token.text == "now" || token.text == "eod";
}

/// Says more than that there are numbers: "at 10 - 20" in a sentence is no date.
bool says_time(std::span<const words::Token> tokens) {
  constexpr std::array<std::string_view, 9> kEmpty = {"at", "on",      "in",  "of", "the",
                                                      "to", "between", "and", "a"};
  constexpr std::array<std::string_view, 2> kOfTime = {":", "/"};
  std::size_t numbers = 0;
  for (const words::Token& token : tokens) {
    if (token.kind == words::Token::Kind::Number) ++numbers;
    if (token.kind == words::Token::Kind::Word && !contains(kEmpty, token.text)) return true;
    if (contains(kOfTime, token.text)) return true;
  }
  return numbers >= 3;
}

/// A phrase does not begin with a sign, nor amid a number ("10/2018" of "6/10/2018").
bool can_begin(std::span<const words::Token> tokens, std::size_t at) {
  using Kind = words::Token::Kind;
  if (tokens[at].kind == Kind::Sign) return tokens[at].text == "+";
  if (at == 0) return true;
  const words::Token& before = tokens[at - 1];
  const bool joined = tokens[at].glued && before.kind == Kind::Sign && at > 1 &&
                      tokens[at - 2].kind == Kind::Number;
  return !joined && before.kind != Kind::Number;
}

bool is_believable(std::span<const words::Token> tokens, std::size_t begin, std::size_t end) {
  if (!says_time(tokens.subspan(begin, end - begin))) return false;
  if (end > begin + 1) return true;
  const bool number_follows = end < tokens.size() && tokens[end].kind == words::Token::Kind::Number;
  return stands_alone(tokens[begin]) && !number_follows;
}

}  // namespace

When::When(std::string text, words::Tree tree) : text_(std::move(text)), tree_(std::move(tree)) {}

std::optional<std::string> parse(std::string_view text, When& out) {
  const std::string_view phrase = trimmed(text);
  if (phrase.size() > kPhraseMax) {
    return "expected a date or time in at most " + std::to_string(kPhraseMax) + " bytes";
  }
  words::Grammar grammar(phrase);
  words::Tree tree = grammar.whole();
  if (tree == nullptr) return grammar.complaint();
  out = When(std::string(phrase), std::move(tree));
  return std::nullopt;
}

std::string to_string(const When& when) {
  return when.text();
}

std::optional<FoundWhen> find_when(std::string_view sentence) {
  sentence = sentence.substr(0, kSentenceMax);
  const std::vector<words::Token> tokens = words::tokens_of(sentence);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!can_begin(tokens, i)) continue;
    words::Grammar grammar(sentence);
    std::optional<words::Grammar::Found> found = grammar.at(i);
    if (!found || !is_believable(tokens, i, found->next)) continue;
    const std::size_t begin = tokens[i].begin;
    const std::size_t end = tokens[found->next - 1].end;
    return FoundWhen{.when = When(std::string(sentence.substr(begin, end - begin)), found->tree),
                     .begin = begin,
                     .end = end,
                     .doubt = found->doubt};
  }
  return std::nullopt;
}

}  // namespace common
