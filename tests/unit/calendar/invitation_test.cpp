#include "servers/common/icalendar/invitation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "protocol/mcp/handler.hpp"

namespace icalendar {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

constexpr std::chrono::sys_seconds kNow = std::chrono::sys_days(2026y / 3 / 16) + 8h;

common::Zone warsaw() {
  return *common::Zone::find("Europe/Warsaw");
}

constexpr std::string_view kRequest =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:review-1\r\n"
    "SEQUENCE:2\r\nDTSTART;TZID=Europe/Warsaw:20260317T100000\r\n"
    "DTEND;TZID=Europe/Warsaw:20260317T110000\r\nSUMMARY:Review\r\nLOCATION:Room 2\r\n"
    "RRULE:FREQ=WEEKLY;COUNT=3\r\n"
    "ORGANIZER;CN=Jan:mailto:jan@example.com\r\n"
    "ATTENDEE;RSVP=TRUE;PARTSTAT=NEEDS-ACTION:mailto:Maja@Example.com\r\n"
    "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ola@example.com\r\n"
    "BEGIN:VALARM\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

TEST(Invitation, IsReadFromARequest) {
  const std::optional<common::Invitation> read = read_invitation(kRequest, warsaw());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->method, common::InvitationMethod::Request);
  EXPECT_EQ(read->uid, "review-1");
  EXPECT_EQ(read->sequence, 2);
  EXPECT_EQ(read->title, "Review");
  EXPECT_EQ(common::to_string(read->start), "2026-03-17T10:00:00+01:00");
  EXPECT_EQ(common::to_string(read->end), "2026-03-17T11:00:00+01:00");
  EXPECT_EQ(read->weekday, common::Weekday::Tue);
  EXPECT_EQ(read->zone, "Europe/Warsaw");
  EXPECT_EQ(read->repeat, "FREQ=WEEKLY;COUNT=3");
  EXPECT_EQ(read->location, "Room 2");
  EXPECT_EQ(read->organizer, "jan@example.com");
  EXPECT_THAT(read->attendees, ElementsAre("maja@example.com", "ola@example.com"));
}

TEST(Invitation, IsNothingThatNobodyAnswers) {
  EXPECT_FALSE(read_invitation("BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nEND:VCALENDAR\r\n", warsaw()));
  EXPECT_FALSE(read_invitation("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n", warsaw()));
  EXPECT_FALSE(read_invitation("hello", warsaw()));
}

TEST(Invitation, ComesBackAsItWasFromTheCalendarItIsWrittenAs) {
  const common::Invitation read = *read_invitation(kRequest, warsaw());
  const common::Invitation again = *read_invitation(write_invitation(read, kNow), warsaw());
  EXPECT_EQ(again.uid, read.uid);
  EXPECT_EQ(again.sequence, read.sequence);
  EXPECT_EQ(again.start, read.start);
  EXPECT_EQ(again.end, read.end);
  EXPECT_EQ(again.zone, read.zone);
  EXPECT_EQ(again.repeat, read.repeat);
  EXPECT_EQ(again.attendees, read.attendees);
}

TEST(Reply, HoldsTheOneAnswerAndNothingPrivate) {
  const std::string reply = write_reply(
      {.request = kRequest, .address = "maja@example.com", .answer = Answer::Accepted, .now = kNow},
      warsaw());
  EXPECT_THAT(reply, AllOf(HasSubstr("METHOD:REPLY\r\n"), HasSubstr("UID:review-1\r\n"),
                           HasSubstr("SEQUENCE:2\r\n"), HasSubstr("DTSTAMP:20260316T080000Z\r\n"),
                           HasSubstr("PARTSTAT=ACCEPTED"), HasSubstr("ORGANIZER;CN=Jan")));
  EXPECT_THAT(reply, AllOf(Not(HasSubstr("ola@example.com")), Not(HasSubstr("VALARM")),
                           Not(HasSubstr("RSVP"))));
}

TEST(Reply, NamesAnAttendeeWhomTheRequestDidNotList) {
  const std::string reply = write_reply(
      {.request = kRequest, .address = "list@example.com", .answer = Answer::Declined, .now = kNow},
      warsaw());
  EXPECT_THAT(reply, HasSubstr("ATTENDEE;PARTSTAT=DECLINED:mailto:list@example.com\r\n"));
}

TEST(Reply, CountersWithTheWholeEventAtTheProposedTime) {
  const Reply counter{.request = kRequest,
                      .address = "maja@example.com",
                      .answer = Answer::Counter,
                      .start = kNow + 48h,
                      .now = kNow};
  const std::string text = write_reply(counter, warsaw());
  EXPECT_THAT(text, AllOf(HasSubstr("METHOD:COUNTER\r\n"), HasSubstr("SUMMARY:Review\r\n"),
                          HasSubstr("DTSTART:20260318T080000Z\r\n"),
                          HasSubstr("DTEND:20260318T090000Z\r\n")));
  const std::optional<common::Invitation> read = read_invitation(text, warsaw());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->method, common::InvitationMethod::Counter);
}

TEST(Reply, IsRefusedWithoutATimeToCounterOrAnOrganizer) {
  EXPECT_THROW(
      write_reply({.request = kRequest, .address = "a@b.c", .answer = Answer::Counter}, warsaw()),
      mcp::ToolError);
  EXPECT_THROW(write_reply({.request = "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260316T080000Z\r\n"
                                       "END:VEVENT\r\n",
                            .address = "a@b.c",
                            .answer = Answer::Accepted},
                           warsaw()),
               mcp::ToolError);
}

}  // namespace
}  // namespace icalendar
