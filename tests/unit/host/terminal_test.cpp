#include "host/commands/terminal.hpp"

#include <gtest/gtest.h>

#include <clocale>

namespace host {
namespace {

class TerminalTest : public ::testing::Test {
 protected:
  void SetUp() override { std::setlocale(LC_CTYPE, "C.UTF-8"); }
};

TEST_F(TerminalTest, WordsOfOthersBringNoControlCharacters) {
  EXPECT_EQ(plain("a\033[31mred\033[0m"), "a[31mred[0m");
  EXPECT_EQ(plain("a\r\nb\tc\x07"), "a b c");
  EXPECT_EQ(plain("\xC2\x9B"
                  "31mC1"),
            "31mC1");
  EXPECT_EQ(plain("ab\xE2\x80\xAE"
                  "txt.exe"),
            "abtxt.exe");
  EXPECT_EQ(plain("bad \xFF byte"), "bad \xEF\xBF\xBD byte");
  EXPECT_EQ(plain("cut \xE2\x80"), "cut \xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(plain("  żółć 日本  "), "żółć 日本");
}

TEST_F(TerminalTest, LinesStayLines) {
  EXPECT_EQ(plain_lines("one\n  two\x1B\n"), "one\n  two\n");
}

TEST_F(TerminalTest, WidthCountsColumns) {
  EXPECT_EQ(display_width("żółć"), 4U);
  EXPECT_EQ(display_width("日本"), 4U);
  EXPECT_EQ(display_width("e\xCC\x81"), 1U);
  EXPECT_EQ(padded("日本", 6), "日本  ");
  EXPECT_EQ(fitted("日本語", 5), "日本…");
  EXPECT_EQ(fitted("short", 5), "short");
  EXPECT_EQ(fitted("too long", 5), "too…");
}

TEST_F(TerminalTest, EntriesAlignAndStayWithinTheWidth) {
  const Terminal terminal(false);
  const std::string entry =
      terminal.entry("  label", std::string(50, 'a') + " " + std::string(50, 'b'), 10);
  EXPECT_EQ(entry,
            "  label   " + std::string(50, 'a') + "\n          " + std::string(50, 'b') + "\n");
  EXPECT_EQ(display_width(terminal.heading("Today")), 80U);
}

TEST_F(TerminalTest, WrappedLinesKeepTheirIndentation) {
  const std::string word(30, 'a');
  EXPECT_EQ(wrapped_lines("  " + word + " " + word + " " + word + "\nx", 4),
            "      " + word + " " + word + "\n      " + word + "\n    x\n");
}

TEST_F(TerminalTest, ColourOnlyWhereItIsWanted) {
  EXPECT_EQ(Terminal(false).styled(Style::Bad, "x"), "x");
  EXPECT_EQ(Terminal(true).styled(Style::Bad, "x"), "\033[31mx\033[0m");
  EXPECT_FALSE(Terminal::of(-1).colour());
}

}  // namespace
}  // namespace host
