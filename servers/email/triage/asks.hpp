#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "servers/email/triage/model.hpp"

/// Does a text ask its reader to do something?
namespace email::triage {

constexpr std::uint32_t kAsksBuckets = 1U << 15U;

/// One sentence: its words, pairs and threes, how it begins, and whether it ends in a question.
Sample asks_sample(std::string_view sentence);

/// 0 to 1; 0.5 and more is an ask.
double asks_probability(std::string_view sentence, const Model& model = kAsksModel);

/// The sentence of a text that asks most clearly.
struct Ask {
  double probability{};
  std::string sentence;
};

/// Of what the sender wrote; quotes, signature and other people's mail do not count.
Ask find_ask(std::string_view text, const Model& model = kAsksModel);

}  // namespace email::triage
