#include "schemas/common/when_tokens.hpp"

#include <array>
#include <cctype>

#include "schemas/common/when_names.hpp"
#include "schemas/common/when_spelling.hpp"

namespace common::words {
namespace {

constexpr std::size_t kDigitsMax = 9;
constexpr std::array<std::string_view, 5> kDashes = {"\u2010", "\u2011", "\u2012", "\u2013",
                                                     "\u2014"};
constexpr std::string_view kApostrophe = "\u2019";
constexpr std::string_view kHardBlank = "\u00a0";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80;
}

std::size_t dash_at(std::string_view text) {
  for (const std::string_view dash : kDashes) {
    if (text.starts_with(dash)) return dash.size();
  }
  return 0;
}

/// Brackets part words and say nothing.
std::size_t blank_at(std::string_view text) {
  if (text.starts_with(kHardBlank)) return kHardBlank.size();
  return is_blank(text.front()) || text.front() == '[' || text.front() == ']' ? 1 : 0;
}

Token number(std::string_view text) {
  std::size_t size = 0;
  while (size < text.size() && is_digit(text[size])) ++size;
  Token token{.kind = Token::Kind::Number, .text = std::string(text.substr(0, size)), .end = size};
  if (size > kDigitsMax) {
    token.kind = Token::Kind::Word;
    return token;
  }
  for (const char digit : token.text) token.value = token.value * 10 + (digit - '0');
  return token;
}

/// Letters, with apostrophes inside ("o'clock", "monday's").
Token word(std::string_view text) {
  Token token{.kind = Token::Kind::Word};
  std::size_t at = 0;
  while (at < text.size()) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with(kApostrophe) || rest.front() == '\'') {
      token.text.push_back('\'');
      at += rest.front() == '\'' ? 1 : kApostrophe.size();
    } else if (is_letter(rest.front()) && dash_at(rest) == 0 && blank_at(rest) == 0) {
      token.text.push_back(
          static_cast<char>(std::tolower(static_cast<unsigned char>(rest.front()))));
      ++at;
    } else {
      break;
    }
  }
  while (token.text.size() > 1 && token.text.back() == '\'') {
    token.text.pop_back();
  }
  token.end = at;
  return token;
}

Token next_token(std::string_view text) {
  if (is_digit(text.front())) return number(text);
  if (const std::size_t dash = dash_at(text); dash != 0) {
    return {.kind = Token::Kind::Sign, .text = "-", .end = dash};
  }
  if (is_letter(text.front())) return word(text);
  return {.kind = Token::Kind::Sign, .text = std::string(text.substr(0, 1)), .end = 1};
}

/// "lastmonth", "nextweek": the first word of two that nobody parted.
void part_glued(Token& token) {
  constexpr std::size_t kWhich = 4;
  if (token.kind != Token::Kind::Word || token.text.size() <= kWhich + 2 ||
      token.text.size() != token.end) {
    return;
  }
  const std::string_view first = std::string_view(token.text).substr(0, kWhich);
  if (first != "last" && first != "next" && first != "this") return;
  const std::string_view rest = std::string_view(token.text).substr(kWhich);
  if (!unit_named(rest) && !weekday_named(rest) && !part_named(rest) && rest != "weekend") return;
  token.text.resize(kWhich);
  token.end = kWhich;
}

}  // namespace

std::vector<Token> tokens_of(std::string_view phrase) {
  std::vector<Token> tokens;
  bool glued = false;
  std::size_t at = 0;
  while (at < phrase.size()) {
    const std::string_view rest = phrase.substr(at);
    if (const std::size_t blank = blank_at(rest); blank != 0) {
      at += blank;
      glued = false;
      continue;
    }
    Token token = next_token(rest);
    part_glued(token);
    if (token.kind == Token::Kind::Word) {
      if (const auto name = misspelt_name(token.text)) token.text = *name;
    }
    token.begin = at;
    token.end += at;
    token.glued = glued;
    at = token.end;
    glued = true;
    tokens.push_back(std::move(token));
  }
  return tokens;
}

}  // namespace common::words
