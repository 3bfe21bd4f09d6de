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
  /// Examples that resemble each other have one number: those of one list or sender, and those of
  /// one thread or campaign.
  std::size_t group{};
  std::size_t thread{};
  double weight{1};  ///< As if there were so many of it.
};

struct FitOptions {
  /// Log odds of a message of which nothing is known; not learned, or what is common in the
  /// examples and nowhere else would be held to speak against whatever lacks it.
  double bias{};
  std::vector<float> prior{};  ///< Mean of each signal's weight before any example was seen.
  std::vector<double> signal_stiffness{};  ///< How hard it is for examples to move each from it.
  double word_stiffness{};                 ///< The same for words, whose prior mean is 0.
  std::size_t groups_min{};  ///< A word must be known from so many groups to count at all.
  std::size_t words_max{};   ///< Of those, the heaviest are kept.
  float words_least{};       ///< Of the model.
  std::size_t words_few{1};  ///< Of the model.
};

/// A model and what it points to. Movable, not to be copied.
class Made {
 public:
  struct Parts {
    float bias{};
    std::vector<float> signals{};
    std::vector<email::triage::WordWeight> words{};
    float step{};
    float words_least{};
    std::size_t words_few{1};
  };
  explicit Made(Parts parts) : parts_(std::move(parts)) {}
  Made(const Made&) = delete;
  Made& operator=(const Made&) = delete;
  Made(Made&&) = default;
  Made& operator=(Made&&) = default;

  /// Points into this object.
  email::triage::Model model() const {
    return {.bias = parts_.bias,
            .signals = parts_.signals,
            .words = parts_.words,
            .step = parts_.step,
            .words_least = parts_.words_least,
            .words_few = parts_.words_few};
  }
  void move_bias(double by) { parts_.bias += static_cast<float>(by); }

 private:
  Parts parts_;
};

/// The weights most likely after the examples: logistic regression whose weights have normal priors
/// around `prior`, found by L-BFGS; then rounded as they are shipped. Deterministic.
Made fit(std::span<const Example* const> examples, const FitOptions& options);

}  // namespace bench
