#include "schemas/common/when_grammar.hpp"

#include <gtest/gtest.h>

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "schemas/common/when_chart.hpp"
#include "tests/unit/dates/dates.hpp"

namespace common {
namespace {

struct Meant {
  std::string_view text{};
  std::string_view kind{};
  std::string_view start{};
  std::string_view end{};
};

std::string_view name_of(Understood::Kind kind) {
  constexpr std::array<std::string_view, 5> kNames = {"none", "instant", "interval", "open-after",
                                                      "open-before"};
  return kNames.at(static_cast<std::size_t>(kind));
}

void expect_all(const At& at, std::span<const Meant> cases) {
  for (const Meant& one : cases) {
    const Understood understood = at->understand(one.text);
    EXPECT_EQ(name_of(understood.kind), one.kind) << one.text << ": " << understood.problem;
    EXPECT_EQ(understood.start ? to_string(*understood.start) : "", one.start) << one.text;
    EXPECT_EQ(understood.end ? to_string(*understood.end) : "", one.end) << one.text;
  }
}

// On a Thursday, 12 March 2026, at ten in UTC.
constexpr std::string_view kNow = "2026-03-12T10:00:00Z";

constexpr Meant kPoints[] = {
    {"half past 3", "instant", "2026-03-12T15:30:00+00:00", ""},
    {"twenty to five", "instant", "2026-03-12T16:40:00+00:00", ""},
    {"8 o'clock in the evening", "instant", "2026-03-12T20:00:00+00:00", ""},
    {"midnight tonight", "instant", "2026-03-13T00:00:00+00:00", ""},
    {"ten-thirty", "instant", "2026-03-12T10:30:00+00:00", ""},
    {"1530 hours", "instant", "2026-03-12T15:30:00+00:00", ""},
    {"tonight around 8ish", "instant", "2026-03-12T20:00:00+00:00", ""},
    {"4pm CET", "instant", "2026-03-12T15:00:00+00:00", ""},
    {"4pm eastern time tomorrow", "instant", "2026-03-13T20:00:00+00:00", ""},
    {"2:21 p.m., December 11, 2014", "instant", "2014-12-11T14:21:00+00:00", ""},
    {"Thu Oct 26 11:00:09 2023", "instant", "2023-10-26T11:00:09+00:00", ""},
    {"06/Nov/2023:06:36:02 +0200", "instant", "2023-11-06T04:36:02+00:00", ""},
    {"29.02.2020 13.12", "instant", "2020-02-29T13:12:00+00:00", ""},
    {"march third two thousand fifteen", "instant", "2015-03-03", ""},
    {"14th April 15", "instant", "2015-04-14", ""},
    {"2018 March 18", "instant", "2018-03-18", ""},
    {"week 12 of 2026", "instant", "2026-03-16", ""},
    {"2026-W12-3", "instant", "2026-03-18", ""},
    {"third tuesday of september 2014", "instant", "2014-09-16", ""},
    {"3 fridays from now", "instant", "2026-03-27", ""},
    {"the monday closest to 5 october 2013", "instant", "2013-10-07", ""},
    {"in three quarters of an hour", "instant", "2026-03-12T10:45:00+00:00", ""},
    {"in 2 and a half hours", "instant", "2026-03-12T12:30:00+00:00", ""},
    {"in a fortnight", "instant", "2026-03-26T10:00:00+00:00", ""},
    {"7 hours before tomorrow at noon", "instant", "2026-03-13T05:00:00+00:00", ""},
    {"a week from friday", "instant", "2026-03-20", ""},
    {"a week on tuesday at 5pm", "instant", "2026-03-24T17:00:00+00:00", ""},
    {"two weeks today", "instant", "2026-03-26", ""},
    {"half past seven in the evening", "instant", "2026-03-12T19:30:00+00:00", ""},
    {"fourteen hundred hours", "instant", "2026-03-12T14:00:00+00:00", ""},
    {"this time tomorrow", "instant", "2026-03-13T10:00:00+00:00", ""},
    {"end of day friday", "instant", "2026-03-13T23:59:00+00:00", ""},
    {"in 1\u00bd hours", "instant", "2026-03-12T11:30:00+00:00", ""},
    {"a hundred days from now", "instant", "2026-06-20T10:00:00+00:00", ""},
    {"3 business days from now", "instant", "2026-03-17T10:00:00+00:00", ""},
    {"2 working days ago", "instant", "2026-03-10T10:00:00+00:00", ""},
    {"last business day of may", "instant", "2026-05-29", ""},
    {"the third tuesday", "instant", "2026-03-17", ""},
    {"4th day of next week", "instant", "2026-03-19", ""},
    {"penultimate friday of march", "instant", "2026-03-20", ""},
    {"summer of '69", "interval", "1969-06-21", "1969-09-23"},
    {"Q3 next year", "instant", "2027-07-01", ""},
    {"AD 1066", "instant", "1066-01-01", ""},
    {"the month of May", "instant", "2026-05-01", ""},
    {"two upcoming months", "instant", "2026-05-01", ""},
    {"lastmonth", "instant", "2026-02-01", ""},
    {"wendesday", "instant", "2026-03-18", ""},
    {"5 febuary", "instant", "2027-02-05", ""},
    {"2867532 seconds from now", "instant", "2026-04-14T14:32:12+00:00", ""},
    {"the second day after easter", "instant", "2026-04-07", ""},
    {"quarter to 5 tomorrow", "instant", "2026-03-13T16:45:00+00:00", ""},
    {"3 days ago at noon", "instant", "2026-03-09T12:00:00+00:00", ""},
    {"this coming thursday at 3pm", "instant", "2026-03-19T15:00:00+00:00", ""},
    {"the deadline was monday", "instant", "2026-03-09", ""},
};

constexpr Meant kStretches[] = {
    {"by end of next month", "interval", "2026-03-12T10:00:00+00:00", "2026-05-01T00:00:00+00:00"},
    {"within two weeks", "instant", "2026-03-26", ""},
    {"since 2010", "open-after", "2010-01-01", ""},
    {"from 9:30 - 11:00 on Thursday", "interval", "2026-03-19T09:30:00+00:00",
     "2026-03-19T11:00:00+00:00"},
    {"between 3 and 5pm", "interval", "2026-03-12T15:00:00+00:00", "2026-03-12T17:00:00+00:00"},
    {"Monday 16 March 630-930am", "interval", "2026-03-16T06:30:00+00:00",
     "2026-03-16T09:30:00+00:00"},
    {"Sep 12-13, 2012", "interval", "2012-09-12", "2012-09-14"},
    {"from 13 to the 15th of July", "interval", "2026-07-13", "2026-07-16"},
    {"first half of next year", "interval", "2027-01-01", "2027-07-01"},
    {"rest of the week", "interval", "2026-03-12T10:00:00+00:00", "2026-03-16T00:00:00+00:00"},
    {"last weekend of July", "interval", "2026-07-25", "2026-07-27"},
    {"mid-October", "interval", "2026-10-11", "2026-10-21"},
    {"next season", "interval", "2026-03-20", "2026-06-21"},
    {"late last night", "interval", "2026-03-11T21:00:00+00:00", "2026-03-12T00:00:00+00:00"},
    {"later than 3:30pm but before 6pm", "interval", "2026-03-12T15:30:00+00:00",
     "2026-03-12T18:00:00+00:00"},
    {"the nineties", "interval", "1990-01-01", "2000-01-01"},
    {"early 2000s", "interval", "2000-01-01", "2003-05-02"},
    {"the 19th century", "interval", "1801-01-01", "1901-01-01"},
    {"next decade", "instant", "2030-01-01", ""},
    {"labor day weekend", "interval", "2026-09-05", "2026-09-08"},
    {"the weekend of the 21st", "interval", "2026-03-21", "2026-03-23"},
    {"the weekend after easter", "interval", "2026-04-11", "2026-04-13"},
    {"first two weeks of april", "interval", "2026-04-01", "2026-04-15"},
    {"next 3 days", "interval", "2026-03-13", "2026-03-16"},
    {"later this week", "interval", "2026-03-12T10:00:00+00:00", "2026-03-16T00:00:00+00:00"},
    {"3-5pm on march 16", "interval", "2026-03-16T15:00:00+00:00", "2026-03-16T17:00:00+00:00"},
    {"22-23 june at 7pm", "interval", "2026-06-22T19:00:00+00:00", "2026-06-23T19:00:00+00:00"},
    {"9am-11", "interval", "2026-03-13T09:00:00+00:00", "2026-03-13T11:00:00+00:00"},
    {"9 to 5", "interval", "2026-03-13T09:00:00+00:00", "2026-03-13T17:00:00+00:00"},
    {"from 2020 to 2022", "interval", "2020-01-01", "2023-01-01"},
    {"no earlier than monday", "open-after", "2026-03-16", ""},
    {"on or before friday", "open-before", "2026-03-14", ""},
    {"the day after tomorrow morning", "interval", "2026-03-14T00:00:00+00:00",
     "2026-03-14T12:00:00+00:00"},
    {"a week ago monday from 9 to 11", "interval", "2026-03-09T09:00:00+00:00",
     "2026-03-09T11:00:00+00:00"},
    {"tomorrow before 4pm", "open-before", "2026-03-13T16:00:00+00:00", ""},
};

TEST(Grammar, ReadsPointsInTime) {
  expect_all(At(kNow, "UTC"), kPoints);
}

TEST(Grammar, ReadsStretchesOfTime) {
  expect_all(At(kNow, "UTC"), kStretches);
}

TEST(Grammar, FindsTheTimeInASentence) {
  constexpr std::array<std::array<std::string_view, 2>, 12> kCases = {{
      {"call March 14 30 min", "March 14"},
      {"dentist 3/14 30 min", "3/14"},
      {"on 14 March 15 people came", "on 14 March"},
      {"Pay rent fri p1 #home", "fri"},
      {"call mom at 3", "at 3"},
      {"Let's sync on Tuesday of next week", "on Tuesday of next week"},
      {"set a timer for 1 hour, 5 minutes", "for 1 hour, 5 minutes"},
      {"meet Bob for 30 minutes tomorrow 3pm", "tomorrow 3pm"},
      {"In 5 minutes A car need to move", "In 5 minutes"},
      {"By Angie Mar November 2019", "November 2019"},
      {"(04/2016)", "04/2016"},
      {"the report is due by the end of the month, I think", "by the end of the month"},
  }};
  for (const auto& [text, words] : kCases) {
    const auto found = find_when(text);
    ASSERT_TRUE(found) << text;
    EXPECT_EQ(text.substr(found->begin, found->end - found->begin), words) << text;
    EXPECT_EQ(found->when.text(), words);
  }
}

TEST(Grammar, LeavesSentencesWithoutATime) {
  for (const std::string_view text : {"I'm at 101 points",
                                      "I'm at $101.194 - $105",
                                      "I'm at 10.1 - 20.1",
                                      "section 3.4.5",
                                      "ip 10.0.0.1",
                                      "flight 1234",
                                      "page 3 of 10",
                                      "the 3rd floor",
                                      "the second half",
                                      "a second opinion",
                                      "3/4 of them",
                                      "1/2 cup sugar",
                                      "24/7 support",
                                      "this is the one",
                                      "The mountain may not move",
                                      "good morning",
                                      "the sun is bright",
                                      "april@example.com",
                                      "2020",
                                      "2019 to 2020",
                                      "5 days",
                                      "3y",
                                      "mar",
                                      "2012/80/10",
                                      "8/32/2014",
                                      "06/31/2022",
                                      "two sixty a m",
                                      "7 days a week",
                                      "2 weeks notice",
                                      "size 10-12",
                                      "report-2026-03-16.pdf",
                                      "http://example.com/2026/03/16/post",
                                      "IMG_20260316.jpg",
                                      "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
                                      "see monday.com",
                                      "a monday-like mood",
                                      "February 30th",
                                      "29 Feb 2021",
                                      "the 31st of June",
                                      "2026 Jan 33",
                                      "friday13",
                                      "1tomorrow",
                                      "John 3:16",
                                      "room 10.15",
                                      "in the sun",
                                      "an army on the march",
                                      "now and then",
                                      "sundry things",
                                      "90s",
                                      "44 BC",
                                      "the weekday",
                                      "for the most part"}) {
    const auto found = find_when(text);
    EXPECT_FALSE(found) << text << " -> " << found->when.text();
  }
}

std::size_t work_on(const std::string& text, std::size_t span_max) {
  words::Cursor cursor(text);
  return words::Chart(words::all_rules(), cursor, span_max).work();
}

std::string repeated(std::string_view phrase, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += phrase;
  return text;
}

/// Twice the text is twice the work; without the limit on an item's length it is far more.
TEST(Grammar, WorksNoHarderThanItsTextIsLong) {
  std::size_t harder_without = 0;
  for (const std::string_view phrase :
       {"the day before ", "1 ", "monday, ", "3-", "in 2 hours and ", "of the next week ",
        "5 pm to ", "first monday of ", "from 9 to ", "2 days after ", "a ", "' ", "january ",
        "12:30 ", "rest of the end of the "}) {
    const std::size_t once = work_on(repeated(phrase, 60), words::Chart::kSpanMax);
    const std::size_t twice = work_on(repeated(phrase, 120), words::Chart::kSpanMax);
    EXPECT_LE(twice, once * 5 / 2) << phrase;
    const std::size_t free_once = work_on(repeated(phrase, 60), 10'000);
    const std::size_t free_twice = work_on(repeated(phrase, 120), 10'000);
    if (free_twice > free_once * 5 / 2) ++harder_without;
  }
  EXPECT_GE(harder_without, 2U);
}

TEST(Grammar, EndsOnHostileText) {
  const At at(kNow, "UTC");
  for (const std::string_view phrase :
       {"the day after ", "in 99999 years ", "9999999999 ", "((((", "a year before ", "99:99 ",
        "the week of ", "31/12/9999 ", "\xff\xfe", "'''", "--", "next next ", "1st of "}) {
    at->understand(repeated(phrase, 150));
    at->understand(repeated(phrase, 3));
  }
  EXPECT_EQ(at->understand("in 100000 years").kind, Understood::Kind::None);
  EXPECT_EQ(at->understand("99999 years ago").kind, Understood::Kind::None);
  EXPECT_EQ(at->understand("31 december 9999 + 90000 days").kind, Understood::Kind::None);
}

TEST(Grammar, SaysWhenAWeekdayContradictsItsDate) {
  const At at(kNow, "UTC");
  const Understood understood = at->understand("due Tuesday, 16 March 2026");
  EXPECT_EQ(to_string(*understood.start), "2026-03-16");
  EXPECT_NE(understood.problem.find("not a Tuesday"), std::string::npos) << understood.problem;
}

}  // namespace
}  // namespace common
