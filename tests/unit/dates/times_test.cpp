#include "servers/common/times.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "protocol/mcp/handler.hpp"
#include "tests/unit/dates/dates.hpp"

namespace common {
namespace {

constexpr std::string_view kThursday = "2026-03-12T10:00:00+01:00";

std::string shown(const Range& range, const Zone& zone) {
  const auto side = [&](const auto& at) {
    return at ? to_string(zone.at(*at)) : std::string("open");
  };
  return side(range.from) + " / " + side(range.to);
}

std::string shown(const Span& span) {
  return to_string(span.start) + " / " + to_string(span.end);
}

template <class Work>
std::string refusal(Work work) {
  try {
    work();
  } catch (const mcp::ToolError& error) {
    return error.what();
  }
  return "accepted";
}

struct Spoken {
  std::string_view text{};
  std::string_view expected{};
};

/// On a Thursday, 12 March 2026, at ten in Warsaw.
constexpr Spoken kFromNow[] = {
    {"now", "2026-03-12T10:00:00+01:00"},
    {"today", "2026-03-12"},
    {"tomorrow 3pm", "2026-03-13T15:00:00+01:00"},
    {"Tomorrow at noon", "2026-03-13T12:00:00+01:00"},
    {"yesterday", "2026-03-11"},
    {"day after tomorrow", "2026-03-14"},
    {"the day before yesterday 8am", "2026-03-10T08:00:00+01:00"},
    {"tonight at 8", "2026-03-12T20:00:00+01:00"},
    {"tonight", "2026-03-12T20:00:00+01:00"},
    {"tomorrow morning", "2026-03-13T09:00:00+01:00"},
    {"this evening", "2026-03-12T18:00:00+01:00"},
    {"9 tomorrow morning", "2026-03-13T09:00:00+01:00"},
    {"in 2 hours", "2026-03-12T12:00:00+01:00"},
    {"in half an hour", "2026-03-12T10:30:00+01:00"},
    {"in an hour and a half", "2026-03-12T11:30:00+01:00"},
    {"in 1.5 hours", "2026-03-12T11:30:00+01:00"},
    {"in 1h30", "2026-03-12T11:30:00+01:00"},
    {"in 3 days", "2026-03-15"},
    {"in 3 days at 4pm", "2026-03-15T16:00:00+01:00"},
    {"2 days ago", "2026-03-10"},
    {"in a week", "2026-03-19"},
    {"in 1 month", "2026-04-12"},
    {"a week after tomorrow", "2026-03-20"},
    {"2 days before 20 March", "2026-03-18"},
    {"15 minutes before noon", "2026-03-12T11:45:00+01:00"},
    {"next tuesday +10 days", "2026-03-27"},
    {"3pm", "2026-03-12T15:00:00+01:00"},
    {"9am", "2026-03-13T09:00:00+01:00"},
    {"15:30", "2026-03-12T15:30:00+01:00"},
    {"15:30:15", "2026-03-12T15:30:15+01:00"},
    {"at 3", "2026-03-12T15:00:00+01:00"},
    {"friday at 8", "2026-03-13T08:00:00+01:00"},
    {"half past 3", "2026-03-12T15:30:00+01:00"},
    {"a quarter to noon", "2026-03-12T11:45:00+01:00"},
    {"noon", "2026-03-12T12:00:00+01:00"},
    {"midnight", "2026-03-13T00:00:00+01:00"},
    {"tomorrow 24:00", "2026-03-14T00:00:00+01:00"},
    {"end of day", "2026-03-12T23:59:00+01:00"},
    {"friday cob", "2026-03-13T17:00:00+01:00"},
    {"end of month", "2026-03-31"},
    {"end of the week", "2026-03-15"},
    {"eom", "2026-03-31"},
    {"end of next month", "2026-04-30"},
    {"the 3rd", "2026-04-03"},
    {"the 12th", "2026-03-12"},
    {"the 20th at 9:15", "2026-03-20T09:15:00+01:00"},
    {"the 20th of next month", "2026-04-20"},
    {"16 March", "2026-03-16"},
    {"March 16th", "2026-03-16"},
    {"march the 16th, 3pm", "2026-03-16T15:00:00+01:00"},
    {"March 5", "2027-03-05"},
    {"16 March 2026", "2026-03-16"},
    {"Mon, 16 Mar 2026 15:00", "2026-03-16T15:00:00+01:00"},
    {"16/3", "2026-03-16"},
    {"3/16/26", "2026-03-16"},
    {"29 February", "2028-02-29"},
    {"first monday of april", "2026-04-06"},
    {"last friday of the month", "2026-03-27"},
    {"last day of february 2028", "2028-02-29"},
    {"second last day of march", "2026-03-30"},
    {"friday next week", "2026-03-20"},
    {"tuesday of next week at 9", "2026-03-17T09:00:00+01:00"},
    {"2026-03-16", "2026-03-16"},
    {"2026-03-16T15:00", "2026-03-16T15:00:00+01:00"},
    {"2026-03-16 15:00", "2026-03-16T15:00:00+01:00"},
    {"2026-03-16T15:00:00Z", "2026-03-16T16:00:00+01:00"},
    {"2026-03-16T15:00:00-05:00", "2026-03-16T21:00:00+01:00"},
    {"2026-07-16T15:00:00.5+02:00", "2026-07-16T15:00:00+02:00"},
    {"20260316T150000Z", "2026-03-16T16:00:00+01:00"},
    {"tomorrow 3pm UTC", "2026-03-13T16:00:00+01:00"},
};

TEST(TimesPoint, UnderstandsWordsFromNow) {
  const At at(kThursday);
  for (const Spoken& one : kFromNow) {
    EXPECT_EQ(to_string(at->point(when(one.text))), one.expected) << one.text;
  }
}

TEST(TimesPoint, ReadsWeekdaysAsTheHeaderSays) {
  struct Weekdays {
    std::string_view now{};
    std::string_view text{};
    std::string_view expected{};
  };
  constexpr std::string_view kMonday = "2026-03-16T10:00:00+01:00";
  constexpr Weekdays kCases[] = {
      {kThursday, "friday", "2026-03-13"},
      {kThursday, "thursday", "2026-03-19"},
      {kThursday, "thursday 3pm", "2026-03-12T15:00:00+01:00"},
      {kThursday, "thursday 9am", "2026-03-19T09:00:00+01:00"},
      {kThursday, "this thursday", "2026-03-12"},
      {kThursday, "this friday", "2026-03-13"},
      {kThursday, "next friday", "2026-03-20"},
      {kThursday, "next tuesday", "2026-03-17"},
      {kThursday, "next Tuesday at noon", "2026-03-17T12:00:00+01:00"},
      {kMonday, "next tuesday", "2026-03-24"},
      {kMonday, "tuesday", "2026-03-17"},
      {kThursday, "last thursday", "2026-03-05"},
      {kThursday, "last wednesday", "2026-03-11"},
      {"2026-03-15T10:00:00+01:00", "next monday", "2026-03-16"},
  };
  for (const Weekdays& one : kCases) {
    const At at(one.now);
    EXPECT_EQ(to_string(at->point(when(one.text))), one.expected) << one.now << " " << one.text;
  }
}

TEST(TimesPoint, LooksBackWhereThingsHappened) {
  constexpr Spoken kCases[] = {
      {"friday", "2026-03-06"},
      {"thursday", "2026-03-05"},
      {"the 13th", "2026-02-13"},
      {"the 12th", "2026-03-12"},
      {"march 20", "2025-03-20"},
      {"9am", "2026-03-12T09:00:00+01:00"},
      {"11am", "2026-03-11T11:00:00+01:00"},
      {"thursday 9am", "2026-03-12T09:00:00+01:00"},
  };
  const At at(kThursday);
  for (const Spoken& one : kCases) {
    EXPECT_EQ(to_string(at->point(when(one.text), {.toward = Toward::Past})), one.expected)
        << one.text;
  }
}

TEST(TimesPoint, UnderstandsIncompleteWordsFromItsAnchor) {
  constexpr Spoken kCases[] = {
      {"4pm", "2026-03-20T16:00:00+01:00"},
      {"at 9", "2026-03-20T21:00:00+01:00"},
      {"monday", "2026-03-23"},
      {"friday", "2026-03-20"},
      {"the 21st", "2026-03-21"},
      {"2 hours later", "2026-03-20T16:00:00+01:00"},
      {"tomorrow 4pm", "2026-03-13T16:00:00+01:00"},
  };
  const At at(kThursday);
  const Time anchor = time_of("2026-03-20T14:00:00+01:00");
  for (const Spoken& one : kCases) {
    EXPECT_EQ(to_string(at->point(when(one.text), {.anchor = anchor})), one.expected) << one.text;
  }
}

TEST(TimesPoint, RefusesWhatIsNoSingleTime) {
  constexpr Spoken kCases[] = {
      {"next week", "it is Mon 2026-03-16 to Sun 2026-03-22: name the day"},
      {"in march", "it is Sun 2026-03-01 to Tue 2026-03-31: name the day"},
      {"weekend", "it is Sat 2026-03-14 to Sun 2026-03-15: name the day"},
      {"since monday", "open on one side"},
      {"tomorrow, wednesday", "Friday 2026-03-13, not a Wednesday"},
      {"Tuesday 16 March 2026", "Monday 2026-03-16, not a Tuesday"},
      {"Tuesday the 16th", "Monday 2026-03-16, not a Tuesday"},
      {"fifth monday of april", "no such day"},
      {"next week at 3pm", "name the day"},
      {"in 99999 years", "outside the years"},
  };
  const At at(kThursday);
  for (const Spoken& one : kCases) {
    const std::string why = refusal([&] { at->point(when(one.text), {.pointer = "/due"}); });
    EXPECT_TRUE(why.starts_with("/due: \"" + std::string(one.text))) << why;
    EXPECT_NE(why.find(one.expected), std::string::npos) << one.text << " -> " << why;
  }
}

struct SpanCase {
  std::string_view start{};
  std::string_view end{};
  std::string_view expected{};
};

TEST(TimesSpan, TakesTheEndFromTheStart) {
  constexpr SpanCase kCases[] = {
      {"tomorrow 3pm", "", "2026-03-13T15:00:00+01:00 / 2026-03-13T15:45:00+01:00"},
      {"tomorrow 3pm", "4pm", "2026-03-13T15:00:00+01:00 / 2026-03-13T16:00:00+01:00"},
      {"tomorrow 9am", "at 5", "2026-03-13T09:00:00+01:00 / 2026-03-13T17:00:00+01:00"},
      {"tomorrow 7pm", "at 9", "2026-03-13T19:00:00+01:00 / 2026-03-13T21:00:00+01:00"},
      {"tomorrow 10pm", "1am", "2026-03-13T22:00:00+01:00 / 2026-03-14T01:00:00+01:00"},
      {"tomorrow 3pm", "2 hours later", "2026-03-13T15:00:00+01:00 / 2026-03-13T17:00:00+01:00"},
      {"Fri 9-10", "", "2026-03-13T09:00:00+01:00 / 2026-03-13T10:00:00+01:00"},
      {"fri from 9 to 10:30", "", "2026-03-13T09:00:00+01:00 / 2026-03-13T10:30:00+01:00"},
      {"9:30 till 11:00 on friday", "", "2026-03-13T09:30:00+01:00 / 2026-03-13T11:00:00+01:00"},
      {"fri between 9 and 10:30", "", "2026-03-13T09:00:00+01:00 / 2026-03-13T10:30:00+01:00"},
      {"friday 9 to 5", "", "2026-03-13T09:00:00+01:00 / 2026-03-13T17:00:00+01:00"},
      {"friday 3-4pm", "", "2026-03-13T15:00:00+01:00 / 2026-03-13T16:00:00+01:00"},
      {"friday 11-1pm", "", "2026-03-13T11:00:00+01:00 / 2026-03-13T13:00:00+01:00"},
      {"friday 10pm - 1am", "", "2026-03-13T22:00:00+01:00 / 2026-03-14T01:00:00+01:00"},
      {"4pm for 30 minutes", "", "2026-03-12T16:00:00+01:00 / 2026-03-12T16:30:00+01:00"},
      {"between 3pm and 4pm tomorrow", "", "2026-03-13T15:00:00+01:00 / 2026-03-13T16:00:00+01:00"},
      {"tomorrow morning", "", "2026-03-13T09:00:00+01:00 / 2026-03-13T09:45:00+01:00"},
      {"tomorrow", "", "2026-03-13 / 2026-03-14"},
      {"monday to wednesday", "", "2026-03-16 / 2026-03-19"},
      {"monday", "wednesday", "2026-03-16 / 2026-03-19"},
      {"2026-03-16", "2026-03-16", "2026-03-16 / 2026-03-17"},
      {"this weekend", "", "2026-03-14 / 2026-03-16"},
      {"end of month", "", "2026-03-31 / 2026-04-01"},
      {"10 - 12 August", "", "2026-08-10 / 2026-08-13"},
      {"30 December - 2 January", "", "2026-12-30 / 2027-01-03"},
  };
  const At at(kThursday);
  for (const SpanCase& one : kCases) {
    std::optional<When> end;
    if (!one.end.empty()) end = when(one.end);
    EXPECT_EQ(shown(at->span(when(one.start), end, 45)), one.expected)
        << one.start << " | " << one.end;
  }
  EXPECT_TRUE(at->span(when("tomorrow"), {}, 45).all_day);
  EXPECT_FALSE(at->span(when("tomorrow 3pm"), {}, 45).all_day);
}

TEST(TimesSpan, RefusesWhatCannotBe) {
  constexpr SpanCase kCases[] = {
      {"tomorrow 3pm", "2pm",
       "/end: \"2pm\" is unclear: it is Fri 2026-03-13T14:00:00+01:00, not after"},
      {"friday 3pm", "yesterday", "not after the start"},
      {"friday", "5pm", "give both a time, or neither"},
      {"friday 9-10", "11am", "already says when it ends"},
      {"friday 9am", "since 10am", "says when something begins"},
      {"since friday", "", "/start: \"since friday\" is unclear: it is open"},
      {"next week", "", "name the day"},
  };
  const At at(kThursday);
  for (const SpanCase& one : kCases) {
    std::optional<When> end;
    if (!one.end.empty()) end = when(one.end);
    const std::string why = refusal([&] { at->span(when(one.start), end, 60); });
    EXPECT_NE(why.find(one.expected), std::string::npos) << one.start << " -> " << why;
  }
}

TEST(TimesRange, IsTheWholeOfADayOrPeriodAndOpenOtherwise) {
  constexpr SpanCase kCases[] = {
      {"today", "", "2026-03-12T00:00:00+01:00 / 2026-03-13T00:00:00+01:00"},
      {"this week", "", "2026-03-09T00:00:00+01:00 / 2026-03-16T00:00:00+01:00"},
      {"next week", "", "2026-03-16T00:00:00+01:00 / 2026-03-23T00:00:00+01:00"},
      {"last week", "", "2026-03-02T00:00:00+01:00 / 2026-03-09T00:00:00+01:00"},
      {"in april", "", "2026-04-01T00:00:00+02:00 / 2026-05-01T00:00:00+02:00"},
      {"this month", "", "2026-03-01T00:00:00+01:00 / 2026-04-01T00:00:00+02:00"},
      {"q2", "", "2026-04-01T00:00:00+02:00 / 2026-07-01T00:00:00+02:00"},
      {"2027", "", "2027-01-01T00:00:00+01:00 / 2028-01-01T00:00:00+01:00"},
      {"last summer", "", "2025-06-21T00:00:00+02:00 / 2025-09-23T00:00:00+02:00"},
      {"the week of 6 april", "", "2026-04-06T00:00:00+02:00 / 2026-04-13T00:00:00+02:00"},
      {"tomorrow afternoon", "", "2026-03-13T12:00:00+01:00 / 2026-03-13T18:00:00+01:00"},
      {"tomorrow after 11", "", "2026-03-13T11:00:00+01:00 / 2026-03-14T00:00:00+01:00"},
      {"tomorrow before noon", "", "2026-03-13T00:00:00+01:00 / 2026-03-13T12:00:00+01:00"},
      {"early april", "", "2026-04-01T00:00:00+02:00 / 2026-04-11T00:00:00+02:00"},
      {"last 7 days", "", "2026-03-05T00:00:00+01:00 / 2026-03-12T10:00:00+01:00"},
      {"next 2 hours", "", "2026-03-12T10:00:00+01:00 / 2026-03-12T12:00:00+01:00"},
      {"next 7 days", "", "2026-03-12T10:00:00+01:00 / 2026-03-20T00:00:00+01:00"},
      {"tomorrow 3pm", "", "2026-03-13T15:00:00+01:00 / open"},
      {"since monday", "", "2026-03-09T00:00:00+01:00 / open"},
      {"since 9am", "", "2026-03-12T09:00:00+01:00 / open"},
      {"from monday", "", "2026-03-16T00:00:00+01:00 / open"},
      {"after friday", "", "2026-03-14T00:00:00+01:00 / open"},
      {"until friday", "", "open / 2026-03-14T00:00:00+01:00"},
      {"before friday", "", "open / 2026-03-13T00:00:00+01:00"},
      {"", "friday", "open / 2026-03-14T00:00:00+01:00"},
      {"", "friday noon", "open / 2026-03-13T12:00:00+01:00"},
      {"monday", "friday", "2026-03-16T00:00:00+01:00 / 2026-03-21T00:00:00+01:00"},
      {"next week", "wednesday", "2026-03-16T00:00:00+01:00 / 2026-03-19T00:00:00+01:00"},
      {"tomorrow 9am", "5pm", "2026-03-13T09:00:00+01:00 / 2026-03-13T17:00:00+01:00"},
      {"", "", "open / open"},
  };
  const At at(kThursday);
  for (const SpanCase& one : kCases) {
    std::optional<When> start;
    std::optional<When> end;
    if (!one.start.empty()) start = when(one.start);
    if (!one.end.empty()) end = when(one.end);
    EXPECT_EQ(shown(at->range(start, end), at->zone()), one.expected)
        << one.start << " | " << one.end;
  }
}

TEST(TimesSettled, DatesTheLastDayOfARepeat) {
  constexpr Spoken kCases[] = {
      {"every 2 weeks on tue until June", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20260630"},
      {"daily until friday", "FREQ=DAILY;UNTIL=20260313"},
      {"weekly for 3 months", "FREQ=WEEKLY;UNTIL=20260612"},
      {"every 3 days until june after completion",
       "FREQ=DAILY;INTERVAL=3;UNTIL=20260630 after completion"},
      {"weekly until 2026-04-01", "FREQ=WEEKLY;UNTIL=20260401"},
  };
  const At at(kThursday);
  for (const Spoken& one : kCases) {
    Repeat repeat;
    EXPECT_FALSE(parse(one.text, repeat)) << one.text;
    EXPECT_EQ(to_string(at->settled(repeat)), one.expected) << one.text;
  }
}

TEST(TimesRange, RefusesAnEndBeforeTheStart) {
  const At at(kThursday);
  const std::string why = refusal([&] { at->range(when("tomorrow"), when("yesterday")); });
  EXPECT_NE(why.find("/end: \"yesterday\" is unclear: it is Thu 2026-03-12T00:00:00+01:00, before"),
            std::string::npos)
      << why;
}

TEST(TimesRange, KnowsWhatItHolds) {
  const At at(kThursday);
  const Range today = at->range(when("today"), {});
  EXPECT_TRUE(today.holds(time_of("2026-03-12T00:00:00+01:00").at));
  EXPECT_FALSE(today.holds(time_of("2026-03-13T00:00:00+01:00").at));
  EXPECT_TRUE(Range{}.holds(time_of("1999-01-01T00:00:00Z").at));
}

TEST(TimesOffsets, ReadsSkippedAndRepeatedLocalTimesByRfc5545) {
  const At at(kThursday);
  // Clocks go from 02:00 to 03:00 on 29 March 2026 and from 03:00 back to 02:00 on 25 October.
  EXPECT_EQ(to_string(at->point(when("29 March 2026 2:30"))), "2026-03-29T14:30:00+02:00");
  EXPECT_EQ(to_string(at->point(when("29 March 2026 02:30"))), "2026-03-29T03:30:00+02:00");
  EXPECT_EQ(to_string(at->point(when("25 October 2026 02:30"))), "2026-10-25T02:30:00+02:00");
  EXPECT_EQ(to_string(at->point(when("2026-03-29T02:30:00+01:00"))), "2026-03-29T03:30:00+02:00");
  EXPECT_EQ(to_string(at->point(when("2026-10-25T02:30:00+01:00"))), "2026-10-25T02:30:00+01:00");
}

TEST(TimesOffsets, CountsHoursOnTheTimeLineAndDaysOnTheCalendar) {
  const At before("2026-03-28T22:00:00+01:00");
  EXPECT_EQ(to_string(before->point(when("in 6 hours"))), "2026-03-29T05:00:00+02:00");
  const Span night = before->span(when("29 March 01:30"), {}, 60);
  EXPECT_EQ(shown(night), "2026-03-29T01:30:00+01:00 / 2026-03-29T03:30:00+02:00");
  EXPECT_EQ(to_string(before->point(when("1 day after 28 march 2:30pm"))),
            "2026-03-29T14:30:00+02:00");
  const Range day = before->range(when("29 March"), {});
  EXPECT_EQ((*day.to - *day.from), std::chrono::hours{23});
  const At autumn("2026-10-25T02:30:00+02:00");
  EXPECT_EQ(to_string(autumn->point(when("in 1 hour"))), "2026-10-25T02:30:00+01:00");
  EXPECT_EQ(shown(autumn->span(when("end of october"), {}, 60)), "2026-10-31 / 2026-11-01");
}

TEST(TimesOffsets, FollowsTheZoneNotTheClock) {
  const At tokyo("2026-03-12T23:30:00Z", "Asia/Tokyo");
  EXPECT_EQ(to_string(tokyo->today()), "2026-03-13");
  EXPECT_EQ(to_string(tokyo->point(when("tomorrow 9am"))), "2026-03-14T09:00:00+09:00");
  EXPECT_EQ(tokyo->begin_of(time_of("2026-03-13")), time_of("2026-03-12T15:00:00Z").at);
}

struct UnderstoodCase {
  std::string_view text{};
  Understood::Kind kind{};
  std::string_view start{};
  std::string_view end{};
  std::string_view match{};
};

TEST(TimesUnderstand, SaysWhatASentenceMeans) {
  using Kind = Understood::Kind;
  constexpr UnderstoodCase kCases[] = {
      {"Lunch with Anna tomorrow at 1pm?", Kind::Instant, "2026-03-13T13:00:00+01:00", "",
       "tomorrow at 1pm"},
      {"The deadline is 16 March 2026.", Kind::Instant, "2026-03-16", "", "16 March 2026"},
      {"fri 9-10", Kind::Interval, "2026-03-13T09:00:00+01:00", "2026-03-13T10:00:00+01:00",
       "fri 9-10"},
      {"all mails since monday", Kind::OpenAfter, "2026-03-09", "", "since monday"},
      {"everything before 2014", Kind::OpenBefore, "2014-01-01", "", "before 2014"},
      {"nothing to see", Kind::None, "", "", ""},
  };
  const At at(kThursday);
  for (const UnderstoodCase& one : kCases) {
    const Understood understood = at->understand(one.text);
    EXPECT_EQ(understood.kind, one.kind) << one.text;
    EXPECT_EQ(understood.start ? to_string(*understood.start) : "", one.start) << one.text;
    EXPECT_EQ(understood.end ? to_string(*understood.end) : "", one.end) << one.text;
    EXPECT_EQ(understood.match, one.match) << one.text;
  }
  EXPECT_NE(at->understand("due 3/4").problem.find("4 March or 3 April"), std::string::npos);
}

}  // namespace
}  // namespace common
