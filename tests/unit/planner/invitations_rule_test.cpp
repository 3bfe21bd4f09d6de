#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schemas/calendar/respond_to_event_types.hpp"
#include "schemas/email/create_draft_types.hpp"
#include "schemas/email/send_drafts_types.hpp"
#include "tests/unit/planner/worlds.hpp"

namespace host::testing {
namespace {

using calendar::RespondToEventArgs;
using calendar::RespondToEventResponse;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// What the calendar is told, and what is written to the organizer.
struct Answered {
  RespondToEventArgs event{};
  email::CreateDraftArgs draft{};
  std::string reason{};
};

Answered answer(const World& world) {
  const std::vector<Action> made = actions(plan(world), "invitation");
  if (made.size() != 2) throw std::runtime_error("no answer");
  return {.event = arguments<RespondToEventArgs>(made[0]),
          .draft = arguments<email::CreateDraftArgs>(made[1]),
          .reason = made[0].proposal.reason};
}

/// The instant of a When that the planner wrote.
std::string proposed(const World& world) {
  return answer(world).event.propose_start->text();
}

TEST(InvitationRule, AcceptsWhatIsFreeWithinWorkingHours) {
  World world = morning();
  add_invitation(world, at(14, 0, 17), at(14, 45, 17));

  const Answered answered = answer(world);

  EXPECT_EQ(answered.event.response, RespondToEventResponse::Accepted);
  EXPECT_EQ(answered.event.invitation->uid, "pricing@example.com");
  EXPECT_EQ(answered.draft.reply_to, "m9");
  EXPECT_EQ(answered.draft.invitation_response, email::CreateDraftInvitationResponse::Accepted);
  EXPECT_THAT(answered.reason, HasSubstr("free on Tue 17 Mar 14:00"));
}

TEST(InvitationRule, ProposesAnotherTimeWhereSomethingElseIs) {
  World world = morning();
  world.events->push_back(event("Review", at(14, 30, 17), at(15, 30, 17)));
  add_invitation(world, at(14, 0, 17), at(15, 0, 17));

  const Answered answered = answer(world);

  EXPECT_EQ(answered.event.response, RespondToEventResponse::Counter);
  EXPECT_EQ(answered.event.propose_start->text(), "2026-03-17T09:00:00+01:00");
  EXPECT_EQ(answered.event.propose_end->text(), "2026-03-17T10:00:00+01:00");
  EXPECT_EQ(answered.draft.invitation_response, email::CreateDraftInvitationResponse::Counter);
  EXPECT_THAT(answered.reason, HasSubstr("it overlaps Review (14:30-15:30)"));
}

TEST(InvitationRule, PreferredMeetingTimesDecideWhatIsProposed) {
  World world = morning();
  world.events->push_back(event("Review", at(14, 0, 17), at(15, 0, 17)));
  add_invitation(world, at(14, 0, 17), at(15, 0, 17));
  EXPECT_EQ(proposed(world), "2026-03-17T09:00:00+01:00");
  world.profile.preferred_meeting_times = {*parse_hours("13:00-16:00")};
  EXPECT_EQ(proposed(world), "2026-03-17T13:00:00+01:00");
}

TEST(InvitationRule, BufferBetweenMeetingsIsKept) {
  World world = morning();
  world.events->push_back(event("Review", at(13, 0, 17), at(13, 55, 17)));
  add_invitation(world, at(14, 0, 17), at(14, 30, 17));
  EXPECT_EQ(answer(world).event.response, RespondToEventResponse::Accepted);
  world.profile.buffer = std::chrono::minutes(10);
  EXPECT_EQ(answer(world).event.response, RespondToEventResponse::Counter);
  EXPECT_THAT(answer(world).reason, HasSubstr("less than 10 min"));
}

TEST(InvitationRule, FocusBlocksAreKeptInFocusMode) {
  World world = morning();
  world.profile.focus_blocks = {*parse_hours("09:30-11:00")};
  add_invitation(world, at(10, 0, 18), at(11, 0, 18));
  EXPECT_EQ(answer(world).event.response, RespondToEventResponse::Counter);
  EXPECT_THAT(answer(world).reason, HasSubstr("focus block 09:30-11:00"));
  EXPECT_EQ(proposed(world), "2026-03-18T11:00:00+01:00");
  world.profile.focus_mode = false;
  EXPECT_EQ(answer(world).event.response, RespondToEventResponse::Accepted);
}

TEST(InvitationRule, WorkingHoursBoundMeetings) {
  World world = morning();
  add_invitation(world, at(17, 0, 17), at(18, 0, 17));
  EXPECT_THAT(answer(world).reason, HasSubstr("outside your working hours 09:00-17:00"));
  world.profile.working_hours = *parse_hours("10:00-18:00");
  EXPECT_EQ(answer(world).event.response, RespondToEventResponse::Accepted);
}

TEST(InvitationRule, TwoInvitationsDoNotGetTheSameTime) {
  World world = morning();
  add_invitation(world, at(14, 0, 17), at(15, 0, 17));
  world.inbox->push_back(world.inbox->front());
  world.inbox->back().id = "m10";
  world.messages["m10"] = world.messages["m9"];
  world.messages["m10"].id = "m10";
  world.messages["m10"].invitation->uid = "other@example.com";
  world.messages["m10"].invitation->title = "Other";

  const std::vector<Action> made = actions(plan(world), "invitation");

  ASSERT_EQ(made.size(), 4U);
  EXPECT_EQ(arguments<RespondToEventArgs>(made[0]).response, RespondToEventResponse::Accepted);
  EXPECT_EQ(arguments<RespondToEventArgs>(made[2]).response, RespondToEventResponse::Counter);
}

TEST(InvitationRule, TheWrittenAnswerIsProposedForSending) {
  World world = morning();
  add_invitation(world, at(14, 0, 17), at(15, 0, 17));
  world.history.put("answer:pricing@example.com:0", {.settled = true, .done = true});
  world.history.put("letter:pricing@example.com:0", {.settled = true, .done = true, .made = "d3"});
  const Plan made = plan(world);
  EXPECT_THAT(actions(made, "invitation"), IsEmpty());
  EXPECT_THAT(arguments<email::SendDraftsArgs>(only(actions(made, "send"))).ids, ElementsAre("d3"));
}

TEST(InvitationRule, WhatHasPassedIsLeftAlone) {
  World world = morning();
  add_invitation(world, at(6), at(7));
  EXPECT_THAT(plan(world).actions, IsEmpty());
}

TEST(InvitationRule, ACancelledMeetingIsTold) {
  World world = morning();
  add_invitation(world, at(14, 0, 17), at(15, 0, 17));
  world.messages["m9"].invitation->method = common::InvitationMethod::Cancel;
  const Plan made = plan(world);
  EXPECT_THAT(made.actions, IsEmpty());
  EXPECT_THAT(notices(made, "cancelled"), ElementsAre("Jonas Weber cancels Pricing workshop."));
}

TEST(InvitationRule, WithNoFreeTimeTheUserDecides) {
  World world = morning();
  world.events->push_back(event("Away", at(0, 0, 16), at(0, 0, 31)));
  add_invitation(world, at(14, 0, 17), at(15, 0, 17));
  const Plan made = plan(world);
  EXPECT_THAT(made.actions, IsEmpty());
  EXPECT_THAT(notices(made, "invitation"), ElementsAre(HasSubstr("the answer is yours")));
}

}  // namespace
}  // namespace host::testing
