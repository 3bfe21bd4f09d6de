#include <array>
#include <cstddef>
#include <string_view>

#include "servers/email/triage/model.hpp"
#include "servers/email/triage/signals.hpp"

// The shipped models: data, written by train_triage, which says how (README.md beside this file).
namespace email::triage {
namespace {

#include "servers/email/triage/model/asks.inc"
#include "servers/email/triage/model/spam.inc"

constexpr std::size_t kDigits = 8;  // A word in hexadecimal: 6 of its key, 2 of its weight.

constexpr std::uint32_t number(std::string_view hexadecimal) {
  std::uint32_t out = 0;
  for (const char c : hexadecimal) {
    out = out * 16 + static_cast<std::uint32_t>(c <= '9' ? c - '0' : c - 'a' + 10);
  }
  return out;
}

template <std::size_t Count>
constexpr std::array<WordWeight, Count> decode(std::string_view text) {
  std::array<WordWeight, Count> out{};
  for (WordWeight& word : out) {
    word.key = number(text.substr(0, kDigits - 2));
    word.weight = static_cast<std::int8_t>(number(text.substr(kDigits - 2, 2)));
    text.remove_prefix(kDigits);
  }
  return out;
}

constexpr auto kSpamDecoded = decode<kSpamWords.size() / kDigits>(kSpamWords);
constexpr auto kAsksDecoded = decode<kAsksWords.size() / kDigits>(kAsksWords);

}  // namespace

const Model kSpamModel{.bias = kSpamBias,
                       .signals = kSpamSignals,
                       .words = kSpamDecoded,
                       .step = kSpamStep,
                       .words_least = kSpamWordsLeast,
                       .words_few = kSpamWordsFew};
const Model kAsksModel{.bias = kAsksBias,
                       .signals = {},
                       .words = kAsksDecoded,
                       .step = kAsksStep,
                       .words_least = kAsksWordsLeast,
                       .words_few = kAsksWordsFew};

}  // namespace email::triage
