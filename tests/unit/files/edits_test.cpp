#include "servers/files/edits.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "protocol/mcp/handler.hpp"
#include "servers/files/encoding.hpp"
#include "servers/files/unified_diff.hpp"

namespace {

using files::Edit;
using files::EditedText;
using testing::HasSubstr;
using testing::StartsWith;

std::string edited(std::string_view text, const std::vector<Edit>& edits) {
  EditedText all(text);
  try {
    files::apply_edits(all, edits);
  } catch (const mcp::ToolError& error) {
    return std::string("refused: ") + error.what();
  }
  return all.whole();
}

TEST(Edits, ReplaceOneAfterTheOther) {
  EXPECT_EQ(edited("a\nb\nc", {{"b", "B"}, {"B\nc", "x\ny\nz"}}), "a\nx\ny\nz");
  EXPECT_EQ(edited("one two", {{"two", "2 $& $1"}}), "one 2 $& $1");
  EXPECT_EQ(edited("a\n", {}), "a\n");
}

TEST(Edits, KeepTheEndOfEachLine) {
  EXPECT_EQ(edited("a\r\nb\nc\r\n", {{"a\nb", "A\nB"}}), "A\r\nB\nc\r\n");
  EXPECT_EQ(edited("a\r\nb\r\n", {{"b", "1\n2\n3"}}), "a\r\n1\r\n2\r\n3\r\n");
  EXPECT_EQ(edited("a\r\nb\r\n", {{"a\r\nb", "x"}}), "x\r\n");
  EXPECT_EQ(edited("a\nb\n", {{"b", "1\r\n2"}}), "a\n1\n2\n");
  EXPECT_EQ(edited("a\r\nb", {{"b", "1\n2"}}), "a\r\n1\r\n2");
  EXPECT_EQ(edited("no end", {{"end", "1\r\n2"}}), "no 1\r\n2");
  EXPECT_EQ(edited("mac\rstays\n", {{"stays", "is"}}), "mac\ris\n");
  EXPECT_EQ(edited("x\r\n  a\r\ny\n", {{"a\ny", "b\nc"}, {"b", "d"}}), "x\r\n  d\r\nc\n");
}

TEST(Edits, FindLinesWhoseBlanksDiffer) {
  EXPECT_EQ(edited("  if (a) {\n    b();\n  }\n", {{"if (a) {\n  b();\n}", "if (a) {\n  c();\n}"}}),
            "  if (a) {\n  c();\n}\n");
  EXPECT_EQ(edited("\t\tx = 1;\n", {{"x = 1; ", "x = 2;\n  y = 3;"}}), "\t\tx = 2;\n  y = 3;\n");
  EXPECT_EQ(edited("  a\n  b\n", {{"a\n    b", "a\n      b"}}), "  a\n    b\n");
  EXPECT_EQ(edited("\xC2\xA0word\n", {{" word ", "other"}}), "\xC2\xA0other\n");
  EXPECT_EQ(edited("  a\r\n  b\r\n", {{"a\n b", "c\nd"}}), "  c\r\nd\r\n");
}

TEST(Edits, RefuseWhatStandsInSeveralPlaces) {
  EXPECT_EQ(edited("x\nab\nx\nx", {{"x", "y"}}),
            "refused: /edits/0/oldText: matches 3 times, at lines 1, 3 and 4; nothing was changed. "
            "Give more of the text around the one that is meant.");
  EXPECT_THAT(edited("aaa", {{"aa", "b"}}), HasSubstr("matches 2 times, at lines 1 and 1"));
  EXPECT_THAT(edited(" a \nb\n a  \n", {{"b", "c"}, {"  a", "d"}}),
              HasSubstr("/edits/1/oldText: matches 2 times but for the blanks around its lines, at "
                        "lines 1 and 3"));
  EXPECT_THAT(edited("x\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\n", {{"x", "y"}}),
              HasSubstr("9, 10 and 2 more;"));
}

TEST(Edits, RefuseWhatStandsNowhere) {
  EXPECT_EQ(edited("a", {{"b\n", "c"}}), "refused: Could not find exact match for edit:\nb\n");
  EXPECT_THAT(edited("a", {{"", "c"}}), StartsWith("refused: /edits/0/oldText: expected the text"));
}

std::string decoding(std::string bytes) {
  try {
    return files::decode(std::move(bytes), "/x").text;
  } catch (const mcp::ToolError& error) {
    return error.what();
  }
}

TEST(Encoding, IsKept) {
  const std::string little("\xff\xfe\x61\x00\x0d\x00\x0a\x00\x05\x01", 10);
  const std::string big("\xfe\xff\x00\x61\x01\x05", 6);
  for (const std::string& bytes : {little, big,
                                   std::string("\xEF\xBB\xBF"
                                               "a\n"),
                                   std::string()}) {
    const files::Decoded decoded = files::decode(bytes, "/x");
    EXPECT_EQ(files::encode(decoded.text, decoded.encoding), bytes);
  }
  EXPECT_EQ(decoding(little),
            "\xEF\xBB\xBF"
            "a\r\n\xC4\x85");
  EXPECT_EQ(decoding(big),
            "\xEF\xBB\xBF"
            "a\xC4\x85");
}

TEST(Encoding, IsRefusedWhereItIsNotKnown) {
  EXPECT_EQ(decoding("one\ncaf\xE9\n"),
            "Nothing was changed: /x is neither UTF-8 nor UTF-16 with a byte order mark: line 2 "
            "holds the byte 0xE9 (byte 7 of the file). Editing it as text would damage it; convert "
            "it to UTF-8 first.");
  EXPECT_THAT(decoding(std::string("PK\x03\x04\x00\x01", 6)), HasSubstr("binary file (byte 4"));
  EXPECT_THAT(decoding(std::string("\xff\xfe\x00\xd8", 4)), HasSubstr("not valid UTF-16"));
  EXPECT_THAT(decoding(std::string("\xff\xfe\x00\x00\x61\x00\x00\x00", 8)),
              HasSubstr("binary file (byte 2"));
}

std::string diff(std::string_view before, std::string_view after) {
  const std::string head =
      "Index: f\n" + std::string(67, '=') + "\n--- f\toriginal\n+++ f\tmodified\n";
  const std::string text = files::unified_diff("f", before, after);
  EXPECT_THAT(text, StartsWith(head));
  return text.substr(head.size());
}

// What npm diff 8.0.4 makes of the same texts; tests/oracle/files compares many more.
TEST(UnifiedDiff, IsWhatTheReferenceShows) {
  EXPECT_EQ(diff("a\n", "a\n"), "");
  EXPECT_EQ(diff("", "a\n"), "@@ -0,0 +1,1 @@\n+a\n");
  EXPECT_EQ(diff("a", ""), "@@ -1,1 +0,0 @@\n-a\n\\ No newline at end of file\n");
  EXPECT_EQ(diff("a\nb\nc\n", "a\nc\nd\n"), "@@ -1,3 +1,3 @@\n a\n-b\n c\n+d\n");
  EXPECT_EQ(diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\n5\n6\n7\n8\nx\n"),
            "@@ -5,5 +5,5 @@\n 5\n 6\n 7\n 8\n-9\n+x\n");
}

TEST(UnifiedDiff, JoinsChangesThatAreNear) {
  std::string far = "x\n";
  std::string far_after = "y\n";
  for (int i = 0; i < 9; ++i) far += "same\n";
  for (int i = 0; i < 9; ++i) far_after += "same\n";
  EXPECT_EQ(diff(far + "x\n", far_after + "y\n"),
            "@@ -1,5 +1,5 @@\n-x\n+y\n same\n same\n same\n same\n"
            "@@ -7,5 +7,5 @@\n same\n same\n same\n same\n-x\n+y\n");
  EXPECT_EQ(diff("x\ns\nx\n", "y\ns\ny\n"), "@@ -1,3 +1,3 @@\n-x\n+y\n s\n-x\n+y\n");
}

TEST(UnifiedDiff, OfTextsThatShareNearlyNothingEndsSoon) {
  std::string before = "head\n";
  std::string after = "head\n";
  for (int i = 0; i < 20'000; ++i) before += "old " + std::to_string(i) + "\n";
  for (int i = 0; i < 20'000; ++i) after += "new " + std::to_string(i) + "\n";
  EXPECT_THAT(diff(before + "tail\n", after + "tail\n"),
              StartsWith("@@ -1,20002 +1,20002 @@\n head\n-old 0\n-old 1\n"));
}

}  // namespace
