#include "tests/bench/triage/select.hpp"

#include <algorithm>
#include <iterator>

namespace bench {

std::vector<SpamRecipe> spam_recipes() {
  std::vector<SpamRecipe> out;
  for (const double word_stiffness : {0.02, 0.05}) {
    for (const double signal_stiffness : {1.0, 2.0, 4.0}) {
      out.push_back({.word_stiffness = word_stiffness,
                     .signal_stiffness = signal_stiffness,
                     .evenness = 0.5});
    }
  }
  return out;
}

Judged judged(std::span<const Example> examples, const SpamRecipe& recipe) {
  const Unseen odds = unseen_odds(examples, recipe);
  const double border = border_of(examples, odds);
  return {.recipe = recipe,
          .threads = tally(examples, odds.threads, border).recall(),
          .sources = tally(examples, odds.sources, border).recall()};
}

SpamRecipe choose_spam_recipe(std::span<const Example> examples) {
  std::vector<Judged> all;
  for (const SpamRecipe& recipe : spam_recipes()) all.push_back(judged(examples, recipe));
  return std::ranges::max_element(all, {}, &Judged::worth)->recipe;
}

Tally nested(std::span<const Example> examples, const std::vector<std::size_t>& groups) {
  const std::vector<std::size_t> folds = folds_of(groups);
  Tally out;
  for (std::size_t number = 0; number < kFolds; ++number) {
    const Fold fold = fold_of(examples, folds, number);
    std::vector<Example> seen;
    for (const Example* example : fold.seen) seen.push_back(*example);
    const Made made = make_spam_model(seen, choose_spam_recipe(seen));
    for (const std::size_t i : fold.unseen) {
      out.add(examples[i].yes, email::triage::score(made.model(), examples[i].sample).total > 0);
    }
  }
  return out;
}

}  // namespace bench
