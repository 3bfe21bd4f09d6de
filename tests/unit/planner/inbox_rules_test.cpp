#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/planner/rules/reply.hpp"
#include "host/planner/rules/summary.hpp"
#include "schemas/email/create_draft_types.hpp"
#include "schemas/email/flag_messages_types.hpp"
#include "schemas/email/move_messages_types.hpp"
#include "schemas/email/send_drafts_types.hpp"
#include "tests/unit/planner/worlds.hpp"

namespace host::testing {
namespace {

using email::Triage;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kAnna = "Anna Kowalska <anna@example.org>";
constexpr const char* kNews = "The Catalogue <news@example.org>";

TEST(InboxRule, UrgentMailIsFlaggedAndTold) {
  World world = morning();
  add_letter(world, "m1", Triage::Urgent, kAnna, "Search is down");

  const Plan made = plan(world);

  const Action flag = only(actions(made, "flag"));
  EXPECT_THAT(arguments<email::FlagMessagesArgs>(flag).ids, ElementsAre("m1"));
  EXPECT_THAT(flag.proposal.reason, HasSubstr("Anna Kowalska"));
  EXPECT_THAT(notices(made, "urgent"), ElementsAre(HasSubstr("Search is down")));
}

TEST(InboxRule, AskingMailGetsADraftAndOnceWrittenItsSending) {
  World world = morning();
  add_letter(world, "m1", Triage::ActionRequired, kAnna, "Budget",
             "Hi,\ncould you confirm the figures by Tuesday?\n");
  world.inbox->back().due = time(12, 0, 17);

  const Action draft = only(actions(plan(world), "reply"));
  const auto args = arguments<email::CreateDraftArgs>(draft);
  EXPECT_EQ(args.reply_to, "m1");
  EXPECT_EQ(args.text,
            "Dear Anna,\n\nthank you for your message. You ask: \"could you confirm the figures by "
            "Tuesday?\"\n\nI will answer you by Tue 17 Mar.\n\nKind regards\nMaja Nowak\n");
  EXPECT_THAT(actions(plan(world), "send"), IsEmpty());

  world.history.put("reply:m1", {.settled = true, .done = true, .made = "d7"});
  const Plan later = plan(world);
  EXPECT_THAT(actions(later, "reply"), IsEmpty());
  EXPECT_THAT(arguments<email::SendDraftsArgs>(only(actions(later, "send"))).ids,
              ElementsAre("d7"));

  world.history.put("send:d7", {.settled = true});
  EXPECT_THAT(plan(world).actions, IsEmpty());
}

TEST(InboxRule, LikeCallsAreOneBatch) {
  World world = morning();
  add_letter(world, "m1", Triage::Informational, kNews, "No. 1", "Hello,\nFirst. Second.");
  add_letter(world, "m2", Triage::Informational, kAnna, "Photos");
  add_letter(world, "m3", Triage::Spam, "x <x@example.net>", "WIN");

  const Plan made = plan(world);

  const Action archive = only(actions(made, "archive"));
  EXPECT_THAT(arguments<email::MoveMessagesArgs>(archive).ids, ElementsAre("m1", "m2"));
  EXPECT_EQ(arguments<email::MoveMessagesArgs>(archive).mailbox, "archive");
  EXPECT_THAT(archive.items, SizeIs(2));
  EXPECT_EQ(archive.items[0].text, "The Catalogue: No. 1 – First.");
  EXPECT_EQ(arguments<email::MoveMessagesArgs>(only(actions(made, "spam"))).mailbox, "spam");
  EXPECT_THAT(notices(made, "summary"), SizeIs(1));
}

TEST(InboxRule, ThePlanDiffersByWhatTheUserTurnedDown) {
  World world = morning();
  add_letter(world, "m1", Triage::Informational, kNews, "No. 1");
  add_letter(world, "m2", Triage::Informational, kAnna, "Photos");
  EXPECT_THAT(arguments<email::MoveMessagesArgs>(only(actions(plan(world), "archive"))).ids,
              ElementsAre("m1", "m2"));

  world.history.turn_down("archive", "news@example.org");
  const Plan made = plan(world);

  EXPECT_THAT(arguments<email::MoveMessagesArgs>(only(actions(made, "archive"))).ids,
              ElementsAre("m2"));
  ASSERT_THAT(made.left_out, SizeIs(1));
  EXPECT_EQ(made.left_out[0].item.key, "archive:m1");
}

TEST(InboxRule, EmailSummaryFrequencyDecidesWhenMailIsSummedUpAndArchived) {
  World world = morning();
  add_letter(world, "m1", Triage::Informational, kNews, "No. 1");
  world.profile.email_summary = SummaryFrequency::Never;
  EXPECT_THAT(actions(plan(world), "archive"), IsEmpty());
  world.profile.email_summary = SummaryFrequency::Weekly;  // On Mondays.
  EXPECT_THAT(actions(plan(world), "archive"), SizeIs(1));
  world.now = at(8, 0, 17);
  EXPECT_THAT(actions(plan(world), "archive"), IsEmpty());

  world.profile.email_summary = SummaryFrequency::Daily;
  world.history.put("summary:2026-03-17", {.settled = true});
  EXPECT_THAT(actions(plan(world), "archive"), IsEmpty());
  world.profile.email_summary = SummaryFrequency::Hourly;
  EXPECT_THAT(actions(plan(world), "archive"), SizeIs(1));
  world.history.put("summary:2026-03-17T08", {.settled = true});
  EXPECT_THAT(actions(plan(world), "archive"), IsEmpty());
  world.profile.email_summary = SummaryFrequency::Each;
  EXPECT_THAT(actions(plan(world), "archive"), SizeIs(1));
}

TEST(InboxRule, IdentityNameSignsTheReply) {
  World world = morning();
  add_letter(world, "m1", Triage::ActionRequired, kAnna, "Budget");
  EXPECT_THAT(reply_text(world, world.inbox->front()), HasSubstr("Kind regards\nMaja Nowak"));
  world.profile.name.clear();
  EXPECT_THAT(reply_text(world, world.inbox->front()), ::testing::Not(HasSubstr("Kind regards")));
}

TEST(InboxRule, WithoutAnInboxNothingIsGuessed) {
  World world = morning();
  world.inbox.reset();
  EXPECT_THAT(plan(world).actions, IsEmpty());
}

TEST(Summary, IsTheFirstSentenceBehindTheGreeting) {
  EXPECT_EQ(summary_of("Dear all,\n\nthe office is\nclosed. Really.\n\nBeata"),
            "the office is closed.");
  EXPECT_EQ(summary_of("> quoted\nNew words"), "New words");
  EXPECT_EQ(summary_of("Letters, no. 77 is here. More."), "Letters, no. 77 is here.");
  EXPECT_EQ(summary_of("诺瓦克女士：\n\n第三月"), "第三月");
  EXPECT_EQ(summary_of("Thanks."), "Thanks.");
  EXPECT_EQ(summary_of(""), "");
  EXPECT_LE(summary_of(std::string(500, 'x')).size(), 150U);
}

TEST(Reply, QuotesTheLastQuestionOfTheLetterItself) {
  EXPECT_EQ(question_in("Hi. Could you come on\nMonday? Thanks. > Was it good?\nx"),
            "Could you come on Monday?");
  EXPECT_EQ(question_in("Nothing asked."), "");
}

}  // namespace
}  // namespace host::testing
