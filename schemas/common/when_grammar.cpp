#include "schemas/common/when_grammar.hpp"

#include <algorithm>
#include <array>

#include "schemas/common/when_tags.hpp"

namespace common::words {
namespace {

template <std::size_t Size>
bool contains(const std::array<std::string_view, Size>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

/// One word that in a sentence is a time without company: no verb, no name, no greeting.
bool stands_alone(const Token& token) {
  constexpr std::array<std::string_view, 15> kNeverAlone = {
      "march",   "may",       "second",  "spring", "fall",      "end", "lunch", "lunchtime",
      "morning", "afternoon", "evening", "night",  "breakfast", "eve", "dinner"};
  constexpr std::size_t kShort = 4;
  if (token.kind != Token::Kind::Word || contains(kNeverAlone, token.text)) return false;
  constexpr std::array<std::string_view, 11> kShortWords = {
      "mon", "tue", "thu", "fri", "tmr", "tmw", "now", "eod", "eom", "eoy", "eow"};
  return token.text.size() >= kShort || contains(kShortWords, token.text);
}

/// A phrase does not begin with a sign, nor amid a number ("10/2018" of "6/10/2018").
bool can_begin(const std::vector<Token>& tokens, std::size_t at) {
  using Kind = Token::Kind;
  if (tokens[at].kind == Kind::Sign && tokens[at].text != "+" && tokens[at].text != "-" &&
      tokens[at].text != "~" && tokens[at].text != "@") {
    return false;
  }
  if (at == 0) return true;
  const Token& before = tokens[at - 1];
  const bool joined = tokens[at].glued && before.kind == Kind::Sign && before.text != "(" &&
                      before.text != "'" && before.text != "\"" && before.text != "[" && at > 1 &&
                      tokens[at - 2].kind == Kind::Number && before.glued;
  return !joined && before.kind != Kind::Number;
}

/// Nor does it end amid one: "10.1" of "10.1.2.3".
bool can_end(const std::vector<Token>& tokens, std::size_t end) {
  if (end >= tokens.size()) return true;
  const Token& next = tokens[end];
  if (next.kind == Token::Kind::Number) return tokens[end - 1].kind != Token::Kind::Number;
  if (next.kind == Token::Kind::Word)
    return !(next.glued && tokens[end - 1].kind == Token::Kind::Number);
  const bool goes_on = next.glued && end + 1 < tokens.size() && tokens[end + 1].glued;
  return !goes_on || (tokens[end + 1].kind != Token::Kind::Number && next.text != "@");
}

/// After "at 3" or "the 3rd" nothing may come that is counted or named by the number.
bool phrase_ends(const std::vector<Token>& tokens, std::size_t end) {
  constexpr std::array<std::string_view, 41> kGoOn = {
      "at",     "on",    "in",     "by",    "for",  "with", "to",    "and",     "or",
      "from",   "until", "till",   "if",    "is",   "was",  "works", "please",  "we",
      "i",      "you",   "he",     "she",   "they", "so",   "but",   "because", "then",
      "when",   "where", "should", "would", "will", "can",  "could", "today",   "sharp",
      "before", "after", "about",  "as",    "that"};
  if (end >= tokens.size()) return true;
  const Token& next = tokens[end];
  if (next.kind == Token::Kind::Sign) {
    return next.text != "-" && next.text != "/" && next.text != "%" && next.text != "$";
  }
  return next.kind == Token::Kind::Word && contains(kGoOn, next.text);
}

bool is_longer_or_better(const Item& item, const Item* than) {
  if (than == nullptr || item.end != than->end) return than == nullptr || item.end > than->end;
  return item.score > than->score;
}

Grammar::Found found(const Item& item) {
  return {.tree = tree_of(item), .begin = item.begin, .next = item.end, .doubt = item.made.doubt};
}

}  // namespace

Grammar::Grammar(std::string_view phrase) : in_(phrase), chart_(all_rules(), in_) {}

/// The best reading from the first token to the last; full stops and the like are no part of it.
const Item* Grammar::best_whole() const {
  const std::vector<Token>& tokens = in_.tokens();
  constexpr std::array<std::string_view, 5> kStops = {".", ",", "!", "?", ";"};
  const Item* best = nullptr;
  std::size_t end = tokens.size();
  while (best == nullptr && end > 0) {
    for (const Item& item : chart_.beginning_at(0)) {
      if (item.end == end && is_time(item) && (best == nullptr || item.score > best->score)) {
        best = &item;
      }
    }
    if (!contains(kStops, tokens[end - 1].text)) break;
    --end;
  }
  return best;
}

Tree Grammar::whole() const {
  const Item* best = best_whole();
  if (best == nullptr || !best->made.doubt.empty()) return nullptr;
  return tree_of(*best);
}

std::string Grammar::complaint() const {
  const Item* best = best_whole();
  if (best != nullptr && !best->made.doubt.empty()) return best->made.doubt;
  for (const Item& item : chart_.beginning_at(0)) {
    if (item.end != in_.size()) continue;
    const std::string text = in_.phrase();
    if (std::holds_alternative<Duration>(item.made.value)) {
      return "\"" + text + "\" is a length of time: write \"in " + text + "\" or \"" + text +
             " ago\"";
    }
    const auto* quantity = std::get_if<Quantity>(&item.made.value);
    if (quantity != nullptr && quantity->whole() && best == nullptr) {
      const std::string number = std::to_string(*quantity->whole());
      return "\"" + text + "\" is unclear: write \"at " + number +
             ":00\" for a time of day, \"on the " + number + "\" for a day of the month, or \"in " +
             number + " days\"";
    }
  }
  const std::size_t unknown = chart_.first_unknown();
  if (!chart_.hint().empty() && unknown == in_.size()) return chart_.hint();
  std::string text =
      "expected a date or time such as \"2026-03-16T15:00:00+01:00\", \"tomorrow 3pm\", \"next "
      "tuesday\" or \"in 2 hours\"";
  if (unknown == in_.size()) return text;
  return text + "; \"" + in_.tokens()[unknown].text + "\" is not understood";
}

std::optional<Grammar::Found> Grammar::at(std::size_t token) const {
  if (token >= in_.size()) return std::nullopt;
  const Item* best = nullptr;
  for (const Item& item : chart_.beginning_at(token)) {
    if (is_time(item) && can_end(in_.tokens(), item.end) && is_longer_or_better(item, best)) {
      best = &item;
    }
  }
  return best == nullptr ? std::nullopt : std::optional(found(*best));
}

bool Grammar::stands_in_sentence(const Item& item) const {
  const std::vector<Token>& tokens = in_.tokens();
  if (!is_time(item) || item.made.weak || !can_end(tokens, item.end)) return false;
  if (item.made.loose && !phrase_ends(tokens, item.end)) return false;
  const bool the = tokens[item.begin].text == "the" && item.end - item.begin == 2;
  if (the) return stands_alone(tokens[item.begin + 1]);
  if (item.end - item.begin > 1) return true;
  const bool number_follows =
      item.end < tokens.size() && tokens[item.end].kind == Token::Kind::Number;
  return stands_alone(tokens[item.begin]) && !number_follows;
}

std::optional<Grammar::Found> Grammar::first(bool last_resort) const {
  for (std::size_t begin = 0; begin < in_.size(); ++begin) {
    if (!can_begin(in_.tokens(), begin)) continue;
    const Item* best = nullptr;
    for (const Item& item : chart_.beginning_at(begin)) {
      if (item.made.last_resort == last_resort && stands_in_sentence(item) &&
          is_longer_or_better(item, best)) {
        best = &item;
      }
    }
    if (best != nullptr) return found(*best);
  }
  return std::nullopt;
}

/// The whole text may be one word, but no bare year, and no "jan", which is somebody.
bool Grammar::is_a_text(const Item& item) const {
  const auto* moment = std::get_if<Moment>(&item.made.value);
  const bool month = moment != nullptr && moment->date && only_month(*moment->date);
  const Token& token = in_.tokens()[item.begin];
  const bool short_month = month && item.end == item.begin + 1 && token.text.size() <= 4 &&
                           token.text != "may" && token.text != "june" && token.text != "july";
  return !item.made.weak && !short_month && tree_of(item) != nullptr;
}

std::optional<Grammar::Found> Grammar::first() const {
  if (const Item* whole = best_whole(); whole != nullptr && is_a_text(*whole)) return found(*whole);
  auto sure = first(false);
  return sure ? sure : first(true);
}

}  // namespace common::words
