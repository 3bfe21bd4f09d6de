#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "servers/email/triage/model.hpp"

/// How the linear models of triage are made.
namespace bench {

struct Example {
  email::triage::Sample sample;
  bool yes{};
  std::size_t
      group{};  ///< Examples that resemble each other (one list, one sender) have one number.
};

struct FitOptions {
  /// Log odds of a message of which nothing is known; not learned, or what is common in the
  /// examples and nowhere else would be held to speak against whatever lacks it.
  double bias{};
  std::vector<float> prior{};  ///< Mean of each signal's weight before any example was seen.
  double signal_stiffness{};   ///< How hard it is for examples to move a signal from its prior.
  double word_stiffness{};     ///< The same for words, whose prior mean is 0.
  std::size_t groups_min{};    ///< A word must be known from so many groups to count at all.
  std::size_t words_max{};     ///< Of those, the heaviest are kept.
  float words_least{};         ///< Of the model.
};

/// A model and what it points to. Movable, not to be copied.
class Made {
 public:
  Made(float bias, std::vector<float> signals, std::vector<email::triage::WordWeight> words,
       float step, float words_least)
      : bias_(bias),
        signals_(std::move(signals)),
        words_(std::move(words)),
        step_(step),
        words_least_(words_least) {}
  Made(const Made&) = delete;
  Made& operator=(const Made&) = delete;
  Made(Made&&) = default;
  Made& operator=(Made&&) = default;

  /// Points into this object.
  email::triage::Model model() const {
    return {.bias = bias_,
            .signals = signals_,
            .words = words_,
            .step = step_,
            .words_least = words_least_};
  }
  void move_bias(double by) { bias_ += static_cast<float>(by); }

 private:
  float bias_;
  std::vector<float> signals_;
  std::vector<email::triage::WordWeight> words_;
  float step_;
  float words_least_;
};

/// The weights most likely after the examples: logistic regression whose weights have normal priors
/// around `prior`, found by L-BFGS; then rounded as they are shipped. Deterministic.
Made fit(std::span<const Example* const> examples, const FitOptions& options);

}  // namespace bench
