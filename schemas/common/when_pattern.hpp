#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "schemas/common/when_item.hpp"

namespace common::words {

using WordId = std::uint32_t;
constexpr WordId kNoWord = 0;  ///< A word that no pattern names.

/// One step of a pattern: a token that is one of the words, or an item that has the tag.
struct Step {
  std::vector<WordId> words{};
  Tags tag{};
  bool glued{};
};

/// A pattern without its optional steps: a rule has as many of these as there are ways to leave
/// them out.
struct Variant {
  std::vector<Step> steps{};
  const Rule* rule{};
};

/// All rules, made ready: immutable, made once, shared between threads.
class Rules final {
 public:
  /// The rules outlive it. Throws std::logic_error for a pattern that cannot be read.
  explicit Rules(std::span<const std::span<const Rule>> tables);

  /// The id of a token's word; apostrophes do not count.
  WordId id_of(std::string_view word) const;
  const std::vector<Variant>& variants() const { return variants_; }
  /// Which variants begin with that word, or with the tag of that bit.
  std::span<const std::uint32_t> beginning_with(WordId word) const;
  std::span<const std::uint32_t> beginning_with_tag(std::size_t bit) const;

 private:
  WordId add_word(std::string_view word);
  Step step_of(std::string_view text);
  void add(const Rule& rule);

  std::unordered_map<std::string, WordId> words_{};
  std::vector<Variant> variants_{};
  std::vector<std::vector<std::uint32_t>> by_word_{};
  std::vector<std::vector<std::uint32_t>> by_tag_{};
};

/// The rules of this house.
const Rules& all_rules();

}  // namespace common::words
