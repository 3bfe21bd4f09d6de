#include "tests/bench/triage/folds.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace bench {
namespace {

double ratio(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

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

Fold fold_of(std::span<const Example> examples, const std::vector<std::size_t>& folds,
             std::size_t number) {
  Fold out;
  for (std::size_t i = 0; i < examples.size(); ++i) {
    if (folds[i] == number) {
      out.unseen.push_back(i);
    } else {
      out.seen.push_back(&examples[i]);
    }
  }
  return out;
}

std::vector<double> cross_validated(std::span<const Example> examples,
                                    const std::vector<std::size_t>& groups, const Maker& make) {
  const std::vector<std::size_t> folds = folds_of(groups);
  std::vector<double> odds(examples.size());
  for (std::size_t number = 0; number < kFolds; ++number) {
    const Fold fold = fold_of(examples, folds, number);
    if (fold.unseen.empty()) continue;
    const Made made = make(fold.seen);
    for (const std::size_t i : fold.unseen) {
      odds[i] = email::triage::score(made.model(), examples[i].sample).total;
    }
  }
  return odds;
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
