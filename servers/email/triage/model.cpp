#include "servers/email/triage/model.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>

namespace email::triage {

Score score(const Model& model, const Sample& sample) {
  assert(sample.signals.size() == model.signals.size());
  Score out{.total = model.bias, .words = 0};
  for (std::size_t i = 0; i < sample.signals.size(); ++i) {
    out.total += static_cast<double>(model.signals[i]) * sample.signals[i];
  }
  std::int64_t sum = 0;
  auto known = model.words.begin();
  for (const std::uint32_t key : sample.words) {
    known = std::lower_bound(known, model.words.end(), key,
                             [](const WordWeight& word, auto wanted) { return word.key < wanted; });
    if (known == model.words.end()) break;
    if (known->key == key) sum += known->weight;
  }
  if (!sample.words.empty()) {
    out.words = static_cast<double>(model.step) * static_cast<double>(sum) /
                std::sqrt(static_cast<double>(std::max(sample.words.size(), model.words_few)));
    out.words = std::max<double>(out.words, model.words_least);
  }
  out.total += out.words;
  return out;
}

double probability(double log_odds) {
  return 1.0 / (1.0 + std::exp(-log_odds));
}

}  // namespace email::triage
