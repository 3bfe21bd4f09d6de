#include "tests/bench/triage/fit.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <functional>
#include <limits>
#include <numeric>
#include <utility>

namespace bench {
namespace {

using Vector = std::vector<double>;

constexpr int kStepsMax = 400;
constexpr std::size_t kHistory = 12;
constexpr double kGradientEnough = 1e-3;

double dot(const Vector& a, const Vector& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

void add(Vector& to, double factor, const Vector& from) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += factor * from[i];
}

/// Which words count, each with the place of its weight.
using Vocabulary = std::vector<std::uint32_t>;  // Sorted keys.

Vocabulary vocabulary_of(std::span<const Example* const> examples, std::size_t groups_min) {
  std::vector<std::pair<std::uint32_t, std::size_t>> seen;  // A word, and a group that knows it.
  for (const Example* example : examples) {
    for (const std::uint32_t key : example->sample.words) seen.emplace_back(key, example->group);
  }
  std::ranges::sort(seen);
  const auto rest = std::ranges::unique(seen);
  seen.erase(rest.begin(), rest.end());
  Vocabulary out;
  for (auto at = seen.begin(); at != seen.end();) {
    const auto end =
        std::find_if(at, seen.end(), [at](const auto& one) { return one.first != at->first; });
    if (static_cast<std::size_t>(end - at) >= groups_min) out.push_back(at->first);
    at = end;
  }
  return out;
}

/// An example with places instead of keys.
struct Row {
  const std::vector<float>* signals{};
  std::vector<std::size_t> places{};
  double word_value{};  ///< What one word counts.
  double sign{};        ///< 1 for yes, -1 for no.
  double weight{};
};

std::vector<Row> rows_of(std::span<const Example* const> examples, const Vocabulary& vocabulary,
                         std::size_t words_few) {
  std::vector<Row> out;
  for (const Example* example : examples) {
    Row row{.signals = &example->sample.signals,
            .sign = example->yes ? 1.0 : -1.0,
            .weight = example->weight};
    for (const std::uint32_t key : example->sample.words) {
      const auto place = std::ranges::lower_bound(vocabulary, key);
      if (place == vocabulary.end() || *place != key) continue;
      row.places.push_back(static_cast<std::size_t>(place - vocabulary.begin()));
    }
    const std::size_t words = std::max(words_few, example->sample.words.size());
    row.word_value = 1.0 / std::sqrt(static_cast<double>(words));
    out.push_back(std::move(row));
  }
  return out;
}

/// The negative log posterior; weights lie as bias, signals, words in one vector.
class Loss {
 public:
  Loss(const std::vector<Row>& rows, const FitOptions& options, std::size_t words)
      : rows_(rows), options_(options), first_word_(1 + options.prior.size()), words_(words) {}

  Vector start() const {
    Vector at(first_word_ + words_, 0.0);
    at[0] = options_.bias;
    std::ranges::copy(options_.prior, at.begin() + 1);
    return at;
  }

  double operator()(const Vector& at, Vector& gradient) const {
    gradient.assign(at.size(), 0.0);
    double loss = penalty(at, gradient);
    for (const Row& row : rows_) {
      const double margin = row.sign * odds(at, row);
      loss += row.weight *
              (margin > 0 ? std::log1p(std::exp(-margin)) : std::log1p(std::exp(margin)) - margin);
      push(gradient, row, -row.weight * row.sign / (1.0 + std::exp(margin)));
    }
    return loss;
  }

 private:
  double odds(const Vector& at, const Row& row) const {
    double out = at[0];
    for (std::size_t i = 1; i < first_word_; ++i) out += at[i] * (*row.signals)[i - 1];
    double words = 0;
    for (const std::size_t place : row.places) words += at[first_word_ + place];
    return out + words * row.word_value;
  }

  void push(Vector& gradient, const Row& row, double by) const {
    for (std::size_t i = 1; i < first_word_; ++i) gradient[i] += by * (*row.signals)[i - 1];
    for (const std::size_t place : row.places) gradient[first_word_ + place] += by * row.word_value;
  }

  double penalty(const Vector& at, Vector& gradient) const {
    double loss = 0;
    for (std::size_t i = 1; i < at.size(); ++i) {
      const bool signal = i < first_word_;
      const double stiffness = signal ? options_.signal_stiffness[i - 1] : options_.word_stiffness;
      const double away = at[i] - (signal ? options_.prior[i - 1] : 0.0F);
      loss += 0.5 * stiffness * away * away;
      gradient[i] = stiffness * away;
    }
    return loss;
  }

  const std::vector<Row>& rows_;
  const FitOptions& options_;
  std::size_t first_word_;
  std::size_t words_;
};

struct Pair {
  Vector moved;
  Vector turned;  ///< How the gradient changed along.
};

/// The direction of L-BFGS: the gradient, times what its history says of the curvature.
Vector direction(const Vector& gradient, const std::deque<Pair>& history) {
  Vector out = gradient;
  Vector alphas(history.size());
  for (std::size_t i = history.size(); i-- > 0;) {
    alphas[i] = dot(history[i].moved, out) / dot(history[i].moved, history[i].turned);
    add(out, -alphas[i], history[i].turned);
  }
  if (!history.empty()) {
    const Pair& last = history.back();
    const double scale = dot(last.moved, last.turned) / dot(last.turned, last.turned);
    for (double& x : out) x *= scale;
  }
  for (std::size_t i = 0; i < history.size(); ++i) {
    const double beta = dot(history[i].turned, out) / dot(history[i].moved, history[i].turned);
    add(out, alphas[i] - beta, history[i].moved);
  }
  for (double& x : out) x = -x;
  return out;
}

Vector minimise(const Loss& loss) {
  constexpr double kSufficient = 1e-4;
  constexpr double kSmallestStep = 1e-10;
  Vector at = loss.start();
  Vector gradient;
  double value = loss(at, gradient);
  std::deque<Pair> history;
  for (int step = 0; step < kStepsMax && std::sqrt(dot(gradient, gradient)) > kGradientEnough;
       ++step) {
    const Vector towards = direction(gradient, history);
    const double slope = dot(towards, gradient);
    double length = history.empty() ? 1.0 / (1.0 + std::sqrt(dot(gradient, gradient))) : 1.0;
    Vector next;
    Vector next_gradient;
    double next_value = std::numeric_limits<double>::infinity();
    for (; next_value > value + kSufficient * length * slope; length /= 2) {
      if (length < kSmallestStep) return at;
      next = at;
      add(next, length, towards);
      next_value = loss(next, next_gradient);
    }
    Pair pair{.moved = next, .turned = next_gradient};
    add(pair.moved, -1, at);
    add(pair.turned, -1, gradient);
    if (dot(pair.moved, pair.turned) > 0) history.push_back(std::move(pair));
    if (history.size() > kHistory) history.pop_front();
    at = std::move(next);
    gradient = std::move(next_gradient);
    value = next_value;
  }
  return at;
}

/// The heaviest words in bytes, sorted by key.
std::vector<email::triage::WordWeight> rounded(const Vocabulary& vocabulary, const Vector& weights,
                                               double step, std::size_t words_max) {
  std::vector<double> sizes;
  for (const double weight : weights) sizes.push_back(std::abs(weight));
  std::ranges::sort(sizes, std::greater{});
  const double least = sizes.size() > words_max ? sizes[words_max] : 0.0;
  std::vector<email::triage::WordWeight> out;
  for (std::size_t i = 0; i < vocabulary.size(); ++i) {
    const auto units = static_cast<std::int8_t>(std::lround(weights[i] / step));
    if (std::abs(weights[i]) > least && units != 0) out.push_back({vocabulary[i], units});
  }
  return out;
}

}  // namespace

Made fit(std::span<const Example* const> examples, const FitOptions& options) {
  const Vocabulary vocabulary = vocabulary_of(examples, options.groups_min);
  const std::vector<Row> rows = rows_of(examples, vocabulary, options.words_few);
  const Vector at = minimise(Loss(rows, options, vocabulary.size()));
  const auto first_word = at.begin() + 1 + static_cast<std::ptrdiff_t>(options.prior.size());
  const Vector words(first_word, at.end());
  double largest = 0;
  for (const double weight : words) largest = std::max(largest, std::abs(weight));
  const double step = std::max(largest, 1e-6) / 127;
  return Made({.bias = static_cast<float>(at[0]),
               .signals = std::vector<float>(at.begin() + 1, first_word),
               .words = rounded(vocabulary, words, step, options.words_max),
               .step = static_cast<float>(step),
               .words_least = options.words_least,
               .words_few = options.words_few});
}

}  // namespace bench
