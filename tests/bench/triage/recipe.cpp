#include "tests/bench/triage/recipe.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "servers/email/triage/asks.hpp"
#include "servers/email/triage/signals.hpp"
#include "servers/email/triage/spam.hpp"

namespace bench {
namespace {

/// Words speak against spam by no more than this, before they are weighed against the signals.
constexpr double kWordsLeast = -2.0;
/// Words and pairs of a text that is short for a letter.
constexpr std::size_t kWordsFew = 120;

std::vector<const Example*> pointers(std::span<const Example> examples) {
  std::vector<const Example*> out;
  for (const Example& example : examples) out.push_back(&example);
  return out;
}

/// With weights that make lists and senders more even; their mean is 1.
std::vector<Example> weighed(std::span<const Example* const> examples, double evenness) {
  std::map<std::size_t, double> sizes;
  for (const Example* example : examples) ++sizes[example->group];
  std::vector<Example> out;
  double sum = 0;
  for (const Example* example : examples) {
    out.push_back(*example);
    out.back().weight = std::pow(sizes[example->group], -evenness);
    sum += out.back().weight;
  }
  for (Example& example : out) example.weight *= static_cast<double>(out.size()) / sum;
  return out;
}

FitOptions words_alone(const SpamRecipe& recipe) {
  return {.bias = 0,
          .prior = {},
          .signal_stiffness = {},
          .word_stiffness = recipe.word_stiffness,
          .groups_min = 4,
          .words_max = 6000,
          .words_least = static_cast<float>(kWordsLeast),
          .words_few = kWordsFew};
}

/// The signals, and what the words say as one more.
FitOptions signals_and_words(const SpamRecipe& recipe) {
  constexpr float kWordsPrior = 0.5F;
  constexpr double kSteady = 25;  // How hard it is to move what has changed.
  FitOptions out{.bias = -2.0,
                 .prior = {},
                 .signal_stiffness = {},
                 .word_stiffness = 0,
                 .groups_min = 1,
                 .words_max = 0,
                 .words_least = 0};
  for (const email::triage::SignalRow& row : email::triage::signal_rows()) {
    out.prior.push_back(row.prior);
    out.signal_stiffness.push_back(row.has_changed ? kSteady : recipe.signal_stiffness);
  }
  out.prior.push_back(kWordsPrior);
  out.signal_stiffness.push_back(recipe.signal_stiffness);
  return out;
}

}  // namespace

std::vector<Example> examples_of(const std::vector<LabelledMail>& mail) {
  const std::vector<std::size_t> groups = groups_of(mail, Likeness::Sources);
  const std::vector<std::size_t> threads = groups_of(mail, Likeness::Threads);
  std::vector<Example> out;
  for (std::size_t i = 0; i < mail.size(); ++i) {
    out.push_back({.sample = email::triage::spam_sample(mail[i].mail),
                   .yes = mail[i].spam(),
                   .group = groups[i],
                   .thread = threads[i]});
  }
  return out;
}

std::vector<Example> examples_of(const std::vector<LabelledSentence>& sentences) {
  const std::vector<std::size_t> groups = groups_of(sentences);
  std::vector<Example> out;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    out.push_back({.sample = email::triage::asks_sample(sentences[i].text),
                   .yes = sentences[i].asks,
                   .group = groups[i],
                   .thread = groups[i]});
  }
  return out;
}

std::vector<std::size_t> groups_in(std::span<const Example> examples) {
  std::vector<std::size_t> out;
  for (const Example& example : examples) out.push_back(example.group);
  return out;
}

std::vector<std::size_t> threads_in(std::span<const Example> examples) {
  std::vector<std::size_t> out;
  for (const Example& example : examples) out.push_back(example.thread);
  return out;
}

SpamRecipe spam_recipe() {
  return {.word_stiffness = 0.05, .signal_stiffness = 4.0, .evenness = 0.5};
}

FitOptions asks_recipe() {
  return {.bias = 0,
          .prior = {},
          .signal_stiffness = {},
          .word_stiffness = 0.1,
          .groups_min = 2,
          .words_max = 8000,
          .words_least = -100.0F};
}

Made make_spam(std::span<const Example* const> examples, const SpamRecipe& recipe) {
  std::vector<Example> parts = weighed(examples, recipe.evenness);
  std::vector<std::vector<float>> signals;
  for (Example& part : parts) signals.push_back(std::exchange(part.sample.signals, {}));
  const auto learn_words = [&recipe](std::span<const Example* const> seen) {
    return fit(seen, words_alone(recipe));
  };
  const std::vector<double> said = cross_validated(parts, threads_in(parts), learn_words);
  const Made words = learn_words(pointers(parts));
  for (std::size_t i = 0; i < parts.size(); ++i) {
    signals[i].push_back(static_cast<float>(said[i]));
    parts[i].sample = {.signals = std::move(signals[i]), .words = {}};
  }
  const Made whole = fit(pointers(parts), signals_and_words(recipe));
  const std::span<const float> weights = whole.model().signals;
  const float of_words = std::max(0.0F, weights.back());
  const email::triage::Model known = words.model();
  return Made({.bias = whole.model().bias,
               .signals = {weights.begin(), weights.end() - 1},
               .words = {known.words.begin(), known.words.end()},
               .step = known.step * of_words,
               .words_least = known.words_least * of_words,
               .words_few = known.words_few});
}

Unseen unseen_odds(std::span<const Example> examples, const SpamRecipe& recipe) {
  const auto make = [&recipe](std::span<const Example* const> seen) {
    return make_spam(seen, recipe);
  };
  return {.threads = cross_validated(examples, threads_in(examples), make),
          .sources = cross_validated(examples, groups_in(examples), make)};
}

double border_of(std::span<const Example> examples, const Unseen& odds) {
  return std::max(threshold_for(examples, odds.threads, kHamCalledSpam),
                  threshold_for(examples, odds.sources, kHamOfStrangersCalledSpam));
}

Made make_spam_model(std::span<const Example> examples, const SpamRecipe& recipe) {
  Made made = make_spam(pointers(examples), recipe);
  made.move_bias(-border_of(examples, unseen_odds(examples, recipe)));
  return made;
}

Made make_asks_model(std::span<const Example> examples) {
  Made made = fit(pointers(examples), asks_recipe());
  made.move_bias(-kAsksBorder);
  return made;
}

}  // namespace bench
