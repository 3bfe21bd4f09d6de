#include "schemas/common/when_grammar.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "schemas/common/when_names.hpp"
#include "schemas/common/when_tags.hpp"

namespace common::words {
namespace {

template <std::size_t Size>
bool contains(const std::array<std::string_view, Size>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

/// One word that in a sentence is a time without company: no verb, no name, no greeting.
bool stands_alone(const Token& token) {
  constexpr std::array<std::string_view, 29> kNeverAlone = {
      "lent",    "noel",      "advent",   "hola",      "silvester", "sylvester",
      "march",   "may",       "second",   "spring",    "fall",      "end",
      "lunch",   "lunchtime", "morning",  "evening",   "night",     "eve",
      "dinner",  "dawn",      "dusk",     "sunset",    "afternoon", "sunrise",
      "teatime", "brunch",    "twilight", "breakfast", "bedtime"};
  constexpr std::size_t kShort = 4;
  if (token.kind != Token::Kind::Word || contains(kNeverAlone, token.text)) return false;
  constexpr std::array<std::string_view, 11> kShortWords = {
      "mon", "tue", "thu", "fri", "tmr", "tmw", "now", "eod", "eom", "eoy", "eow"};
  return token.text.size() >= kShort || contains(kShortWords, token.text);
}

/// A sign that glues what is around it to one name: "report-2026-03-16", "user@monday". A long dash
/// is punctuation.
bool glues(const Token& sign) {
  constexpr std::array<std::string_view, 6> kGlue = {"-", "_", "/", ".", "@", "\\"};
  return sign.kind == Token::Kind::Sign && contains(kGlue, sign.text) && sign.end == sign.begin + 1;
}

/// Glued to what stands before: "IMG20260316", "$5", "non-friday".
bool is_amid_name(const std::vector<Token>& tokens, std::size_t at) {
  using Kind = Token::Kind;
  if (at == 0 || !tokens[at].glued) return false;
  const Token& before = tokens[at - 1];
  const bool number = tokens[at].kind == Kind::Number;
  if (before.kind == Kind::Word) return number || tokens[at].text == "@";
  constexpr std::array<std::string_view, 3> kCounts = {"$", "#", "%"};
  if (number && contains(kCounts, before.text)) return true;
  return glues(before) && before.glued && at > 1 && tokens[at - 2].kind != Kind::Sign;
}

/// A phrase does not begin with a sign, nor amid a number ("10/2018" of "6/10/2018").
bool can_begin(const std::vector<Token>& tokens, std::size_t at) {
  if (is_amid_name(tokens, at)) return false;
  using Kind = Token::Kind;
  if (tokens[at].kind == Kind::Sign && tokens[at].text != "+" && tokens[at].text != "-" &&
      tokens[at].text != "~" && tokens[at].text != "@") {
    return false;
  }
  if (at == 0) return true;
  const Token& before = tokens[at - 1];
  if (before.kind == Kind::Word && tokens[at].kind == Kind::Number && month_named(before.text)) {
    return false;  // "february 30th", which is none
  }
  const bool of_day =
      before.text == "of" && at > 1 && tokens[at].kind == Kind::Word &&
      (tokens[at - 2].kind == Kind::Number || is_ordinal_ending(tokens[at - 2].text));
  if (of_day && month_named(tokens[at].text)) return false;  // "the 31st of june"
  const bool joined = tokens[at].glued && before.kind == Kind::Sign && before.text != "(" &&
                      before.text != "'" && before.text != "\"" && before.text != "[" && at > 1 &&
                      tokens[at - 2].kind == Kind::Number && before.glued;
  return !joined && before.kind != Kind::Number;
}

/// "monday.com", "december-ish"; but a sentence may begin without a blank: "monday.Then".
bool goes_on_as_name(const std::string& phrase, const std::vector<Token>& tokens, std::size_t end) {
  const auto is_small = [&](const Token& word) {
    return word.glued && word.kind == Token::Kind::Word &&
           std::isupper(static_cast<unsigned char>(phrase[word.begin])) == 0;
  };
  const Token& sign = tokens[end];
  if (!sign.glued) return false;
  if (tokens[end - 1].text == "." && is_small(sign)) return true;  // "mon." + "com"
  if (sign.text == "%") return true;
  if (!glues(sign) || sign.text == "/" || end + 1 >= tokens.size()) return false;
  return is_small(tokens[end + 1]);
}

/// "30 min" of "14 March 30 min" is a length of its own.
bool length_follows(const std::vector<Token>& tokens, std::size_t end) {
  return end + 1 < tokens.size() && tokens[end].kind == Token::Kind::Number && !tokens[end].glued &&
         tokens[end + 1].kind == Token::Kind::Word && unit_named(tokens[end + 1].text).has_value();
}

/// Nor does it end amid one: "10.1" of "10.1.2.3".
bool can_end(const std::string& phrase, const std::vector<Token>& tokens, std::size_t end) {
  if (end >= tokens.size()) return true;
  const Token& next = tokens[end];
  if (goes_on_as_name(phrase, tokens, end) || next.text == "bc" || next.text == "bce") return false;
  if (next.kind == Token::Kind::Number) {
    return !next.glued &&
           (tokens[end - 1].kind != Token::Kind::Number || length_follows(tokens, end));
  }
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
  if (end >= tokens.size() || length_follows(tokens, end)) return true;
  const Token& next = tokens[end];
  if (next.kind == Token::Kind::Sign) {
    return next.text != "-" && next.text != "/" && next.text != "%" && next.text != "$";
  }
  return next.kind == Token::Kind::Word && contains(kGoOn, next.text);
}

/// "version 3.4", "John 3:16": a word that says what the number after it counts.
bool counts_something(const std::vector<Token>& tokens, const Item& item) {
  constexpr std::array<std::string_view, 40> kCounted = {
      "version", "v",       "ver",     "chapter", "page",    "section", "room",   "flight",
      "gate",    "order",   "invoice", "ticket",  "no",      "number",  "step",   "part",
      "size",    "ratio",   "score",   "verse",   "episode", "level",   "route",  "platform",
      "line",    "figure",  "table",   "item",    "won",     "lost",    "john",   "luke",
      "matthew", "genesis", "psalm",   "psalms",  "romans",  "exodus",  "isaiah", "scored"};
  std::size_t before = item.begin;
  if (before > 1 && tokens[before - 1].text == ".") --before;  // "no. 5"
  if (before == 0 || !contains(kCounted, tokens[before - 1].text)) return false;
  const auto* moment = std::get_if<Moment>(&item.made.value);
  if (moment != nullptr && moment->date && moment->date->year && moment->date->day) return false;
  for (std::size_t i = item.begin; i < item.end; ++i) {
    if (tokens[i].kind == Token::Kind::Word) return false;
  }
  return true;
}

/// "29 feb" of "29 feb 2021", "2026 jan" of "2026 jan 33": the rest says that there is no such day.
bool is_cut_off(const std::vector<Token>& tokens, const Item& item) {
  const auto* moment = std::get_if<Moment>(&item.made.value);
  if (moment == nullptr || !moment->date || !moment->date->month || moment->has_time())
    return false;
  if (item.end >= tokens.size() || tokens[item.end].kind != Token::Kind::Number) return false;
  const Date& date = *moment->date;
  const std::size_t digits = tokens[item.end].text.size();
  return date.day ? !date.year && digits == 4 : date.year && digits <= 2;
}

/// "now and then".
bool is_idiom(const std::vector<Token>& tokens, const Item& item) {
  if (item.end + 1 >= tokens.size() || tokens[item.end - 1].text != "now") return false;
  const std::string& first = tokens[item.end].text;
  const std::string& second = tokens[item.end + 1].text;
  return (first == "and" && (second == "then" || second == "again")) ||
         (first == "or" && second == "never");
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
    if (is_time(item) && can_end(in_.phrase(), in_.tokens(), item.end) &&
        is_longer_or_better(item, best)) {
      best = &item;
    }
  }
  return best == nullptr ? std::nullopt : std::optional(found(*best));
}

bool Grammar::stands_in_sentence(const Item& item) const {
  const std::vector<Token>& tokens = in_.tokens();
  if (!is_time(item) || item.made.weak || !can_end(in_.phrase(), tokens, item.end)) return false;
  if (counts_something(tokens, item) || is_idiom(tokens, item) || is_cut_off(tokens, item)) {
    return false;
  }
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

/// "9 to 5", "2 - 15": two numbers that are all there is. What they are is in doubt.
std::optional<Grammar::Found> Grammar::bare_range() const {
  for (const Item& item : chart_.beginning_at(0)) {
    const auto* range = std::get_if<Range>(&item.made.value);
    if (item.end != in_.size() || range == nullptr || !range->from.number) continue;
    const Tree tree = tree_of_numbers(*range);
    if (tree == nullptr) return std::nullopt;
    return Found{.tree = tree, .begin = 0, .next = item.end, .doubt = chart_.hint()};
  }
  return std::nullopt;
}

std::optional<Grammar::Found> Grammar::first() const {
  if (const Item* whole = best_whole(); whole != nullptr && is_a_text(*whole)) return found(*whole);
  if (auto numbers = bare_range()) return numbers;
  auto sure = first(false);
  return sure ? sure : first(true);
}

}  // namespace common::words
