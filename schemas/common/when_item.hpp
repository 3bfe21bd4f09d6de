#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "schemas/common/when_cursor.hpp"
#include "schemas/common/when_moment.hpp"
#include "schemas/common/when_tokens.hpp"
#include "schemas/common/when_tree.hpp"

/// What the rules of dates in words are made of: items, each the reading of some tokens.
namespace common::words {

/// A number: "2", "2.5", "3/4", "twenty-five", "a couple of".
struct Quantity {
  std::int64_t numerator{};
  std::int64_t denominator{1};
  int digits{};          ///< How many were written; 0 for words.
  bool part_of_clock{};  ///< "3" of "3:30" or "3pm": no day or hour by itself.
  bool counts{};         ///< "30" of "30 min": a word stands behind it that it may count.
  bool vague{};          ///< "a few": nor is this.

  std::optional<int> whole() const {
    return denominator == 1 ? std::optional(static_cast<int>(numerator)) : std::nullopt;
  }
};
/// "first" 1, "2nd" 2, "last" -1, "second to last" -2.
struct Ordinal {
  int n{};
};
/// "am", "p.m."
struct Meridiem {
  bool after_noon{};
};

/// What an item says. A Tree is a time that nothing can be joined to, such as "since monday".
using Value = std::variant<Quantity, Ordinal, Unit, Which, Third, Place, Meridiem, Duration, Moment,
                           Range, Tree>;

/// What a rule makes of its parts.
struct Made {
  Value value{};
  /// No time by itself ("2026", "the week", "9-10"), though a part of one.
  bool weak{};
  /// In a sentence, a time only if a phrase ends after it: "at 3", but not "at 3 points".
  bool loose{};
  /// In a sentence, taken only if it has no other time: "for 5 minutes".
  bool last_resort{};
  std::string doubt{};  ///< What else it could mean.

  template <class What>
  requires std::constructible_from<Value, What> Made(What what) : value(std::move(what)) {}
  Made&& as_weak() && {
    weak = true;
    return std::move(*this);
  }
  Made&& as_loose() && {
    loose = true;
    return std::move(*this);
  }
};

/// Which patterns an item fits, one bit a tag: see when_tags.
using Tags = std::uint64_t;

struct Item {
  Made made;
  std::size_t begin{};  ///< Tokens.
  std::size_t end{};
  int score{};  ///< Of two readings of the same tokens the higher counts.
  Tags tags{};
};

/// Why words that look like a time are none; of several reasons the one that begins first counts.
struct Hint {
  std::size_t begin{};
  std::string why{};

  void set(std::size_t at, std::string reason) {
    if (!why.empty() && begin <= at) return;
    begin = at;
    why = std::move(reason);
  }
};

/// The parts that a rule's pattern found.
class Match final {
 public:
  /// All outlive it.
  Match(const Cursor& in, Hint& hint) : in_(in), hint_(hint) {}

  std::size_t size() const { return items_.size(); }
  const Item& item(std::size_t i) const { return *items_[i]; }
  template <class What>
  const What& get(std::size_t i) const {
    return std::get<What>(items_[i]->made.value);
  }
  const Moment& moment(std::size_t i) const { return get<Moment>(i); }
  const Duration& duration(std::size_t i) const { return get<Duration>(i); }
  /// Of a whole Quantity or an Ordinal.
  int number(std::size_t i) const;
  /// True if one of its words (outside of its items) is that.
  bool said(std::string_view word) const;
  std::size_t begin() const { return begin_; }
  std::size_t argument() const { return argument_; }
  const std::vector<Token>& tokens() const { return in_.tokens(); }
  /// The words of the text that it is about.
  std::string words() const { return in_.words_between(begin_, end_); }
  /// Why the words are no time, should no other rule fit.
  void hint(std::string why) const { hint_.set(begin_, std::move(why)); }

 private:
  friend class Chart;
  const Cursor& in_;
  Hint& hint_;
  std::vector<const Item*> items_{};
  std::vector<std::size_t> words_{};  ///< Tokens that literals took.
  std::size_t begin_{};
  std::size_t end_{};
  std::size_t argument_{};
};

/// A rule: where its pattern fits, `make` says what the words mean, or nothing.
///
/// A pattern is words and tags with blanks between: "the? day|days before <moment>". `a|b` is
/// either, `?` after a word or tag means that it may be missing, `_` before it that no blank stands
/// before it. Tags are listed in when_tags.
struct Rule {
  std::string_view pattern{};
  std::optional<Made> (*make)(const Match& match){};
  int score{};             ///< Added to the sum of its parts.
  std::size_t argument{};  ///< For a `make` that several rules share: Match::argument().
};

}  // namespace common::words
