#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "servers/email/triage/signals.hpp"
#include "tests/bench/triage/data.hpp"
#include "tests/bench/triage/fit.hpp"
#include "tests/bench/triage/recipe.hpp"
#include "tests/bench/triage/split.hpp"
#include "tests/temp_folder.hpp"

namespace bench {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

FitOptions options() {
  return {.bias = 0,
          .prior = {0.5F},
          .signal_stiffness = {1.0},
          .word_stiffness = 0.1,
          .groups_min = 1,
          .words_max = 100,
          .words_least = -100.0F};
}

/// `count` examples with these words, each a group of its own.
void add(std::vector<Example>& examples, bool yes, const std::vector<std::uint32_t>& words,
         float signal = 0, std::size_t count = 10) {
  for (std::size_t i = 0; i < count; ++i) {
    examples.push_back(
        {.sample = {.signals = {signal}, .words = words}, .yes = yes, .group = examples.size()});
  }
}

Made made_of(const std::vector<Example>& examples, const FitOptions& recipe) {
  std::vector<const Example*> pointers;
  for (const Example& example : examples) pointers.push_back(&example);
  return fit(pointers, recipe);
}

double odds(const Made& made, const std::vector<std::uint32_t>& words, float signal = 0) {
  return email::triage::score(made.model(), {.signals = {signal}, .words = words}).total;
}

TEST(Fit, LearnsWhichWordsSpeakForAndAgainst) {
  std::vector<Example> examples;
  add(examples, true, {1, 3});
  add(examples, false, {2, 3});
  const Made made = made_of(examples, options());
  EXPECT_GT(odds(made, {1}), 0.5);
  EXPECT_LT(odds(made, {2}), -0.5);
  EXPECT_NEAR(odds(made, {3}), 0, 0.1);
  EXPECT_EQ(odds(made, {4}), 0) << "a word it never saw";
}

TEST(Fit, ASignalKeepsItsPriorUntilExamplesSpeak) {
  std::vector<Example> examples;
  add(examples, true, {1});
  add(examples, false, {2});
  EXPECT_EQ(made_of(examples, options()).model().signals[0], 0.5F);
  add(examples, true, {3}, 1.0F);
  EXPECT_GT(made_of(examples, options()).model().signals[0], 0.7F);
}

TEST(Fit, AWordCountsOnlyWhereEnoughGroupsKnowIt) {
  std::vector<Example> examples;
  add(examples, true, {1}, 0, 3);
  add(examples, false, {2}, 0, 3);
  FitOptions recipe = options();
  recipe.groups_min = 3;
  EXPECT_THAT(made_of(examples, recipe).model().words, SizeIs(2));
  for (Example& example : examples) example.group = 7;
  EXPECT_THAT(made_of(examples, recipe).model().words, SizeIs(0));
}

TEST(Fit, KeepsTheHeaviestWords) {
  std::vector<Example> examples;
  add(examples, true, {1, 3});
  add(examples, false, {2, 3});
  add(examples, true, {3}, 0, 1);
  FitOptions recipe = options();
  recipe.words_max = 2;
  std::vector<std::uint32_t> kept;
  const Made made = made_of(examples, recipe);
  for (const email::triage::WordWeight& word : made.model().words) kept.push_back(word.key);
  EXPECT_THAT(kept, ElementsAre(1, 2));
}

/// Only a word that its own group alone has tells what an example is.
TEST(CrossValidation, NeverScoresAGroupThatItLearnedFrom) {
  std::vector<Example> examples;
  std::vector<std::size_t> groups;
  for (std::uint32_t group = 0; group < 20; ++group) {
    add(examples, group % 2 == 0, {100 + group}, 0, 4);
    groups.insert(groups.end(), 4, group);
  }
  std::vector<std::size_t> apart;
  for (std::size_t i = 0; i < examples.size(); ++i) apart.push_back(i);
  const auto found = [&](const std::vector<std::size_t>& by) {
    const auto make = [](std::span<const Example* const> seen) { return fit(seen, options()); };
    return tally(examples, cross_validated(examples, by, make), 0.1).recall();
  };
  EXPECT_EQ(found(groups), 0);
  EXPECT_EQ(found(apart), 1);  // The control: with examples of each group on both sides it knows.
}

/// Ten groups of ten examples that their words tell apart, and a signal that tells nothing.
std::vector<Example> ten_groups() {
  std::vector<Example> examples;
  const std::vector<float> signals(email::triage::kSignalCount, 0);
  for (std::size_t i = 0; i < 100; ++i) {
    const bool yes = i % 2 == 0;
    examples.push_back({.sample = {.signals = signals, .words = {yes ? 1U : 2U, 3}},
                        .yes = yes,
                        .group = i % 10,
                        .thread = i % 20});
  }
  return examples;
}

double odds_of_word(const Made& made, std::uint32_t word) {
  const std::vector<float> signals(email::triage::kSignalCount, 0);
  return email::triage::score(made.model(), {.signals = signals, .words = {word}}).total;
}

Made made_of(const std::vector<Example>& examples, const SpamRecipe& recipe) {
  std::vector<const Example*> pointers;
  for (const Example& example : examples) pointers.push_back(&example);
  return make_spam(pointers, recipe);
}

TEST(SpamModel, WordsCountForWhatTheyAreWorthOnMailThatTheyWereNotLearnedFrom) {
  std::vector<Example> examples = ten_groups();
  const Made useful = made_of(examples, spam_recipe());
  EXPECT_GT(odds_of_word(useful, 1), odds_of_word(useful, 2) + 1);
  // Now each thread is yes or no by itself: whoever has not seen it learns nothing of it.
  for (Example& example : examples) {
    example.sample.words = {static_cast<std::uint32_t>(example.thread)};
  }
  const Made useless = made_of(examples, spam_recipe());
  EXPECT_LT(odds_of_word(useless, 0) - odds_of_word(useless, 1), 1);
}

TEST(SpamModel, IsTheSameEachTimeItIsMade) {
  const std::vector<Example> examples = ten_groups();
  const Made first = made_of(examples, spam_recipe());
  const Made second = made_of(examples, spam_recipe());
  EXPECT_EQ(odds_of_word(first, 1), odds_of_word(second, 1));
}

TEST(Split, PutsAGroupOnOneSideAndTheSameOneEachTime) {
  std::vector<std::size_t> groups;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < 1000; ++i) {
    groups.push_back(i / 4);
    names.push_back("mail " + std::to_string(i));
  }
  const std::vector<bool> aside = set_aside(groups, names, 1);
  for (std::size_t i = 0; i < aside.size(); ++i) EXPECT_EQ(aside[i], aside[i / 4 * 4]) << i;
  EXPECT_EQ(aside, set_aside(groups, names, 1));
  EXPECT_NE(aside, set_aside(groups, names, 2));
  EXPECT_NEAR(static_cast<double>(std::ranges::count(aside, true)), 200, 80);
}

TEST(Split, LeavesNoThreadAndNoListOnBothSides) {
  Labelled data;
  const auto add = [&](const std::string& list, const std::string& subject) {
    data.mail.push_back(
        {.file = std::to_string(data.mail.size()),
         .label = "ham",
         .group = "",
         .mail = email::read_mail("From: a@" + list + "\nSubject: " + subject + "\n\nText\n")});
  };
  for (int i = 0; i < 60; ++i) {
    const std::string name(static_cast<std::size_t>(20), static_cast<char>('a' + i % 20));
    add("list" + std::to_string(i) + ".example", name);
    add("list" + std::to_string(i) + ".example", "another subject of number " + name);
  }
  const Split parts = split(std::move(data));
  EXPECT_FALSE(parts.aside.mail.empty());
  std::set<std::string> subjects;
  std::set<std::string> senders;
  for (const LabelledMail& one : parts.rest.mail) {
    subjects.insert(one.mail.subject);
    senders.insert(one.mail.from.front().email);
  }
  for (const LabelledMail& one : parts.aside.mail) {
    EXPECT_FALSE(subjects.contains(one.mail.subject)) << one.mail.subject;
    EXPECT_FALSE(senders.contains(one.mail.from.front().email)) << one.mail.subject;
  }
}

TEST(Threshold, LeavesNoMoreThanTheShareAboveIt) {
  std::vector<Example> examples;
  add(examples, false, {}, 0, 100);
  std::vector<double> odds;
  for (int i = 0; i < 100; ++i) odds.push_back(i);
  const Tally at = tally(examples, odds, threshold_for(examples, odds, 0.05));
  EXPECT_EQ(at.no_found, 5U);
}

void write(const std::filesystem::path& file, std::string_view text) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

TEST(Folder, IsReadByItsLabelsAndSentences) {
  const test::TempFolder folder;
  write(folder / "a_labels.csv", "label,file,group\nham,x/1.eml,first\nphishing,x/2.eml,second\n");
  write(folder / "x/1.eml", "Subject: One\n\nText\n");
  write(folder / "x/2.eml", "Subject: Two\n\nText\n");
  write(folder / "s.jsonl", "{\"text\": \"See $LINK\", \"intent\": true}\n\n");
  write(folder / "t.jsonl", "{\"text\": \"See\", \"intent\": true}\n{\"text\": 1}\n");
  const Labelled read = read_folder(folder.path());
  ASSERT_THAT(read.mail, SizeIs(2));
  EXPECT_EQ(read.mail[0].mail.subject, "One");
  EXPECT_FALSE(read.mail[0].spam());
  EXPECT_TRUE(read.mail[1].spam());
  EXPECT_EQ(read.mail[1].group, "second");
  ASSERT_THAT(read.sentences, SizeIs(1));
  EXPECT_EQ(read.sentences[0].text, "See http://link.example/");
  EXPECT_THAT(read.left_out, ElementsAre(HasSubstr("t.jsonl:2: expected")));
}

TEST(Folder, ALabelWithoutItsFileIsNamed) {
  const test::TempFolder folder;
  write(folder / "a_labels.csv", "file,label\nx/1.eml,ham\n");
  try {
    read_folder(folder.path());
    ADD_FAILURE() << "was read";
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), HasSubstr("x/1.eml: cannot be read"));
  }
}

}  // namespace
}  // namespace bench
