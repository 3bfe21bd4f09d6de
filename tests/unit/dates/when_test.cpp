#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

#include "schemas/common/when.hpp"
#include "tests/unit/dates/dates.hpp"

namespace common {
namespace {

using testing::Test;

std::string complaint(std::string_view text) {
  When when;
  return parse(text, when).value_or("");
}

struct Unclear {
  std::string_view text{};
  std::string_view says{};  ///< Part of the complaint.
};

TEST(When, RefusesAnUnclearPhraseAndSaysWhatItCouldMean) {
  constexpr Unclear kCases[] = {
      {"3/4", "could be 4 March or 3 April"},
      {"3/4/2026", "could be 4 March 2026 or 3 April 2026"},
      {"meet 3/4", "\"meet\" is not understood"},
      {"9", "\"at 9:00\" for a time of day, \"on the 9\" for a day"},
      {"9-10", "two times of day: write \"9:00 to 10:00\""},
      {"2 hours", "\"in 2 hours\" or \"2 hours ago\""},
      {"30 February", "no day \"30 February\""},
      {"2026-02-30", "no day \"2026-02-30\""},
      {"0/5", "no day \"0/5\""},
      {"0-11-27", "no day \"0-11-27\""},
      {"31 June 2026", "no day \"31 June\""},
      {"blursday", "\"blursday\" is not understood"},
      {"tomorrow at the usual time", "\"usual\" is not understood"},
      {"", "expected a date or time"},
      {"25:00", "expected a date or time"},
      {"10:75", "expected a date or time"},
      {"13pm", "expected a date or time"},
  };
  for (const Unclear& unclear : kCases) {
    EXPECT_NE(complaint(unclear.text).find(unclear.says), std::string::npos)
        << unclear.text << " -> " << complaint(unclear.text);
  }
}

TEST(When, ReadsNumbersWhoseOrderLeavesNoDoubt) {
  for (const std::string_view text : {"3/16", "16/3", "3/3", "16/3/2026", "3/16/2026", "16.03.2026",
                                      "03.04.2026", "2026/3/4", "2026-03-04"}) {
    EXPECT_EQ(complaint(text), "") << text;
  }
}

TEST(When, PrintsTheWordsThatItRead) {
  for (const std::string_view text :
       {"  tomorrow 3pm ", "2026-03-16T15:00:00+01:00", "every word of it", "Fri 9-10"}) {
    When first;
    if (parse(text, first)) continue;
    When second;
    ASSERT_FALSE(parse(to_string(first), second)) << text;
    EXPECT_EQ(to_string(second), to_string(first));
  }
}

TEST(When, EndsOnAnyInput) {
  std::string nested;
  while (nested.size() < 190) nested += "the day after ";
  EXPECT_NE(complaint(nested), "");
  EXPECT_NE(complaint(std::string(100'000, 'a')), "");
  EXPECT_NE(complaint(std::string(190, '1')), "");
  EXPECT_NE(complaint("in 999999 years of 999999 years"), "");
  std::string bytes;
  for (int byte = 1; byte < 256; ++byte) bytes.push_back(static_cast<char>(byte));
  EXPECT_NE(complaint(bytes.substr(0, 190)), "");
}

TEST(FindWhen, TakesTheDateOutOfASentence) {
  const std::string sentence = "Let's meet tomorrow at 3pm in the office.";
  const auto found = find_when(sentence);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->when.text(), "tomorrow at 3pm");
  EXPECT_EQ(sentence.substr(found->begin, found->end - found->begin), "tomorrow at 3pm");
}

TEST(FindWhen, LeavesWordsThatAreSomethingElse) {
  for (const std::string_view text :
       {"You may march on", "I'm at 10 - 20", "version 10.1", "32 August", "second to none",
        "call 555 123", "I have 101 points", "wed to an idea of mine, he said"}) {
    const auto found = find_when(text);
    EXPECT_FALSE(found) << text << " -> " << found->when.text();
  }
}

TEST(FindWhen, SaysWhatElseUnclearWordsCouldMean) {
  const auto found = find_when("due 3/4 at noon");
  ASSERT_TRUE(found);
  EXPECT_NE(found->doubt.find("4 March or 3 April"), std::string::npos);
}

TEST(Time, ReadsAndPrintsRfc3339) {
  for (const std::string_view text :
       {"2026-03-16T15:00:00+01:00", "2026-03-16", "0001-01-02T00:00:00+00:00",
        "9999-12-30T23:59:59+00:00", "2026-12-31T23:00:00-05:30"}) {
    EXPECT_EQ(to_string(time_of(text)), text);
  }
  EXPECT_EQ(to_string(time_of("2026-03-16T15:00:00.123Z")), "2026-03-16T15:00:00+00:00");
  EXPECT_EQ(to_string(time_of("2026-03-16t15:00:60z")), "2026-03-16T15:00:59+00:00");
}

TEST(Time, RefusesEverythingElse) {
  for (const std::string_view text :
       {"", "2026", "2026-3-16", "2026-02-29", "2026-13-01", "0000-01-01", "2026-03-16T15:00Z",
        "2026-03-16T15:00:00", "2026-03-16T24:00:00Z", "2026-03-16T15:60:00Z", "2026-03-16 ",
        "2026-03-16T15:00:00+25:00", "2026-03-16T15:00:00.Z", "2026-03-16T15:00:00Zjunk",
        "0001-01-01T00:00:00+01:00", "tomorrow"}) {
    Time time;
    EXPECT_TRUE(parse(text, time)) << text;
  }
}

TEST(Time, KnowsTheWeekdayOfItsLocalDay) {
  EXPECT_EQ(weekday_of(time_of("2026-03-16")), Weekday::Mon);
  EXPECT_EQ(weekday_of(time_of("2026-03-15T23:30:00Z")), Weekday::Sun);
  EXPECT_EQ(weekday_of(time_of("2026-03-16T00:30:00+01:00")), Weekday::Mon);
}

}  // namespace
}  // namespace common
