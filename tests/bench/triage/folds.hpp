#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "tests/bench/triage/fit.hpp"

/// How well a way of making models does on what its models have not seen.
namespace bench {

/// Makes a model from examples.
using Maker = std::function<Made(std::span<const Example* const>)>;

/// Five folds, one for each group: the largest group first, each into the fold that is smallest by
/// then.
constexpr std::size_t kFolds = 5;
std::vector<std::size_t> folds_of(const std::vector<std::size_t>& groups);

/// What `make` is given for one fold, and what is kept from it.
struct Fold {
  std::vector<const Example*> seen;
  std::vector<std::size_t> unseen;  ///< Places in the examples.
};
Fold fold_of(std::span<const Example> examples, const std::vector<std::size_t>& folds,
             std::size_t number);

/// Log odds of each example from the model of a fold that did not hold its group.
std::vector<double> cross_validated(std::span<const Example> examples,
                                    const std::vector<std::size_t>& groups, const Maker& make);

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
