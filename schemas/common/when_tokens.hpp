#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace common::words {

/// A piece of a phrase: a run of letters (lower-cased), a run of digits, or one sign. Dashes of
/// every width are "-".
struct Token {
  enum class Kind : std::uint8_t { Word, Number, Sign };
  Kind kind{};
  std::string text{};
  std::int64_t value{};  ///< Of a number; numbers of more than 9 digits are words.
  std::size_t begin{};   ///< Bytes in the phrase.
  std::size_t end{};
  bool glued{};  ///< No blank before it.
};

std::vector<Token> tokens_of(std::string_view phrase);

}  // namespace common::words
