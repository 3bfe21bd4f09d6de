#include "servers/email/mime/layout.hpp"

#include <gtest/gtest.h>

namespace email {
namespace {

TEST(FoldQuotes, CountsWhatWasQuoted) {
  EXPECT_EQ(fold_quotes("Yes.\n\nOn Monday Bo wrote:\n> a\n>\n> b\n\nBest\n"),
            "Yes.\n\nOn Monday Bo wrote:\n[3 quoted lines]\n\nBest\n");
  EXPECT_EQ(fold_quotes("> a\nanswer\n> b\n"), "[1 quoted line]\nanswer\n[1 quoted line]\n");
  EXPECT_EQ(fold_quotes("> a\n\n> b"), "[2 quoted lines]\n");
}

TEST(FoldQuotes, FoldsWhatOutlookAppends) {
  EXPECT_EQ(fold_quotes("Fine.\n-----Original Message-----\nFrom: Bo\n\nold\n"),
            "Fine.\n-----Original Message-----\n[2 quoted lines]\n");
  EXPECT_EQ(fold_quotes("Fine.\n________________________________\nFrom: Bo <bo@x.org>\nold\n"),
            "Fine.\n________________________________\n[2 quoted lines]\n");
}

TEST(FoldQuotes, LeavesOtherTextAlone) {
  for (const char* const text :
       {"a > b\n", "---------\n", "-----\n", "____________________\nnot a header\n", ""})
    EXPECT_EQ(fold_quotes(text), text);
}

TEST(Unflowed, JoinsLinesOfOneQuoteDepth) {
  EXPECT_EQ(unflowed("a \nb\n> c \nd\n", false), "a b\n> c \nd\n");
  EXPECT_EQ(unflowed(">> a \n>> b\n> c\n", false), ">> a b\n> c\n");
  EXPECT_EQ(unflowed("zu \nsammen\n", true), "zusammen\n");
  EXPECT_EQ(unflowed("end\n-- \nAnna\n", false), "end\n-- \nAnna\n");
}

}  // namespace
}  // namespace email
