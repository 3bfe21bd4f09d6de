#include "schemas/common/when_cursor.hpp"

#include <algorithm>

namespace common::words {
namespace {

constexpr std::size_t kStepsMax = 20000;

}  // namespace

const Token* Cursor::peek(std::size_t ahead) const {
  if (steps_ > kStepsMax) return nullptr;
  return at_ + ahead < tokens_.size() ? &tokens_[at_ + ahead] : nullptr;
}

bool Cursor::next_is(std::string_view text, std::size_t ahead) const {
  const Token* token = peek(ahead);
  return token != nullptr && token->text == text;
}

bool Cursor::next_is_number(std::size_t ahead) const {
  const Token* token = peek(ahead);
  return token != nullptr && token->kind == Token::Kind::Number;
}

std::string_view Cursor::previous() const {
  return at_ == 0 ? std::string_view() : tokens_[at_ - 1].text;
}

void Cursor::advance(std::size_t count) {
  at_ += count;
  ++steps_;
  furthest_ = std::max(furthest_, at_);
}

void Cursor::begin_at(std::size_t position) {
  at_ = position;
  furthest_ = position;
  steps_ = 0;
}

bool Cursor::take(std::string_view text) {
  if (!next_is(text)) return false;
  advance();
  return true;
}

bool Cursor::take_glued(std::string_view text) {
  return next_is(text) && peek()->glued && take(text);
}

std::optional<int> Cursor::take_number(std::size_t digits_min, std::size_t digits_max) {
  const Token* token = peek();
  if (token == nullptr || token->kind != Token::Kind::Number || token->text.size() < digits_min ||
      token->text.size() > digits_max) {
    return std::nullopt;
  }
  advance();
  return static_cast<int>(token->value);
}

std::string Cursor::words_since(std::size_t token) const {
  if (token >= at_) return {};
  const std::size_t begin = tokens_[token].begin;
  return phrase_.substr(begin, tokens_[at_ - 1].end - begin);
}

std::string Cursor::rest() const {
  return at_end() ? std::string() : phrase_.substr(tokens_[at_].begin);
}

std::string_view Cursor::first_unread() const {
  return furthest_ < tokens_.size() ? std::string_view(tokens_[furthest_].text)
                                    : std::string_view();
}

}  // namespace common::words
