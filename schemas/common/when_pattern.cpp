#include "schemas/common/when_pattern.hpp"

#include <algorithm>
#include <stdexcept>

#include "schemas/common/when_rules.hpp"
#include "schemas/common/when_tags.hpp"

namespace common::words {
namespace {

constexpr std::size_t kTagBits = 64;

std::string without_apostrophes(std::string_view word) {
  std::string plain(word);
  std::erase(plain, '\'');
  return plain.empty() ? std::string(word) : plain;
}

std::vector<std::string_view> pieces(std::string_view text, char separator) {
  std::vector<std::string_view> found;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    if (end > 0) found.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return found;
}

}  // namespace

Rules::Rules(std::span<const std::span<const Rule>> tables) : by_word_(1), by_tag_(kTagBits) {
  for (const std::span<const Rule> table : tables) {
    for (const Rule& rule : table) add(rule);
  }
  for (std::uint32_t i = 0; i < variants_.size(); ++i) {
    const Step& first = variants_[i].steps.front();
    for (const WordId word : first.words) by_word_[word].push_back(i);
    for (std::size_t bit = 0; bit < kTagBits; ++bit) {
      if ((first.tag >> bit & 1) != 0) by_tag_[bit].push_back(i);
    }
  }
}

WordId Rules::id_of(std::string_view word) const {
  const auto found = words_.find(without_apostrophes(word));
  return found == words_.end() ? kNoWord : found->second;
}

std::span<const std::uint32_t> Rules::beginning_with(WordId word) const {
  return word == kNoWord ? std::span<const std::uint32_t>() : by_word_[word];
}

std::span<const std::uint32_t> Rules::beginning_with_tag(std::size_t bit) const {
  return by_tag_[bit];
}

WordId Rules::add_word(std::string_view word) {
  const auto next = static_cast<WordId>(by_word_.size());
  const auto [entry, is_new] = words_.emplace(without_apostrophes(word), next);
  if (is_new) by_word_.emplace_back();
  return entry->second;
}

Step Rules::step_of(std::string_view text) {
  Step step;
  if (text.size() > 1 && text.starts_with('_')) {
    step.glued = true;
    text.remove_prefix(1);
  }
  if (text.size() > 2 && text.starts_with('<') && text.ends_with('>')) {
    const auto tag = tag_named(text.substr(1, text.size() - 2));
    if (!tag) throw std::logic_error("no tag " + std::string(text));
    step.tag = *tag;
    return step;
  }
  for (const std::string_view word : pieces(text, '|')) step.words.push_back(add_word(word));
  return step;
}

void Rules::add(const Rule& rule) {
  std::vector<Variant> open{{.rule = &rule}};
  for (std::string_view text : pieces(rule.pattern, ' ')) {
    const bool optional = text.size() > 1 && text.ends_with('?');
    if (optional) text.remove_suffix(1);
    const Step step = step_of(text);
    const std::size_t count = open.size();
    for (std::size_t i = 0; i < count; ++i) {
      if (optional) open.push_back(open[i]);
      open[i].steps.push_back(step);
    }
  }
  for (Variant& variant : open) {
    if (variant.steps.empty()) throw std::logic_error("a pattern of nothing");
    variants_.push_back(std::move(variant));
  }
}

const Rules& all_rules() {
  static const Rules rules(rule_tables());
  return rules;
}

}  // namespace common::words
