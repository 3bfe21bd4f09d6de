#include "servers/common/words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using testing::ElementsAre;

TEST(Words, FoldCaseAndMarks) {
  EXPECT_EQ(common::folded("Zażółć GĘŚLĄ jaźń"), "zazolc gesla jazn");
  EXPECT_EQ(common::folded("Straße Ærø Œuvre ÞÓR Ĳssel"), "strasse aero oeuvre thor ijssel");
  EXPECT_EQ(common::folded("e\u0301te\u0301"), "ete");  // marks of their own
  EXPECT_EQ(common::folded("ПРИВЕТ Ελλάδα 日本"), "привет ελλάδα 日本");
}

TEST(Words, KeepBytesThatAreNoText) {
  EXPECT_EQ(common::folded("A\xFF\xC3"), "a\xFF\xC3");
  EXPECT_EQ(common::folded("\xF0\x9F\x98\x80 \xE2\x82"), "\xF0\x9F\x98\x80 \xE2\x82");
}

TEST(Words, AreLettersAndDigits) {
  EXPECT_THAT(common::words_of("Q2-report, v1.4: \"zażółć\""),
              ElementsAre("q2", "report", "v1", "4", "zazolc"));
  EXPECT_THAT(common::words_of(" -- "), ElementsAre());
}

TEST(Words, AreFoundInsideOthersAndAllOfThem) {
  EXPECT_TRUE(common::has_words("Finish the Roadmap draft", "road DRAFT"));
  EXPECT_FALSE(common::has_words("Finish the Roadmap draft", "roadmap budget"));
  EXPECT_TRUE(common::has_words("anything", ""));
}

TEST(Words, HaveStemsWithoutTheEmptyOnes) {
  EXPECT_THAT(common::content_stems("Writing the notes about our releases"),
              ElementsAre("note", "releas", "write"));
  EXPECT_THAT(common::content_stems("She writes a note on the release"),
              ElementsAre("note", "releas", "write"));
  EXPECT_THAT(common::content_stems("to be or not to be"), ElementsAre());
}

}  // namespace
