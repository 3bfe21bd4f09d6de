#include "tests/bench/triage/recipe.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include "servers/email/triage/asks.hpp"
#include "servers/email/triage/signals.hpp"
#include "servers/email/triage/spam.hpp"

namespace bench {
namespace {

constexpr std::size_t kFolds = 5;

double ratio(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

/// A fold for each group: the largest group first, each into the fold that is smallest by then.
std::vector<std::size_t> folds_of(const std::vector<std::size_t>& groups) {
  std::map<std::size_t, std::size_t> sizes;
  for (const std::size_t group : groups) ++sizes[group];
  std::vector<std::pair<std::size_t, std::size_t>> order(sizes.begin(), sizes.end());
  std::ranges::stable_sort(order, [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<std::size_t> filled(kFolds);
  std::map<std::size_t, std::size_t> fold;
  for (const auto& [group, size] : order) {
    const auto smallest = std::ranges::min_element(filled);
    fold[group] = static_cast<std::size_t>(smallest - filled.begin());
    *smallest += size;
  }
  std::vector<std::size_t> out;
  for (const std::size_t group : groups) out.push_back(fold[group]);
  return out;
}

std::vector<const Example*> pointers(std::span<const Example> examples) {
  std::vector<const Example*> out;
  for (const Example& example : examples) out.push_back(&example);
  return out;
}

}  // namespace

std::vector<Example> examples_of(const std::vector<LabelledMail>& mail) {
  const std::vector<std::size_t> groups = groups_of(mail, Likeness::Sources);
  std::vector<Example> out;
  for (std::size_t i = 0; i < mail.size(); ++i) {
    out.push_back({.sample = email::triage::spam_sample(mail[i].mail),
                   .yes = mail[i].spam(),
                   .group = groups[i]});
  }
  return out;
}

std::vector<Example> examples_of(const std::vector<LabelledSentence>& sentences) {
  const std::vector<std::size_t> groups = groups_of(sentences);
  std::vector<Example> out;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    out.push_back({.sample = email::triage::asks_sample(sentences[i].text),
                   .yes = sentences[i].asks,
                   .group = groups[i]});
  }
  return out;
}

FitOptions spam_recipe() {
  FitOptions out{.bias = -2.0,
                 .prior = {},
                 .signal_stiffness = 5.0,
                 .word_stiffness = 0.01,
                 .groups_min = 4,
                 .words_max = 6000,
                 .words_least = -3.0F};
  for (const email::triage::SignalRow& row : email::triage::signal_rows()) {
    out.prior.push_back(row.prior);
  }
  return out;
}

FitOptions asks_recipe() {
  return {.bias = 0,
          .prior = {},
          .signal_stiffness = 0,
          .word_stiffness = 0.1,
          .groups_min = 2,
          .words_max = 8000,
          .words_least = -100.0F};
}

std::vector<double> cross_validated(std::span<const Example> examples,
                                    const std::vector<std::size_t>& groups,
                                    const FitOptions& recipe) {
  const std::vector<std::size_t> folds = folds_of(groups);
  std::vector<double> odds(examples.size());
  for (std::size_t fold = 0; fold < kFolds; ++fold) {
    std::vector<const Example*> seen;
    for (std::size_t i = 0; i < examples.size(); ++i) {
      if (folds[i] != fold) seen.push_back(&examples[i]);
    }
    const Made made = fit(seen, recipe);
    for (std::size_t i = 0; i < examples.size(); ++i) {
      if (folds[i] == fold) odds[i] = email::triage::score(made.model(), examples[i].sample).total;
    }
  }
  return odds;
}

Made make_spam_model(std::span<const Example> examples, const std::vector<std::size_t>& threads) {
  const std::vector<double> odds = cross_validated(examples, threads, spam_recipe());
  Made made = fit(pointers(examples), spam_recipe());
  made.move_bias(-threshold_for(examples, odds, kHamCalledSpam));
  return made;
}

Made make_asks_model(std::span<const Example> examples) {
  Made made = fit(pointers(examples), asks_recipe());
  made.move_bias(-kAsksBorder);
  return made;
}

double threshold_for(std::span<const Example> examples, std::span<const double> odds,
                     double share) {
  std::vector<double> others;
  for (std::size_t i = 0; i < examples.size(); ++i) {
    if (!examples[i].yes) others.push_back(odds[i]);
  }
  std::ranges::sort(others, std::greater{});
  return others.at(static_cast<std::size_t>(share * static_cast<double>(others.size())));
}

void Tally::add(bool truth, bool found) {
  ++(truth ? yes : no);
  if (found) ++(truth ? yes_found : no_found);
}
double Tally::recall() const {
  return ratio(yes_found, yes);
}
double Tally::false_share() const {
  return ratio(no_found, no);
}
double Tally::precision() const {
  return ratio(yes_found, yes_found + no_found);
}
double Tally::f1() const {
  return ratio(2 * yes_found, yes + yes_found + no_found);
}

Tally tally(std::span<const Example> examples, std::span<const double> odds, double threshold) {
  Tally out;
  for (std::size_t i = 0; i < examples.size(); ++i) out.add(examples[i].yes, odds[i] > threshold);
  return out;
}

}  // namespace bench
