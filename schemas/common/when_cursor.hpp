#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/common/when_tokens.hpp"

namespace common::words {

/// A place among the tokens of a phrase. What `take...` finds it steps over; what it does not find,
/// it leaves.
class Cursor final {
 public:
  explicit Cursor(std::string_view phrase) : phrase_(phrase), tokens_(tokens_of(phrase)) {}

  const std::string& phrase() const { return phrase_; }
  std::size_t position() const { return at_; }
  void move_to(std::size_t position) { at_ = position; }
  /// Begins a reading of its own at that token.
  void begin_at(std::size_t position);
  std::size_t size() const { return tokens_.size(); }
  const std::vector<Token>& tokens() const { return tokens_; }
  /// The byte in the phrase where that token begins.
  std::size_t begin_of(std::size_t token) const { return tokens_[token].begin; }
  bool at_end() const { return at_ >= tokens_.size(); }

  /// Null at the end, and for good once a phrase has taken more steps than any sensible one: so no
  /// phrase can keep a grammar busy.
  const Token* peek(std::size_t ahead = 0) const;
  bool next_is(std::string_view text, std::size_t ahead = 0) const;
  bool next_is_number(std::size_t ahead = 0) const;
  /// The token before; empty at the start.
  std::string_view previous() const;

  void advance(std::size_t count = 1);
  bool take(std::string_view text);
  template <class... Texts>
  bool take_any(Texts... texts) {
    return (take(texts) || ...);
  }
  /// A token with no blank before it.
  bool take_glued(std::string_view text);
  std::optional<int> take_number(std::size_t digits_min, std::size_t digits_max);
  /// A word that `named` knows.
  template <class Value>
  std::optional<Value> take_named(std::optional<Value> (*named)(std::string_view)) {
    const Token* token = peek();
    if (token == nullptr || token->kind != Token::Kind::Word) return std::nullopt;
    const std::optional<Value> value = named(token->text);
    if (value) advance();
    return value;
  }

  /// The phrase's own words from that token up to here.
  std::string words_since(std::size_t token) const;
  /// The phrase's own words of the tokens from `begin` to before `end`, of which there are some.
  std::string words_between(std::size_t begin, std::size_t end) const {
    return phrase_.substr(tokens_[begin].begin, tokens_[end - 1].end - tokens_[begin].begin);
  }
  /// The phrase's own words from here on.
  std::string rest() const;
  /// The first word that no production has taken; empty if all were.
  std::string_view first_unread() const;

 private:
  std::string phrase_;
  std::vector<Token> tokens_;
  std::size_t at_{};
  std::size_t furthest_{};
  std::size_t steps_{};
};

}  // namespace common::words
