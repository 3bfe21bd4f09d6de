#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "schemas/calendar/tools.hpp"
#include "servers/calendar/context.hpp"
#include "servers/common/clock.hpp"
#include "tests/temp_folder.hpp"

namespace calendar {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;
using namespace std::chrono_literals;

/// The tools as the server offers them, on Monday, 16 March 2026, 07:30 in Warsaw.
class CalendarTools : public testing::Test {
 protected:
  Json call(std::string_view name, const Json& arguments, const std::string& actor = "client") {
    const auto tool = std::ranges::find(tools(), name, &mcp::Tool::name);
    mcp::Call call{std::string(name), actor};
    const mcp::Answer answer = tool->run(*tool, &context_, arguments, call);
    text_ = answer.text;
    return Json::parse(answer.structured);
  }

  std::string problem(std::string_view name, const Json& arguments) {
    try {
      call(name, arguments);
    } catch (const mcp::ToolError& error) {
      return error.what();
    }
    return "";
  }

  std::vector<std::string> titles(const Json& arguments) {
    std::vector<std::string> list;
    const Json page = call("list_events", arguments);
    for (const Json& event : page.at("events")) {
      list.push_back(event.at("title"));
    }
    return list;
  }

  static std::string ics(const std::string& lines) {
    return "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\n" + lines +
           "END:VEVENT\r\nEND:VCALENDAR\r\n";
  }

  test::TempFolder folder_;
  common::StillClock clock_{std::chrono::sys_days(2026y / 3 / 16) + 6h + 30min};
  common::Times times_{clock_, *common::Zone::find("Europe/Warsaw")};
  common::Options options_{};
  common::Roots roots_{{folder_.path()}};
  common::Settings settings_{};
  std::filesystem::path data_{folder_ / "calendar"};
  Context context_{common::Surroundings{.options = options_,
                                        .folder = data_,
                                        .times = times_,
                                        .roots = roots_,
                                        .settings = settings_}};
  std::string text_;
};

TEST_F(CalendarTools, TellTheTimeInAnyZone) {
  const Json here = call("get_current_time", {});
  EXPECT_EQ(here, Json({{"now", "2026-03-16T07:30:00+01:00"},
                        {"weekday", "Mon"},
                        {"zone", "Europe/Warsaw"},
                        {"week", 12}}));
  EXPECT_EQ(call("get_current_time", {{"zone", "Asia/Tokyo"}}).at("now"),
            "2026-03-16T15:30:00+09:00");
  EXPECT_THAT(problem("get_current_time", {{"zone", "Atlantis"}}), HasSubstr("/zone"));
}

TEST_F(CalendarTools, AddAnEventAndUndoIt) {
  const Json added = call("create_event", {{"title", "Lunch"},
                                           {"start", "tomorrow noon"},
                                           {"notes", "a; b,\nc"},
                                           {"attendees", {"Anna@Example.com"}},
                                           {"reminders_minutes", {10, 60}}});
  const Json& event = added.at("event");
  EXPECT_EQ(event.at("start"), "2026-03-17T12:00:00+01:00");
  EXPECT_EQ(event.at("end"), "2026-03-17T13:00:00+01:00");
  EXPECT_EQ(event.at("weekday"), "Tue");
  EXPECT_EQ(event.at("notes"), "a; b,\nc");
  EXPECT_EQ(event.at("attendees")[0].at("email"), "anna@example.com");
  EXPECT_EQ(event.at("reminders_minutes"), Json({10, 60}));
  EXPECT_FALSE(event.contains("untrusted"));
  EXPECT_EQ(titles({{"start", "tomorrow"}}), std::vector<std::string>{"Lunch"});
  call("undo_calendar_change", {});
  EXPECT_TRUE(titles({{"start", "tomorrow"}}).empty());
}

TEST_F(CalendarTools, MarkWordsFromElsewhere) {
  const Json added =
      call("create_event", {{"title", "From a mail"}, {"start", "today 3pm"}, {"origin", "m12"}});
  EXPECT_TRUE(added.at("event").at("untrusted"));
  EXPECT_THAT(text_, HasSubstr("«From a mail»"));
}

TEST_F(CalendarTools, ChangeNothingInADryRun) {
  const Json dry =
      call("create_event", {{"title", "Lunch"}, {"start", "tomorrow noon"}, {"dry_run", true}});
  EXPECT_TRUE(dry.at("dry_run"));
  EXPECT_FALSE(dry.contains("change_id"));
  call("import_ics", {{"ics", ics("DTSTART:20260317T090000Z\r\n")}, {"dry_run", true}});
  EXPECT_TRUE(titles({{"start", "tomorrow"}}).empty());
}

TEST_F(CalendarTools, RefuseAnEndBeforeTheStartAndUnknownNames) {
  EXPECT_THAT(problem("create_event",
                      {{"title", "x"}, {"start", "2026-03-17T15:00"}, {"end", "2026-03-17T14:00"}}),
              HasSubstr("/end"));
  EXPECT_THAT(problem("create_event", {{"title", "x"}, {"start", "3pm"}, {"calendar", "work"}}),
              HasSubstr("no calendar work; there are: personal"));
  EXPECT_THAT(problem("create_event", {{"title", "x"}, {"start", "3pm"}, {"zone", "Mars"}}),
              HasSubstr("/zone"));
  EXPECT_THAT(problem("respond_to_event", {{"id", "e99"}, {"response", "accepted"}}),
              HasSubstr("/id: no event e99"));
  EXPECT_THAT(problem("list_events", {{"cursor", "nonsense"}}), HasSubstr("/cursor"));
}

TEST_F(CalendarTools, MakeABareDateAllDay) {
  const Json event =
      call("create_event", {{"title", "Trip"}, {"start", "2026-03-18"}, {"end", "2026-03-20"}})
          .at("event");
  EXPECT_TRUE(event.at("all_day"));
  EXPECT_EQ(event.at("start"), "2026-03-18");
  EXPECT_EQ(event.at("end"), "2026-03-21");
}

TEST_F(CalendarTools, FindConflictsWithEveryOccurrenceAndLikelyDuplicates) {
  call("create_event",
       {{"title", "Dentist"}, {"start", "2026-03-31T09:30:00+02:00"}, {"duration_minutes", 30}});
  const Json added =
      call("create_event",
           {{"title", "Standup"}, {"start", "2026-03-17T09:00:00+01:00"}, {"repeat", "weekly"}});
  ASSERT_EQ(added.at("conflicts").size(), 1U);
  EXPECT_EQ(added["conflicts"][0].at("title"), "Dentist");
  EXPECT_FALSE(added.contains("duplicates"));
  const Json again =
      call("create_event",
           {{"title", "standup!"}, {"start", "2026-03-24T09:00:00+01:00"}, {"dry_run", true}});
  ASSERT_EQ(again.at("duplicates").size(), 1U);
  EXPECT_EQ(again["duplicates"][0].at("id"), "e2-20260324T080000Z");
}

TEST_F(CalendarTools, CountTheConflictsThatTheyDoNotShow) {
  const Json daily = {{"start", "2026-03-17T09:00:00+01:00"}, {"repeat", "FREQ=DAILY;COUNT=23"}};
  Json first = daily, second = daily;
  first["title"] = "Standup";
  second["title"] = "Yoga";
  call("create_event", first);
  const Json added = call("create_event", second);
  EXPECT_EQ(added.at("conflicts").size(), 20U);
  EXPECT_EQ(added.at("more_conflicts"), 3);
  EXPECT_FALSE(added.contains("more_duplicates"));
}

TEST_F(CalendarTools, BeginASeriesWhereItsRuleDoes) {
  const Json event = call("create_event", {{"title", "Run"},
                                           {"start", "2026-03-17T07:00:00+01:00"},
                                           {"repeat", "FREQ=WEEKLY;BYDAY=FR;COUNT=2"}})
                         .at("event");
  EXPECT_EQ(event.at("start"), "2026-03-20T07:00:00+01:00");
  const Json list =
      call("list_events", {{"start", "2026-03-16"}, {"end", "2026-05-01"}}).at("events");
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[1].at("start"), "2026-03-27T07:00:00+01:00");
}

TEST_F(CalendarTools, PageThroughAnEndlessSeries) {
  call("create_event", {{"title", "Daily"}, {"start", "2026-03-16T09:00"}, {"repeat", "daily"}});
  Json arguments = {{"start", "2026-03-16"}, {"end", "2026-12-31"}, {"limit", 100}};
  std::set<std::string> ids;
  std::string last;
  for (int pages = 0; pages < 10; ++pages) {
    const Json page = call("list_events", arguments);
    for (const Json& event : page.at("events")) {
      EXPECT_LT(last, event.at("start").get<std::string>());
      last = event["start"];
      EXPECT_TRUE(ids.insert(event.at("id")).second);
    }
    if (!page.contains("next_cursor")) break;
    arguments["cursor"] = page["next_cursor"];
  }
  EXPECT_EQ(ids.size(), 291U);
}

TEST_F(CalendarTools, ImportOnceAndUpdateWhatHasNotBeenChangedHere) {
  const Json first =
      call("import_ics", {{"ics", ics("DTSTART:20260317T090000Z\r\nSUMMARY:A\r\n")}});
  EXPECT_EQ(first.at("added"), 1);
  EXPECT_EQ(call("import_ics", {{"ics", ics("DTSTART:20260317T090000Z\r\nSUMMARY:A\r\n")}})
                .at("unchanged"),
            1);
  EXPECT_EQ(
      call("import_ics", {{"ics", ics("DTSTART:20260317T090000Z\r\nSUMMARY:B\r\n")}}).at("updated"),
      1);
  EXPECT_EQ(titles({{"start", "tomorrow"}}), std::vector<std::string>{"B"});

  call("respond_to_event", {{"id", "e1"}, {"response", "accepted"}});
  const Json same = call("import_ics", {{"ics", ics("DTSTART:20260317T090000Z\r\nSUMMARY:B\r\n")}});
  EXPECT_FALSE(same.contains("failed"));
  const Json other =
      call("import_ics", {{"ics", ics("DTSTART:20260317T090000Z\r\nSUMMARY:C\r\n")}});
  EXPECT_EQ(other.at("updated"), 0);
  EXPECT_THAT(other.at("failed")[0].at("problem").get<std::string>(), HasSubstr("changed here"));
  const Json kept = call("list_events", {{"start", "tomorrow"}}).at("events")[0];
  EXPECT_EQ(kept.at("title"), "B");
  EXPECT_EQ(kept.at("response"), "accepted");
  EXPECT_TRUE(kept.at("untrusted"));
}

TEST_F(CalendarTools, KeepTheSeriesWhenOneOccurrenceIsImportedAnew) {
  call("import_ics", {{"ics", ics("DTSTART:20260316T090000Z\r\nSUMMARY:Series\r\n"
                                  "RRULE:FREQ=DAILY;COUNT=3\r\n")}});
  const Json moved =
      call("import_ics", {{"ics", ics("RECURRENCE-ID:20260317T090000Z\r\nSUMMARY:Moved\r\n"
                                      "DTSTART:20260317T150000Z\r\n")}});
  EXPECT_EQ(moved.at("updated"), 1);
  EXPECT_EQ(titles({{"start", "2026-03-16"}, {"end", "2026-03-20"}}),
            (std::vector<std::string>{"Series", "Moved", "Series"}));
}

TEST_F(CalendarTools, CancelWhatACancellationNames) {
  call("import_ics", {{"ics", ics("DTSTART:20260317T090000Z\r\nSUMMARY:Off\r\n")}});
  const std::string cancel =
      "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260317T090000Z\r\n"
      "END:VEVENT\r\nEND:VCALENDAR\r\n";
  EXPECT_EQ(call("import_ics", {{"ics", cancel}}).at("updated"), 1);
  EXPECT_TRUE(titles({{"start", "tomorrow"}}).empty());
}

TEST_F(CalendarTools, ImportAFileBeneathTheRootsAlone) {
  std::ofstream(folder_ / "a.ics") << ics("DTSTART:20260317T090000Z\r\nSUMMARY:File\r\n");
  EXPECT_EQ(call("import_ics", {{"path", (folder_ / "a.ics").string()}, {"calendar", "Work"}})
                .at("added"),
            1);
  EXPECT_EQ(titles({{"start", "tomorrow"}, {"calendars", {"work"}}}),
            std::vector<std::string>{"File"});
  EXPECT_TRUE(titles({{"start", "tomorrow"}, {"calendars", {"personal"}}}).empty());
  EXPECT_THAT(problem("import_ics", {{"path", "/etc/hostname"}}), HasSubstr("/path"));
  EXPECT_THAT(problem("import_ics", Json::object()), HasSubstr("/ics"));
}

const Json kInvitation = {{"method", "request"},
                          {"uid", "review-1"},
                          {"sequence", 1},
                          {"title", "Review"},
                          {"start", "2026-03-17T10:00:00+01:00"},
                          {"end", "2026-03-17T11:00:00+01:00"},
                          {"weekday", "Tue"},
                          {"organizer", "jan@example.com"},
                          {"attendees", {"maja@example.com"}}};

TEST_F(CalendarTools, AnswerAnInvitationThatIsNotInTheCalendarYet) {
  call("create_event", {{"title", "Call"}, {"start", "2026-03-17T10:30:00+01:00"}});
  const Json answered =
      call("respond_to_event", {{"invitation", kInvitation}, {"response", "accepted"}});
  EXPECT_EQ(answered.at("event").at("response"), "accepted");
  EXPECT_TRUE(answered["event"].at("untrusted"));
  ASSERT_EQ(answered.at("conflicts").size(), 1U);
  EXPECT_EQ(answered["conflicts"][0].at("title"), "Call");
  const Json declined =
      call("respond_to_event", {{"invitation", kInvitation}, {"response", "declined"}});
  EXPECT_EQ(declined.at("event").at("id"), answered["event"]["id"]);
  EXPECT_FALSE(declined.contains("conflicts"));
}

TEST_F(CalendarTools, ProposeAnotherTimeUnderstoodFromTheEvent) {
  call("create_event", {{"title", "Call"}, {"start", "2026-03-17T16:00:00+01:00"}});
  const Json countered =
      call("respond_to_event",
           {{"invitation", kInvitation}, {"response", "counter"}, {"propose_start", "4:30pm"}});
  EXPECT_EQ(countered.at("event").at("response"), "tentative");
  EXPECT_EQ(countered["event"].at("start"), "2026-03-17T10:00:00+01:00");
  ASSERT_EQ(countered.at("conflicts").size(), 1U);
  EXPECT_THAT(problem("respond_to_event", {{"invitation", kInvitation}, {"response", "counter"}}),
              HasSubstr("/propose_start"));
}

TEST_F(CalendarTools, AnswerOneOccurrenceAlone) {
  call("create_event",
       {{"title", "Standup"}, {"start", "2026-03-16T09:00:00+01:00"}, {"repeat", "daily"}});
  const Json answered =
      call("respond_to_event", {{"id", "e1-20260317T080000Z"}, {"response", "declined"}});
  EXPECT_EQ(answered.at("event").at("id"), "e1-20260317T080000Z");
  const Json list =
      call("list_events", {{"start", "2026-03-16"}, {"end", "2026-03-18"}}).at("events");
  ASSERT_EQ(list.size(), 3U);
  EXPECT_FALSE(list[0].contains("response"));
  EXPECT_EQ(list[1].at("response"), "declined");
  EXPECT_FALSE(list[2].contains("response"));
}

TEST_F(CalendarTools, FindFreeTimeAroundWhatTakesTime) {
  call("create_event", {{"title", "Busy"}, {"start", "today 9am"}, {"duration_minutes", 420}});
  call("create_event", {{"title", "Free"}, {"start", "today 4pm"}, {"busy", false}});
  const Json found = call("find_free_slots", {{"duration_minutes", 60}, {"limit", 1}});
  EXPECT_EQ(found.at("slots")[0].at("start"), "2026-03-16T16:00:00+01:00");
  EXPECT_THAT(found["slots"][0].at("why").get<std::string>(), HasSubstr("after another event"));
  EXPECT_THAT(found.at("considered").get<std::string>(), HasSubstr("09:00-17:00"));
  EXPECT_THAT(problem("find_free_slots", {{"duration_minutes", 60}, {"start", "2026-03-10"}}),
              HasSubstr("has passed"));
  EXPECT_THAT(problem("find_free_slots", {{"duration_minutes", 60}, {"hours", "late"}}),
              HasSubstr("/hours"));
}

TEST_F(CalendarTools, NeverLetOneValueBecomeAnother) {
  Json invitation = kInvitation;
  invitation["repeat"] = "FREQ=DAILY;COUNT=2\r\nSTATUS:CANCELLED";
  invitation["organizer"] = "jan@example.com\r\nSUMMARY:Other";
  EXPECT_THAT(problem("respond_to_event", {{"invitation", invitation}, {"response", "accepted"}}),
              HasSubstr("RRULE"));
  invitation.erase("repeat");
  const Json event =
      call("respond_to_event", {{"invitation", invitation}, {"response", "accepted"}}).at("event");
  EXPECT_EQ(event.at("title"), "Review");
  const Json made =
      call("create_event", {{"title", "a\r\nDTSTART:20200101T000000Z"}, {"start", "today 3pm"}});
  EXPECT_EQ(made.at("event").at("start"), "2026-03-16T15:00:00+01:00");
  EXPECT_THAT(problem("create_event", {{"title", "x"}, {"start", "3pm"}, {"attendees", {"Anna"}}}),
              HasSubstr("/attendees/0"));
}

TEST_F(CalendarTools, LeaveOutAnOlderVersionOfAnInvitation) {
  const auto request = [](int sequence, const std::string& hour) {
    return "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1\r\nSEQUENCE:" +
           std::to_string(sequence) + "\r\nDTSTART:20260317T" + hour + "0000Z\r\nSUMMARY:At " +
           hour + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  };
  call("import_ics", {{"ics", request(2, "09")}});
  EXPECT_THAT(call("import_ics", {{"ics", request(1, "11")}}).at("failed").dump(),
              HasSubstr("older version"));
  EXPECT_EQ(call("import_ics", {{"ics", request(3, "12")}}).at("updated"), 1);
  EXPECT_EQ(titles({{"start", "tomorrow"}}), std::vector<std::string>{"At 12"});
}

TEST_F(CalendarTools, FilterByWhoTakesPart) {
  call("create_event",
       {{"title", "With Anna"}, {"start", "today 3pm"}, {"attendees", {"anna@x.y"}}});
  call("create_event", {{"title", "Alone"}, {"start", "today 4pm"}});
  EXPECT_EQ(titles({{"attendee", "anna"}}), std::vector<std::string>{"With Anna"});
}

}  // namespace
}  // namespace calendar
