#include "servers/email/triage/asks.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include "servers/email/triage/sentences.hpp"
#include "servers/email/triage/words.hpp"

namespace email::triage {
namespace {

constexpr std::size_t kWordsMax = 120;
constexpr std::size_t kSentencesMax = 150;
constexpr std::size_t kTextMax = 16 * 1024;

using Words = std::vector<std::string>;

std::string_view at(const Words& words, std::size_t index) {
  return index < words.size() ? std::string_view(words[index]) : std::string_view{};
}

void add_runs(Hashed& hashed, const Words& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    hashed.add('1', words[i]);
    hashed.add('2', words[i], at(words, i + 1));
    hashed.add('3', words[i], at(words, i + 1), at(words, i + 2));
    hashed.add('_', words[i], at(words, i + 2));  // Whatever stands between.
  }
}

/// A request may begin in the middle: "It is late, so please call me".
void add_beginnings(Hashed& hashed, const Words& words) {
  constexpr std::array<std::string_view, 9> kBefore = {",",  ":",  "and", "then",  "so",
                                                       "but", "if", "or",  "please"};
  hashed.add('^', at(words, 0));
  hashed.add('^', at(words, 0), at(words, 1));
  hashed.add('^', at(words, 0), at(words, 1), at(words, 2));
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (std::ranges::find(kBefore, words[i]) != kBefore.end()) hashed.add('c', words[i + 1]);
  }
}

void add_form(Hashed& hashed, const Words& words, std::string_view sentence) {
  const auto has = [&](std::string_view word) {
    return std::ranges::find(words, word) != words.end();
  };
  if (!words.empty() && words.back() == "?") {
    hashed.add('q', "");
    hashed.add('q', at(words, 0));
    hashed.add('q', at(words, 0), at(words, 1));
  }
  if (has("?")) hashed.add('f', "question");
  if (has("you") || has("your")) hashed.add('f', "you");
  if (has("link")) hashed.add('f', "link");
  hashed.add('l', std::to_string(std::min<std::size_t>(8, words.size() / 4)));
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (std::ranges::search_n(sentence, 4, true, {}, capital).size() > 0) hashed.add('f', "capitals");
}

}  // namespace

Sample asks_sample(std::string_view sentence) {
  Hashed hashed(kAsksBuckets);
  const Words found = words(sentence, kWordsMax);
  add_runs(hashed, found);
  add_beginnings(hashed, found);
  add_form(hashed, found, sentence);
  return {.signals = {}, .buckets = std::move(hashed).take()};
}

double asks_probability(std::string_view sentence, const Model& model) {
  return probability(score(model, asks_sample(sentence)).total);
}

Ask find_ask(std::string_view text, const Model& model) {
  Ask best;
  for (std::string& sentence : sentences(new_text(text.substr(0, kTextMax)), kSentencesMax)) {
    const double found = asks_probability(sentence, model);
    if (found > best.probability) best = {.probability = found, .sentence = std::move(sentence)};
  }
  return best;
}

}  // namespace email::triage
