#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "tests/bench/triage/data.hpp"
#include "tests/bench/triage/fit.hpp"
#include "tests/bench/triage/folds.hpp"

/// What the shipped models are made of. Every number here was chosen on four fifths of the given
/// data (split.hpp).
namespace bench {

std::vector<Example> examples_of(const std::vector<LabelledMail>& mail);
std::vector<Example> examples_of(const std::vector<LabelledSentence>& sentences);

/// The groups and threads that examples carry.
std::vector<std::size_t> groups_in(std::span<const Example> examples);
std::vector<std::size_t> threads_in(std::span<const Example> examples);

/// What can be varied in the making of the spam model.
struct SpamRecipe {
  double word_stiffness{};    ///< How hard it is for examples to give a word a weight.
  double signal_stiffness{};  ///< How hard it is to move a signal from its prior.
  /// The weight of an example is the size of its group to the power of minus this: at 0 every
  /// message counts alike, at 1 every list and sender.
  double evenness{};
};

/// Chosen among `spam_recipes()` (select.hpp); README.md in servers/email/triage says how.
SpamRecipe spam_recipe();
FitOptions asks_recipe();

/// Of all ham in the cross-validations, no more than this may lie above the border, and no more
/// than the other where lists and senders are unseen; the aim is 1 %.
constexpr double kHamCalledSpam = 0.006;
constexpr double kHamOfStrangersCalledSpam = 0.011;
/// The border that made F1 best in the cross-validation, rounded.
constexpr double kAsksBorder = -0.15;

/// A model in two storeys (stacked generalization): the words are learned first, alone; then the
/// signals, together with one more that is what the words say of messages in whose threads and
/// campaigns they were not learned. So words count for what they are worth on new mail, and not for
/// how well they know the old. Its border is not set.
Made make_spam(std::span<const Example* const> examples, const SpamRecipe& recipe);

/// Log odds of each example from models of that recipe, cross-validated in two ways.
struct Unseen {
  std::vector<double> threads;  ///< Its thread or campaign was unseen.
  std::vector<double> sources;  ///< Its list or sender was.
};
Unseen unseen_odds(std::span<const Example> examples, const SpamRecipe& recipe);

/// The border between ham and spam that keeps both promises above.
double border_of(std::span<const Example> examples, const Unseen& odds);

/// A model made of all examples whose border is at log odds 0.
Made make_spam_model(std::span<const Example> examples, const SpamRecipe& recipe);
Made make_asks_model(std::span<const Example> examples);

}  // namespace bench
