#include "schemas/common/when_spelling.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace common::words {
namespace {

constexpr std::size_t kShortest = 5;
constexpr std::size_t kLongest = 12;

struct Name {
  std::string_view word{};
  std::size_t mistakes{1};
};
constexpr auto kNames = std::to_array<Name>({
    {"monday"},      {"tuesday"},  {"wednesday", 2}, {"thursday"},     {"friday"},
    {"saturday"},    {"sunday"},   {"january"},      {"february", 2},  {"august"},
    {"october"},     {"november"}, {"tonight"},      {"september", 2}, {"yesterday", 2},
    {"tomorrow", 2}, {"december"}, {"weekend"},      {"afternoon"},
});
constexpr std::array<std::string_view, 3> kOtherWords = {"sundry", "weakend", "midday"};

/// How many letters are wrong, missing, too many or swapped with their neighbour (optimal string
/// alignment).
std::size_t mistakes_between(std::string_view one, std::string_view other) {
  using Row = std::array<std::size_t, kLongest + 1>;
  Row before_last{};
  Row last{};
  for (std::size_t j = 0; j <= other.size(); ++j) last.at(j) = j;
  for (std::size_t i = 1; i <= one.size(); ++i) {
    Row row{};
    row.at(0) = i;
    for (std::size_t j = 1; j <= other.size(); ++j) {
      const std::size_t wrong = one[i - 1] == other[j - 1] ? 0 : 1;
      row.at(j) = std::min({last.at(j) + 1, row.at(j - 1) + 1, last.at(j - 1) + wrong});
      const bool swapped =
          i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
      if (swapped) row.at(j) = std::min(row.at(j), before_last.at(j - 2) + 1);
    }
    before_last = last;
    last = row;
  }
  return last.at(other.size());
}

bool has_same_letters(std::string_view one, std::string_view other) {
  return std::ranges::is_permutation(one, other);
}

}  // namespace

std::optional<std::string_view> misspelt_name(std::string_view word) {
  if (word.size() < kShortest || word.size() > kLongest) return std::nullopt;
  if (std::ranges::find(kOtherWords, word) != kOtherWords.end()) return std::nullopt;
  for (const Name& name : kNames) {
    const std::size_t longer = std::max(word.size(), name.word.size());
    const std::size_t shorter = std::min(word.size(), name.word.size());
    if (longer - shorter > name.mistakes || word == name.word) continue;
    const bool framed = word.front() == name.word.front() && word.back() == name.word.back();
    if (!framed && !has_same_letters(word, name.word)) continue;
    if (mistakes_between(word, name.word) <= name.mistakes) return name.word;
  }
  return std::nullopt;
}

}  // namespace common::words
