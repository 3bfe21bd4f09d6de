#include "schemas/common/repeat.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace common {
namespace {

struct Case {
  std::string_view text{};
  std::string_view rrule{};
};

constexpr Case kWords[] = {
    {"daily", "FREQ=DAILY"},
    {"Every day", "FREQ=DAILY"},
    {"every 3 days", "FREQ=DAILY;INTERVAL=3"},
    {"weekly", "FREQ=WEEKLY"},
    {"every other week", "FREQ=WEEKLY;INTERVAL=2"},
    {"fortnightly", "FREQ=WEEKLY;INTERVAL=2"},
    {"every weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"},
    {"weekdays", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"},
    {"every working day", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"},
    {"every weekend", "FREQ=WEEKLY;BYDAY=SA,SU"},
    {"every monday", "FREQ=WEEKLY;BYDAY=MO"},
    {"every mon, wed and fri", "FREQ=WEEKLY;BYDAY=MO,WE,FR"},
    {"mondays and thursdays", "FREQ=WEEKLY;BYDAY=MO,TH"},
    {"every other friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"},
    {"every 2 weeks on tue", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"},
    {"every two weeks on tuesday and thursday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH"},
    {"weekly on weekdays", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"},
    {"monthly", "FREQ=MONTHLY"},
    {"monthly on the 3rd", "FREQ=MONTHLY;BYMONTHDAY=3"},
    {"monthly on the 3rd and 17th", "FREQ=MONTHLY;BYMONTHDAY=3,17"},
    {"monthly on 15", "FREQ=MONTHLY;BYMONTHDAY=15"},
    {"every month on the last day", "FREQ=MONTHLY;BYMONTHDAY=-1"},
    {"last day of every month", "FREQ=MONTHLY;BYMONTHDAY=-1"},
    {"every first monday", "FREQ=MONTHLY;BYDAY=1MO"},
    {"every 1st monday", "FREQ=MONTHLY;BYDAY=1MO"},
    {"first monday of every month", "FREQ=MONTHLY;BYDAY=1MO"},
    {"every last friday of the month", "FREQ=MONTHLY;BYDAY=-1FR"},
    {"monthly on the second tuesday", "FREQ=MONTHLY;BYDAY=2TU"},
    {"every 3 months", "FREQ=MONTHLY;INTERVAL=3"},
    {"quarterly", "FREQ=MONTHLY;INTERVAL=3"},
    {"yearly", "FREQ=YEARLY"},
    {"every year on 16 March", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=16"},
    {"yearly on march 16th", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=16"},
    {"every first monday of september", "FREQ=YEARLY;BYMONTH=9;BYDAY=1MO"},
    {"daily 5 times", "FREQ=DAILY;COUNT=5"},
    {"daily for 10 days", "FREQ=DAILY;COUNT=10"},
    {"every 2 weeks for 8 weeks", "FREQ=WEEKLY;INTERVAL=2;COUNT=4"},
    {"every 2 weeks on tue until June 2026", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20260630"},
    {"weekly until 2026-04-01", "FREQ=WEEKLY;UNTIL=20260401"},
    {"weekly, until 1 April 2026", "FREQ=WEEKLY;UNTIL=20260401"},
    {"every 2 weeks on tue until June", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU until June"},
    {"weekly for 3 months", "FREQ=WEEKLY until 3 months later"},
    {"every 3 days after completion", "FREQ=DAILY;INTERVAL=3 after completion"},
    {"3 days after completion", "FREQ=DAILY;INTERVAL=3 after completion"},
    {"every! 2 weeks until june", "FREQ=WEEKLY;INTERVAL=2 until june after completion"},
    {"every mon-fri", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"},
    {"tuesday every week", "FREQ=WEEKLY;BYDAY=TU"},
    {"once a month", "FREQ=MONTHLY"},
    {"every 2nd week", "FREQ=WEEKLY;INTERVAL=2"},
    {"first and third monday of every month", "FREQ=MONTHLY;BYDAY=1MO,3MO"},
    {"every month on the second to last friday", "FREQ=MONTHLY;BYDAY=-2FR"},
    {"last weekday of every month", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"},
    {"every march 3rd", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=3"},
    {"3 march every year", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=3"},
    {"annually on march 3", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=3"},
    {"on the 15th of each month", "FREQ=MONTHLY;BYMONTHDAY=15"},
};

TEST(Repeat, ReadsWords) {
  for (const Case& one : kWords) {
    Repeat repeat;
    const auto problem = parse(one.text, repeat);
    EXPECT_FALSE(problem) << one.text << ": " << problem.value_or("");
    EXPECT_EQ(to_string(repeat), one.rrule) << one.text;
    Repeat again;
    EXPECT_FALSE(parse(to_string(repeat), again)) << one.rrule;
    EXPECT_EQ(again, repeat);
  }
}

TEST(Repeat, ReadsRules) {
  constexpr Case kCases[] = {
      {"FREQ=WEEKLY;BYDAY=TU", "FREQ=WEEKLY;BYDAY=TU"},
      {"RRULE:FREQ=DAILY;COUNT=3", "FREQ=DAILY;COUNT=3"},
      {"rrule:freq=monthly;byday=-1fr;", "FREQ=MONTHLY;BYDAY=-1FR"},
      {"INTERVAL=2;FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2"},
      {"FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;WKST=SU", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;WKST=SU"},
      {"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
       "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"},
      {"FREQ=DAILY;UNTIL=20260630T215959Z", "FREQ=DAILY;UNTIL=20260630T215959Z"},
  };
  for (const Case& one : kCases) {
    Repeat repeat;
    const auto problem = parse(one.text, repeat);
    EXPECT_FALSE(problem) << one.text << ": " << problem.value_or("");
    EXPECT_EQ(to_string(repeat), one.rrule);
  }
}

TEST(Repeat, IsFoundInASentence) {
  struct Found {
    std::string_view text{};
    std::string_view words{};
    std::string_view rrule{};
  };
  constexpr Found kCases[] = {
      {"Pay rent monthly on the 1st #home", "monthly on the 1st", "FREQ=MONTHLY;BYMONTHDAY=1"},
      {"water plants every 3 days after completion p1", "every 3 days after completion",
       "FREQ=DAILY;INTERVAL=3 after completion"},
      {"Standup every weekday 9am", "every weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"},
      {"Write weekly report", "", ""},
      {"Every detail counts, every second", "", ""},
      {"Dentist on the 3rd of May", "", ""},
  };
  for (const Found& one : kCases) {
    const auto found = find_repeat(one.text);
    ASSERT_EQ(found.has_value(), !one.words.empty()) << one.text;
    if (!found) continue;
    EXPECT_EQ(one.text.substr(found->begin, found->end - found->begin), one.words);
    EXPECT_EQ(to_string(found->repeat), one.rrule);
  }
}

struct Wrong {
  std::string_view text{};
  std::string_view says{};
};

TEST(Repeat, RefusesRulesThatRfc5545DoesNotKnow) {
  constexpr Wrong kCases[] = {
      {"FREQ=SOMETIMES", "FREQ: expected"},
      {"FREQ=DAILY;COUNT=0", "COUNT: expected 1 to"},
      {"FREQ=DAILY;COUNT=2;UNTIL=20260101", "do not go together"},
      {"FREQ=DAILY;INTERVAL=1;INTERVAL=2", "INTERVAL is given twice"},
      {"FREQ=DAILY;FREQ=DAILY", "FREQ is given twice"},
      {"FREQ=WEEKLY;BYDAY=1MO", "MONTHLY or YEARLY only"},
      {"FREQ=MONTHLY;BYDAY=XX", "BYDAY: expected days"},
      {"FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY: expected 1 to 31"},
      {"FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY: expected 1 to 31"},
      {"FREQ=WEEKLY;BYMONTHDAY=3", "does not go with WEEKLY"},
      {"FREQ=MONTHLY;BYWEEKNO=3", "YEARLY only"},
      {"FREQ=DAILY;BYSETPOS=1", "needs another BY"},
      {"FREQ=DAILY;UNTIL=20260231", "UNTIL: expected a date"},
      {"FREQ=DAILY;UNTIL=June", "UNTIL: expected a date"},
      {"FREQ=DAILY;COLOUR=RED", "no part COLOUR"},
      {"FREQ=DAILY;COUNT", "NAME=VALUE"},
  };
  for (const Wrong& wrong : kCases) {
    Repeat repeat;
    const std::string problem = parse(wrong.text, repeat).value_or("accepted");
    EXPECT_NE(problem.find(wrong.says), std::string::npos) << wrong.text << " -> " << problem;
  }
}

TEST(Repeat, RefusesUnclearWords) {
  constexpr Wrong kCases[] = {
      {"biweekly", "every 2 weeks or twice a week"},
      {"twice a week", "does not say on which days"},
      {"weekly until 3/4", "could be"},
      {"weekly until whenever", "until: expected"},
      {"FREQ=DAILY;COUNT=2 until june", "already says how long"},
      {"once in a blue moon", "expected an RRULE"},
      {"every", "expected an RRULE"},
      {"weekly on the 3rd", "\"3\" is not understood"},
      {"", "expected an RRULE"},
  };
  for (const Wrong& wrong : kCases) {
    Repeat repeat;
    const std::string problem = parse(wrong.text, repeat).value_or("accepted");
    EXPECT_NE(problem.find(wrong.says), std::string::npos) << wrong.text << " -> " << problem;
  }
}

}  // namespace
}  // namespace common
