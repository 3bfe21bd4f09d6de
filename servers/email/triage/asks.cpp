#include "servers/email/triage/asks.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include "servers/email/triage/ascii.hpp"
#include "servers/email/triage/words.hpp"

namespace email::triage {
namespace {

constexpr std::size_t kWordsMax = 120;

using Words = std::vector<std::string>;

std::string_view at(const Words& words, std::size_t index) {
  return index < words.size() ? std::string_view(words[index]) : std::string_view{};
}

void add_runs(Keys& keys, const Words& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    keys.add('1', words[i]);
    keys.add('2', words[i], at(words, i + 1));
    keys.add('3', words[i], at(words, i + 1), at(words, i + 2));
    keys.add('_', words[i], at(words, i + 2));  // Whatever stands between.
  }
}

/// A request may begin in the middle: "It is late, so please call me".
void add_beginnings(Keys& keys, const Words& words) {
  constexpr std::array<std::string_view, 9> kBefore = {",",   ":",  "and", "then",  "so",
                                                       "but", "if", "or",  "please"};
  keys.add('^', at(words, 0));
  keys.add('^', at(words, 0), at(words, 1));
  keys.add('^', at(words, 0), at(words, 1), at(words, 2));
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (std::ranges::find(kBefore, words[i]) != kBefore.end()) keys.add('c', words[i + 1]);
  }
}

void add_form(Keys& keys, const Words& words, std::string_view sentence) {
  const auto has = [&](std::string_view word) {
    return std::ranges::find(words, word) != words.end();
  };
  if (!words.empty() && words.back() == "?") {
    keys.add('q', "");
    keys.add('q', at(words, 0));
    keys.add('q', at(words, 0), at(words, 1));
  }
  if (has("?")) keys.add('f', "question");
  if (has("you") || has("your")) keys.add('f', "you");
  if (has("link")) keys.add('f', "link");
  keys.add('l', std::to_string(std::min<std::size_t>(8, words.size() / 4)));
  if (std::ranges::search_n(sentence, 4, true, {}, is_upper).size() > 0) keys.add('f', "capitals");
}

}  // namespace

Sample asks_sample(std::string_view sentence) {
  Keys keys;
  const Words found = words(sentence, kWordsMax);
  add_runs(keys, found);
  add_beginnings(keys, found);
  add_form(keys, found, sentence);
  return {.signals = {}, .words = std::move(keys).take()};
}

double asks_probability(std::string_view sentence, const Model& model) {
  return probability(score(model, asks_sample(sentence)).total);
}

}  // namespace email::triage
