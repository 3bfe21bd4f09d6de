#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "tests/bench/triage/data.hpp"
#include "tests/bench/triage/fit.hpp"

/// What the shipped models are made of, and how well that way of making does on what it has not
/// seen.
namespace bench {

/// Groups: of one list or sender.
std::vector<Example> examples_of(const std::vector<LabelledMail>& mail);
std::vector<Example> examples_of(const std::vector<LabelledSentence>& sentences);

FitOptions spam_recipe();
FitOptions asks_recipe();

/// Of all ham in the cross-validation, no more than this may lie above the border; the aim is 1 %.
constexpr double kHamCalledSpam = 0.006;
/// The border that made F1 best in the cross-validation, rounded.
constexpr double kAsksBorder = -0.15;

/// A model made of all examples whose border is at log odds 0.
Made make_spam_model(std::span<const Example> examples, const std::vector<std::size_t>& threads);
Made make_asks_model(std::span<const Example> examples);

/// Log odds of each example from the model of a fold that did not hold its group.
std::vector<double> cross_validated(std::span<const Example> examples,
                                    const std::vector<std::size_t>& groups,
                                    const FitOptions& recipe);

/// The log odds above which at most `share` of the examples that are not `yes` lie.
double threshold_for(std::span<const Example> examples, std::span<const double> odds, double share);

/// Right and wrong at a threshold.
struct Tally {
  std::size_t yes{};
  std::size_t yes_found{};
  std::size_t no{};
  std::size_t no_found{};  ///< Found though they are not.

  void add(bool truth, bool found);
  double recall() const;
  double false_share() const;
  double precision() const;
  double f1() const;
};
Tally tally(std::span<const Example> examples, std::span<const double> odds, double threshold);

}  // namespace bench
