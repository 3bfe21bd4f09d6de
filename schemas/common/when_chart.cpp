#include "schemas/common/when_chart.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "schemas/common/when_lexicon.hpp"
#include "schemas/common/when_tags.hpp"

namespace common::words {
namespace {

constexpr std::size_t kItemsMax = 200;
constexpr std::size_t kFollowsMax = 50'000;  ///< From one token on.
/// An unclear reading counts less than one that is not.
constexpr int kDoubt = -3;

}  // namespace

int Match::number(std::size_t i) const {
  if (const auto* ordinal = std::get_if<Ordinal>(&items_[i]->made.value)) return ordinal->n;
  return get<Quantity>(i).whole().value_or(0);
}

bool Match::said(std::string_view word) const {
  return std::ranges::any_of(words_, [&](std::size_t i) { return tokens()[i].text == word; });
}

Chart::Chart(const Rules& rules, Cursor& in, std::size_t span_max)
    : rules_(rules), in_(in), items_(in.tokens().size() + 1), span_max_(span_max) {
  bool quoted = false;
  for (const Token& token : in.tokens()) {
    if (token.text == "'") quoted = true;
    // "King' day": an apostrophe that neither ends a quotation nor makes a plural's possessive.
    const bool odd = token.end - token.begin > token.text.size() && !token.text.ends_with('s') &&
                     in_.phrase()[token.end - 1] == '\'' && !quoted;
    words_.push_back(odd ? kNoWord : rules.id_of(token.text));
  }
  for (std::size_t i = in.tokens().size(); i-- > 0;) fill(i);
}

std::size_t Chart::first_unknown() const {
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if (words_[i] == kNoWord && items_[i].empty()) return i;
  }
  return words_.size();
}

void Chart::fill(std::size_t begin) {
  steps_ = 0;
  in_.begin_at(begin);
  for (Reading& reading : readings_at(in_, hint_))
    add(begin, reading.end, std::move(reading.made), 0);
  Match match(in_, hint_);
  match.begin_ = begin;
  for (const std::uint32_t i : rules_.beginning_with(words_[begin])) {
    match.words_.push_back(begin);
    follow(rules_.variants()[i], 1, begin + 1, match);
    match.words_.pop_back();
  }
  // By index: what is added meanwhile is looked at, too.
  for (std::size_t k = 0; k < items_[begin].size(); ++k) {
    const Item& item = items_[begin][k];
    match.items_.push_back(&item);
    for (Tags tags = item.tags; tags != 0; tags &= tags - 1) {
      const auto bit = static_cast<std::size_t>(std::countr_zero(tags));
      for (const std::uint32_t i : rules_.beginning_with_tag(bit)) {
        follow(rules_.variants()[i], 1, item.end, match);
      }
    }
    match.items_.pop_back();
  }
}

void Chart::follow(const Variant& variant, std::size_t step, std::size_t token, Match& match) {
  if (++steps_ > kFollowsMax || token - match.begin_ > span_max_) return;
  ++work_;
  if (step == variant.steps.size()) return finish(variant, token, match);
  if (token >= words_.size()) return;
  const Step& next = variant.steps[step];
  if (next.glued && !in_.tokens()[token].glued) return;
  if (next.tag == 0) {
    if (std::ranges::find(next.words, words_[token]) == next.words.end()) return;
    match.words_.push_back(token);
    follow(variant, step + 1, token + 1, match);
    match.words_.pop_back();
    return;
  }
  for (const Item& item : items_[token]) {
    if ((item.tags & next.tag) == 0) continue;
    match.items_.push_back(&item);
    follow(variant, step + 1, item.end, match);
    match.items_.pop_back();
  }
}

void Chart::finish(const Variant& variant, std::size_t end, Match& match) {
  match.argument_ = variant.rule->argument;
  match.end_ = end;
  std::optional<Made> made = variant.rule->make(match);
  if (!made) return;
  int score = variant.rule->score;
  for (const Item* item : match.items_) {
    score += item->score;
    if (made->doubt.empty()) made->doubt = item->made.doubt;
  }
  add(match.begin_, end, std::move(*made), score);
}

/// Of readings that patterns cannot tell apart the best is kept.
void Chart::add(std::size_t begin, std::size_t end, Made made, int score) {
  std::deque<Item>& items = items_[begin];
  if (items.size() >= kItemsMax) return;
  if (!made.doubt.empty() && score >= 0) score += kDoubt;
  Item item{.made = std::move(made), .begin = begin, .end = end, .score = score};
  item.tags = tags_of(item);
  if (item.tags == 0) return;
  const bool known = std::ranges::any_of(items, [&](const Item& other) {
    return other.end == end && other.tags == item.tags && other.made.weak == item.made.weak &&
           other.score >= score;
  });
  if (!known) items.push_back(std::move(item));
}

}  // namespace common::words
