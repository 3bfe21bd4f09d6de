#pragma once

#include <span>
#include <vector>

#include "tests/bench/triage/recipe.hpp"

/// How the spam recipe was chosen, and what that way of choosing is worth.
namespace bench {

/// All that were compared.
std::vector<SpamRecipe> spam_recipes();

struct Judged {
  SpamRecipe recipe{};
  double threads{};  ///< Recall on unseen threads and campaigns, at the border of that recipe.
  double sources{};  ///< The same on unseen lists and senders.

  double worth() const { return threads + sources; }
};
Judged judged(std::span<const Example> examples, const SpamRecipe& recipe);

/// The one of the greatest worth; the first of equals.
SpamRecipe choose_spam_recipe(std::span<const Example> examples);

/// Nested cross-validation: without each fold a recipe is chosen, a model made and its border set,
/// as for shipping; then the fold is scored, which had no part in any of that. `groups` says what
/// must stay on one side.
Tally nested(std::span<const Example> examples, const std::vector<std::size_t>& groups);

}  // namespace bench
