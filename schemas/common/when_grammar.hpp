#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "schemas/common/when_chart.hpp"
#include "schemas/common/when_cursor.hpp"
#include "schemas/common/when_tree.hpp"

namespace common::words {

/// Dates in words: reads a text once, by the rules of when_rules_*.cpp, and answers what the whole
/// of it is, or which times are in it. Knows no clock: a tree says what the words say.
class Grammar final {
 public:
  explicit Grammar(std::string_view phrase);

  /// The tree of the whole phrase; null when it is not one, or is one of several: see complaint().
  Tree whole() const;
  /// After `whole` gave null: what was expected, or what an unclear phrase could mean.
  std::string complaint() const;

  /// A time, the tokens it is, and, where it has several readings, which.
  struct Found {
    Tree tree{};
    std::size_t begin{};
    std::size_t next{};
    std::string doubt{};
  };
  /// The longest time that begins at this token.
  std::optional<Found> at(std::size_t token) const;
  /// The first time of a sentence: the whole of it, if it is one; else, from the earliest word that
  /// begins one, the longest.
  std::optional<Found> first() const;

  const Cursor& tokens() const { return in_; }

 private:
  const Item* best_whole() const;
  std::optional<Found> first(bool last_resort) const;
  std::optional<Found> bare_range() const;
  bool is_a_text(const Item& item) const;
  bool stands_in_sentence(const Item& item) const;

  Cursor in_;
  Chart chart_;
};

}  // namespace common::words
