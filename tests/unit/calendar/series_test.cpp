#include "servers/common/icalendar/series.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "protocol/mcp/handler.hpp"
#include "servers/common/icalendar/objects.hpp"

namespace icalendar {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using namespace std::chrono_literals;

common::Zone in_warsaw() {
  return *common::Zone::find("Europe/Warsaw");
}

std::string calendar(const std::string& inside) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + inside + "END:VCALENDAR\r\n";
}

std::string event(const std::string& lines) {
  return "BEGIN:VEVENT\r\nUID:1\r\n" + lines + "END:VEVENT\r\n";
}

Series series(const std::string& events) {
  return read_series(calendar(events), in_warsaw());
}

std::string text(sys_seconds at) {
  const Moment moment{.local = std::chrono::local_seconds(at.time_since_epoch()),
                      .kind = Moment::Kind::Utc};
  return moment_line("", moment).text.substr(1);
}

/// Starts in 2026, in UTC.
std::vector<std::string> starts(const Series& series) {
  std::vector<std::string> list;
  for (const Occurrence& at : series.expand(sys_days(2026y / 1 / 1), sys_days(2026y / 12 / 31))) {
    list.push_back(text(at.start));
  }
  return list;
}

std::string problem_of(const std::string& lines) {
  try {
    series(event(lines));
  } catch (const mcp::ToolError& error) {
    return error.what();
  }
  return "";
}

TEST(Series, KeepsItsLocalTimeOverAChangeOfOffset) {
  EXPECT_THAT(
      starts(series(event("DTSTART;TZID=Europe/Warsaw:20260327T023000\r\n"
                          "RRULE:FREQ=DAILY;COUNT=4\r\n"))),
      ElementsAre("20260327T013000Z", "20260328T013000Z", "20260329T013000Z", "20260330T003000Z"));
  EXPECT_THAT(starts(series(event("DTSTART;TZID=Europe/Warsaw:20261024T023000\r\n"
                                  "RRULE:FREQ=DAILY;COUNT=3\r\n"))),
              ElementsAre("20261024T003000Z", "20261025T003000Z", "20261026T013000Z"));
}

TEST(Series, TakesAddedAndExcludedTimesInTheirOwnZones) {
  EXPECT_THAT(starts(series(event("DTSTART;TZID=Europe/Warsaw:20260401T090000\r\n"
                                  "RRULE:FREQ=DAILY;COUNT=3\r\n"
                                  "RDATE;TZID=America/New_York:20260410T090000\r\n"
                                  "EXDATE:20260402T070000Z\r\n"))),
              ElementsAre("20260401T070000Z", "20260403T070000Z", "20260410T130000Z"));
}

TEST(Series, GivesAPeriodItsOwnLength) {
  const Series found =
      series(event("DTSTART:20260401T090000Z\r\nDTEND:20260401T100000Z\r\n"
                   "RDATE;VALUE=PERIOD:20260402T090000Z/PT3H\r\n"));
  const std::vector<Occurrence> list =
      found.expand(sys_days(2026y / 4 / 1), sys_days(2026y / 4 / 3));
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[1].end - list[1].start, 3h);
}

constexpr const char* kWeekly =
    "DTSTART;TZID=Europe/Warsaw:20260105T090000\r\nDTEND;TZID=Europe/Warsaw:20260105T100000\r\n"
    "SEQUENCE:1\r\nRRULE:FREQ=WEEKLY;COUNT=4\r\n";

TEST(Series, MovesAndCancelsSingleOccurrences) {
  EXPECT_THAT(starts(series(event(kWeekly) +
                            event("RECURRENCE-ID;TZID=Europe/Warsaw:20260112T090000\r\n"
                                  "SEQUENCE:1\r\nDTSTART;TZID=Europe/Warsaw:20260113T150000\r\n") +
                            event("RECURRENCE-ID:20260119T080000Z\r\nSTATUS:CANCELLED\r\n"
                                  "SEQUENCE:1\r\nDTSTART:20260119T080000Z\r\n"))),
              ElementsAre("20260105T080000Z", "20260113T140000Z", "20260126T080000Z"));
}

TEST(Series, MovesThisAndAllFollowing) {
  const Series found =
      series(event(kWeekly) +
             event("RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Warsaw:20260119T090000\r\n"
                   "SEQUENCE:2\r\nDTSTART;TZID=Europe/Warsaw:20260120T110000\r\n"
                   "DTEND;TZID=Europe/Warsaw:20260120T113000\r\nSUMMARY:Later\r\n"));
  EXPECT_THAT(starts(found), ElementsAre("20260105T080000Z", "20260112T080000Z", "20260120T100000Z",
                                         "20260127T100000Z"));
  const std::optional<Occurrence> last = found.find("20260126T080000Z");
  ASSERT_TRUE(last);
  EXPECT_EQ(last->end - last->start, 30min);
  EXPECT_EQ(read_text(*found.calendar().parts[last->part].find("SUMMARY")), "Later");
}

TEST(Series, FindsEachOccurrenceByItsKeyHoweverItMoved) {
  const Series found =
      series(event(kWeekly) + event("RECURRENCE-ID:20260112T080000Z\r\nSEQUENCE:1\r\n"
                                    "DTSTART:20261224T080000Z\r\n"));
  for (const Occurrence& at : found.expand(sys_days(2026y / 1 / 1), sys_days(2027y / 1 / 1))) {
    const std::optional<Occurrence> again = found.find(at.key);
    ASSERT_TRUE(again) << at.key;
    EXPECT_EQ(again->start, at.start);
  }
  EXPECT_EQ(text(found.find("20260112T080000Z")->start), "20261224T080000Z");
  EXPECT_FALSE(found.find("20260113T080000Z"));
  EXPECT_FALSE(found.find("nonsense"));
}

TEST(Series, OfWholeDaysHasNoZone) {
  const Series found =
      series(event("DTSTART;VALUE=DATE:20260328\r\nDTEND;VALUE=DATE:20260330\r\n"
                   "RRULE:FREQ=YEARLY\r\n"));
  const std::vector<Occurrence> list =
      found.expand(sys_days(2027y / 1 / 1), sys_days(2028y / 1 / 1));
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].key, "20270328");
  EXPECT_EQ(list[0].end_day - list[0].first_day, days(2));
  EXPECT_FALSE(found.ends());
}

TEST(Series, TakesZonesFromTheSystemThenTheFileThenWindows) {
  const std::string own =
      "BEGIN:VTIMEZONE\r\nTZID:Office\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\n"
      "TZOFFSETFROM:+0530\r\nTZOFFSETTO:+0530\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
      "BEGIN:VTIMEZONE\r\nTZID:Europe/Warsaw\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\n"
      "TZOFFSETFROM:+0900\r\nTZOFFSETTO:+0900\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";
  EXPECT_THAT(starts(series(own + event("DTSTART;TZID=Office:20260105T090000\r\n"))),
              ElementsAre("20260105T033000Z"));
  EXPECT_THAT(starts(series(own + event("DTSTART;TZID=Europe/Warsaw:20260105T090000\r\n"))),
              ElementsAre("20260105T080000Z"));
  EXPECT_THAT(starts(series(event("DTSTART;TZID=Tokyo Standard Time:20260105T090000\r\n"))),
              ElementsAre("20260105T000000Z"));
  EXPECT_THAT(starts(series(
                  event("DTSTART;TZID=/example.org/20110101_1/Europe/Lisbon:20260105T090000\r\n"))),
              ElementsAre("20260105T090000Z"));
  EXPECT_THAT(problem_of("DTSTART;TZID=Atlantis:20260105T090000\r\n"), HasSubstr("Atlantis"));
}

TEST(Series, RefusesByNameWhatItCannotKeep) {
  EXPECT_THAT(problem_of("SUMMARY:x\r\n"), HasSubstr("no DTSTART"));
  EXPECT_THAT(problem_of("DTSTART:20260230T090000Z\r\n"), HasSubstr("DTSTART:20260230T090000Z"));
  EXPECT_THAT(problem_of("DTSTART:20260105T090000Z\r\nRRULE:FREQ=SECONDLY\r\n"),
              HasSubstr("1000 times a day"));
  EXPECT_THAT(problem_of("DTSTART;VALUE=DATE:20260105\r\nRRULE:FREQ=HOURLY\r\n"),
              HasSubstr("within a day"));
  EXPECT_THAT(problem_of("DTSTART:20260105T090000Z\r\nRRULE:FREQ=DAILY;BYDAY=XX\r\n"),
              HasSubstr("BYDAY"));
  EXPECT_THAT(problem_of("DTSTART:20260105T090000Z\r\nRRULE:RSCALE=HEBREW;FREQ=YEARLY\r\n"),
              HasSubstr("RSCALE"));
  EXPECT_THAT(problem_of("DTSTART:20260105T090000Z\r\nRRULE:FREQ=DAILY;INTERVAL=0\r\n"),
              HasSubstr("INTERVAL"));
}

TEST(Series, LooksForRulesThatNeverHappenNoLongerThanTheyAreAskedFor) {
  for (const char* rule :
       {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31;COUNT=3"}) {
    const Series never =
        series(event("DTSTART:20260105T090000Z\r\nRRULE:" + std::string(rule) + "\r\n"));
    EXPECT_THAT(starts(never), IsEmpty()) << rule;
    EXPECT_FALSE(never.first()) << rule;
    EXPECT_FALSE(never.ends()) << rule;
  }
}

TEST(Series, CountsAnEndBeforeTheStartAsNone) {
  const Series found = series(event("DTSTART:20260105T090000Z\r\nDTEND:20260105T080000Z\r\n"));
  const std::optional<Occurrence> first = found.first();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->end, first->start);
  EXPECT_THAT(starts(found), ElementsAre("20260105T090000Z"));
}

TEST(Objects, KeepTheGoodEventsOfABadCalendar) {
  const Objects objects =
      read_objects(calendar("BEGIN:VEVENT\r\nUID:good\r\nDTSTART:20260105T090000Z\r\nEND:VEVENT\r\n"
                            "BEGIN:VEVENT\r\nUID:bad\r\nDTSTART:tomorrow\r\nEND:VEVENT\r\n"
                            "BEGIN:VTODO\r\nUID:task\r\nEND:VTODO\r\n"
                            "BEGIN:VEVENT\r\nDTSTART:20260106T090000Z\r\nEND:VEVENT\r\n"),
                   in_warsaw());
  ASSERT_EQ(objects.events.size(), 2U);
  EXPECT_EQ(objects.events[0].uid, "good");
  EXPECT_THAT(objects.events[1].uid, testing::StartsWith("adjutant-"));
  ASSERT_EQ(objects.left.size(), 2U);
  EXPECT_EQ(objects.left[0].id, "task");
  EXPECT_EQ(objects.left[1].id, "bad");
  EXPECT_THAT(objects.left[1].problem, HasSubstr("line 9"));
}

TEST(Objects, KeepTheSeriesOfAChangedOccurrenceThatCannotBeRead) {
  const Objects objects = read_objects(
      calendar(event(kWeekly) + event("RECURRENCE-ID:20260112T080000Z\r\n")), in_warsaw());
  ASSERT_EQ(objects.events.size(), 1U);
  EXPECT_EQ(starts(read_series(write(objects.events[0].calendar), in_warsaw())).size(), 4U);
  ASSERT_EQ(objects.left.size(), 1U);
  EXPECT_THAT(objects.left[0].problem, HasSubstr("no DTSTART"));
}

TEST(Objects, TakeTheZoneOfTheCalendarAlong) {
  const std::string zone =
      "BEGIN:VTIMEZONE\r\nTZID:Office\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\n"
      "TZOFFSETFROM:+0530\r\nTZOFFSETTO:+0530\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";
  const Objects objects =
      read_objects(calendar(zone + event("DTSTART;TZID=Office:20260105T090000\r\n")), in_warsaw());
  ASSERT_EQ(objects.events.size(), 1U);
  const Series stored = read_series(write(objects.events[0].calendar), in_warsaw());
  EXPECT_THAT(starts(stored), ElementsAre("20260105T033000Z"));
}

}  // namespace
}  // namespace icalendar
