#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

/// Linear models: how one is used. How they are made: tests/bench/triage.
namespace email::triage {

/// What a model sees of one message or sentence.
struct Sample {
  std::vector<float> signals;        ///< Named values, each 0 to 1; may be none.
  std::vector<std::uint32_t> words;  ///< Keys of words (words.hpp), sorted, each once.
};

struct WordWeight {
  std::uint32_t key{};
  std::int8_t weight{};
};

/// Weights as shipped: floats for the few named signals, a byte for each word that the model knows.
struct Model {
  float bias{};
  std::span<const float> signals;
  std::span<const WordWeight> words;  ///< Sorted by key.
  float step{};                       ///< One unit of a word's weight.
  /// Words speak against by no more than this: a text cannot talk its way past the rest.
  float words_least{-std::numeric_limits<float>::infinity()};
  std::size_t words_few{1};  ///< A text with fewer weighs as if it had so many: it says little.
};

/// Log odds, and the part that the words had in it.
struct Score {
  double total{};
  double words{};
};

/// Words count by their sum over the root of how many the text has, known or not: length alone says
/// nothing, and a text of which the model knows little weighs little.
Score score(const Model& model, const Sample& sample);

double probability(double log_odds);

extern const Model kSpamModel;
extern const Model kAsksModel;

}  // namespace email::triage
