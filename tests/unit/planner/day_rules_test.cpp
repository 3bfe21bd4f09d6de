#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schemas/calendar/create_event_types.hpp"
#include "tests/unit/planner/worlds.hpp"

namespace host::testing {
namespace {

using calendar::CreateEventArgs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// "Title 09:30-11:00" of each event that the plan makes.
std::vector<std::string> placed(const World& world, const std::string& kind) {
  std::vector<std::string> texts;
  for (const Action& action : actions(plan(world), kind)) {
    const auto args = arguments<CreateEventArgs>(action);
    texts.push_back(args.title + " " + args.start.text().substr(11, 5) + "-" +
                    args.end->text().substr(11, 5));
  }
  return texts;
}

TEST(FocusRule, FocusBlocksArePlacedWhereTheProfileHasThem) {
  World world = morning();
  EXPECT_THAT(placed(world, "focus_block"), IsEmpty());
  world.profile.focus_blocks = {*parse_hours("09:30-11:00")};
  EXPECT_THAT(placed(world, "focus_block"), ElementsAre("Focus time 09:30-11:00"));
  world.profile.focus_mode = false;
  EXPECT_THAT(placed(world, "focus_block"), IsEmpty());
}

TEST(FocusRule, TheLargestFreePartIsKept) {
  World world = morning();
  world.profile.focus_blocks = {*parse_hours("09:30-11:00")};
  world.events->push_back(event("Call", at(9, 45), at(10)));
  EXPECT_THAT(placed(world, "focus_block"), ElementsAre("Focus time 10:00-11:00"));
  world.events->push_back(event("Long call", at(9), at(10, 45)));
  EXPECT_THAT(placed(world, "focus_block"), IsEmpty());
}

TEST(FocusRule, TheBlockTakesTheLongestTaskThatFits) {
  World world = morning();
  world.profile.focus_blocks = {*parse_hours("09:30-11:00")};
  add_task(world, "t1", "Short", 30);
  add_task(world, "t2", "Roadmap", 90);
  EXPECT_THAT(placed(world, "focus_block"), ElementsAre("Focus: Roadmap 09:30-11:00"));
  EXPECT_THAT(placed(world, "task_block"), ElementsAre("Short 09:00-09:30"));
}

TEST(FocusRule, WhatTheUserTurnedDownIsLeftOut) {
  World world = morning();
  world.profile.focus_blocks = {*parse_hours("09:30-11:00")};
  world.history.turn_down("focus_block", "focus 09:30-11:00");
  EXPECT_THAT(placed(world, "focus_block"), IsEmpty());
  EXPECT_THAT(plan(world).left_out, SizeIs(1));
}

TEST(TaskRule, TasksTakeTheFirstFreeTime) {
  World world = morning();
  world.events->push_back(event("Stand-up", at(9), at(9, 20)));
  add_task(world, "t1", "Notes", 45);
  add_task(world, "t2", "Audit", 30);
  EXPECT_THAT(placed(world, "task_block"), ElementsAre("Notes 09:30-10:15", "Audit 10:15-10:45"));
  world.profile.buffer = std::chrono::minutes(15);
  EXPECT_THAT(placed(world, "task_block"), ElementsAre("Notes 09:45-10:30", "Audit 10:45-11:15"));
}

TEST(TaskRule, WorkingHoursBoundTheDay) {
  World world = morning();
  add_task(world, "t1", "Notes", 45);
  EXPECT_THAT(placed(world, "task_block"), ElementsAre("Notes 09:00-09:45"));
  world.profile.working_hours = *parse_hours("12:00-18:00");
  EXPECT_THAT(placed(world, "task_block"), ElementsAre("Notes 12:00-12:45"));
}

TEST(TaskRule, WhatIsDueTodayEndsInTime) {
  World world = morning();
  world.events->push_back(event("Workshop", at(9), at(14)));
  add_task(world, "t1", "Notes", 45).due = time(14, 30);
  const Plan made = plan(world);
  EXPECT_THAT(actions(made, "task_block"), IsEmpty());
  EXPECT_THAT(notices(made, "task_block"), ElementsAre(HasSubstr("No free 45 min")));
}

TEST(TaskRule, TaskPrioritizationDecidesWhoComesFirst) {
  World world = morning();
  add_task(world, "t1", "Far", 60).due = time(9, 0, 20);
  add_task(world, "t2", "Near", 30).due = time(9, 0, 17);
  tasks::Scored& weighty = add_task(world, "t3", "Weighty", 45);
  weighty.breakdown.importance = 50;
  const auto first = [&] { return placed(world, "task_block").front(); };
  EXPECT_EQ(first(), "Far 09:00-10:00");
  world.profile.task_order = TaskOrder::Deadline;
  EXPECT_EQ(first(), "Near 09:00-09:30");
  world.profile.task_order = TaskOrder::Importance;
  EXPECT_EQ(first(), "Weighty 09:00-09:45");
  world.profile.task_order = TaskOrder::Shortest;
  EXPECT_EQ(first(), "Near 09:00-09:30");
}

TEST(TaskRule, NothingIsPlacedOnAWeekend) {
  World world = morning();
  world.now = at(8, 0, 21);
  add_task(world, "t1", "Notes", 45);
  EXPECT_THAT(plan(world).actions, IsEmpty());
}

TEST(DocumentRule, NamesWhatSharesWordsWithTodaysMeetings) {
  World world = morning();
  world.events->push_back(event("Fernway weekly", at(15), at(15, 45)));
  world.documents = {{.path = "/d/Fernway/weekly notes.md", .name = "Fernway/weekly notes.md"},
                     {.path = "/d/Choir.txt", .name = "Choir.txt"}};
  EXPECT_THAT(notices(plan(world), "document"),
              ElementsAre("For Fernway weekly at 15:00: Fernway/weekly notes.md"));
  world.now = at(16);
  EXPECT_THAT(notices(plan(world), "document"), IsEmpty());
}

TEST(ReminderRule, MeetingRemindersComeThatManyMinutesBefore) {
  World world = morning();
  world.events->push_back(event("Stand-up", at(9), at(9, 15)));
  world.profile.meeting_reminder = std::chrono::minutes(15);
  EXPECT_THAT(notices(plan(world), "meeting"), IsEmpty());
  world.now = world.next_look = at(8, 45);
  EXPECT_THAT(notices(plan(world), "meeting"), ElementsAre("09:00 Stand-up (in 15 min)"));
  world.profile.meeting_reminder = std::chrono::minutes(10);
  EXPECT_THAT(notices(plan(world), "meeting"), IsEmpty());
  world.next_look = at(9);  // Nobody will look again in time.
  EXPECT_THAT(notices(plan(world), "meeting"), SizeIs(1));
  world.profile.meeting_reminder.reset();
  EXPECT_THAT(notices(plan(world), "meeting"), IsEmpty());
}

TEST(ReminderRule, NotificationStyleDecidesHowMuchIsSaid) {
  World world = morning();
  calendar::Event standup = event("Stand-up", at(9), at(9, 15));
  standup.location = "Oak";
  standup.attendees = {{.email = "anna@example.org", .name = "Anna"},
                       {.email = "maja@example.org", .name = "Maja Nowak"}};
  world.events->push_back(standup);
  world.now = world.next_look = at(8, 50);
  EXPECT_THAT(notices(plan(world), "meeting"),
              ElementsAre("09:00 Stand-up, Oak, with Anna (in 10 min)"));
  world.profile.notifications = NotificationStyle::Brief;
  EXPECT_THAT(notices(plan(world), "meeting"), ElementsAre("09:00 Stand-up, Oak (in 10 min)"));
  world.profile.notifications = NotificationStyle::Silent;
  EXPECT_THAT(notices(plan(world), "meeting"), IsEmpty());
}

TEST(ReminderRule, DeadlinesAreToldTwoHoursAheadAndWhenTheyHavePassed) {
  World world = morning();
  add_task(world, "t1", "Notes", 30).due = time(10, 30);
  add_task(world, "t2", "Expenses", 30).due = common::whole_day(std::chrono::year(2026) / 3 / 13);
  EXPECT_THAT(notices(plan(world), "deadline"), ElementsAre("Expenses was due on Fri 13 Mar."));
  world.now = at(9);
  EXPECT_THAT(notices(plan(world), "deadline"),
              ElementsAre("Notes is due at 10:30.", "Expenses was due on Fri 13 Mar."));
}

TEST(BreakRule, BreakRemindersComeAfterALongStretch) {
  World world = morning();
  world.events->push_back(event("One", at(9), at(10)));
  world.events->push_back(event("Two", at(10, 5), at(11)));
  world.now = at(10, 30);
  EXPECT_THAT(notices(plan(world), "break"), IsEmpty());
  world.profile.break_reminders = true;
  EXPECT_THAT(notices(plan(world), "break"), ElementsAre(HasSubstr("Take 10 min at 11:00")));
  world.events->back().start = time(10, 20);
  EXPECT_THAT(notices(plan(world), "break"), IsEmpty());
}

TEST(Planner, TheSameWorldGivesTheSamePlan) {
  World world = morning();
  add_invitation(world, at(14, 0, 17), at(15, 0, 17));
  add_task(world, "t1", "Notes", 45);
  const Plan first = plan(world);
  const Plan second = plan(world);
  ASSERT_EQ(first.actions.size(), second.actions.size());
  for (std::size_t i = 0; i < first.actions.size(); ++i)
    EXPECT_EQ(first.actions[i].proposal.call.arguments, second.actions[i].proposal.call.arguments);
}

TEST(Planner, EveryActionHasAReasonInASentence) {
  World world = morning();
  world.profile.focus_blocks = {*parse_hours("09:30-11:00")};
  add_invitation(world, at(14, 0, 17), at(15, 0, 17));
  add_task(world, "t1", "Notes", 45);
  add_letter(world, "m1", email::Triage::Urgent, "a@example.org", "x");
  add_letter(world, "m2", email::Triage::Spam, "b@example.org", "y");
  const Plan made = plan(world);
  EXPECT_GE(made.actions.size(), 5U);
  for (const Action& action : made.actions) {
    EXPECT_TRUE(action.proposal.reason.ends_with('.')) << action.proposal.reason;
    EXPECT_FALSE(action.items.empty());
  }
}

}  // namespace
}  // namespace host::testing
