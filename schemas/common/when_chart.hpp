#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/common/when_cursor.hpp"
#include "schemas/common/when_item.hpp"
#include "schemas/common/when_pattern.hpp"

namespace common::words {

/// All readings of all parts of a text: a bottom-up chart. From the last token to the first, the
/// words and numbers that begin there become items, and each new item is offered to the rules whose
/// pattern begins with it; what follows a pattern's first step is complete by then. Items are at
/// most `span_max` tokens long and a token begins a limited number of them, so the work grows with
/// the length of the text and no faster.
class Chart final {
 public:
  static constexpr std::size_t kSpanMax = 40;

  /// Both outlive it.
  Chart(const Rules& rules, Cursor& in, std::size_t span_max = kSpanMax);

  const std::deque<Item>& beginning_at(std::size_t token) const { return items_[token]; }
  /// Why words that look like a time are none: "there is no day \"30 February\"".
  const std::string& hint() const { return hint_.why; }
  /// The first token that no rule and no name knows; the number of tokens if all are known.
  std::size_t first_unknown() const;
  /// How many steps of patterns were tried: the work it was.
  std::size_t work() const { return work_; }

 private:
  void fill(std::size_t begin);
  void follow(const Variant& variant, std::size_t step, std::size_t token, Match& match);
  void finish(const Variant& variant, std::size_t end, Match& match);
  void add(std::size_t begin, std::size_t end, Made made, int score);

  const Rules& rules_;
  Cursor& in_;
  std::vector<WordId> words_{};  ///< Of each token.
  std::vector<std::deque<Item>> items_{};
  Hint hint_{};
  std::size_t span_max_{};
  std::size_t steps_{};  ///< From the token that is being filled.
  std::size_t work_{};
};

}  // namespace common::words
