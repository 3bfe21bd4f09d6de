#pragma once

#include <cstdint>
#include <span>
#include <vector>

/// Linear models: how one is used. How they are made: tests/bench/triage.
namespace email::triage {

/// What a model sees of one message or sentence.
struct Sample {
  std::vector<float> signals;          ///< Named values, each 0 to 1; may be none.
  std::vector<std::uint32_t> buckets;  ///< Hashed words, sorted, each once.
};

/// Weights as shipped: floats for the few named signals, bytes for the many words.
struct Model {
  float bias{};
  std::span<const float> signals;
  std::span<const std::int8_t> words;
  float step{};  ///< One unit of a byte in `words`.
};

/// Log odds, and the part that the words had in it.
struct Score {
  double total{};
  double words{};
};

/// Words count by their mean over the root of their number, so that length alone says nothing.
Score score(const Model& model, const Sample& sample);

double probability(double log_odds);

extern const Model kSpamModel;
extern const Model kAsksModel;

}  // namespace email::triage
