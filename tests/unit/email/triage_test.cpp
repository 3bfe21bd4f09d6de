#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schemas/email/triage_inbox.hpp"
#include "tests/unit/email/world.hpp"

namespace email {
namespace {

using test::Client;
using test::Letter;
using test::MailWorld;
using testing::Contains;
using testing::ElementsAre;
using testing::Not;

TriageInboxResult triaged(Client& client, const TriageInboxArgs& args = {}) {
  mcp::Call call("triage_inbox", "ann");
  return triage_inbox(*client.context, args, call);
}

/// An ask, some news and a lure, newest first.
void deliver_three(const MailWorld& world) {
  world.deliver("new/1.a", Letter{.subject = "Figures",
                                  .date = "Mon, 16 Mar 2026 08:02:00 +0100",
                                  .message_id = "1@example.com",
                                  .text = "Could you please send me the figures by Friday?\n"}
                               .bytes());
  world.deliver("new/2.a", Letter{.subject = "The lake",
                                  .date = "Mon, 16 Mar 2026 08:01:00 +0100",
                                  .message_id = "2@example.com",
                                  .text = "The place at the lake has opened. It rained all day.\n"}
                               .bytes());
  world.deliver("new/3.a", Letter{.from = "BIG BANK <x9k2@evil.example>",
                                  .subject = "CONGRATULATIONS WINNER!!",
                                  .date = "Mon, 16 Mar 2026 08:00:00 +0100",
                                  .message_id = "3@evil.example",
                                  .text = "You won $5,000,000! Claim your free prize now, click "
                                          "http://203.0.113.7/claim and verify your account!!!\n"}
                               .bytes());
}

TEST(TriageInbox, SortsCountsAndExplainsAndChangesNothing) {
  const MailWorld world;
  deliver_three(world);
  const auto before = test::tree(world.maildir);
  Client client(world);
  const TriageInboxResult result = triaged(client);
  std::vector<Triage> categories;
  for (const Triaged& one : result.messages) categories.push_back(one.category);
  EXPECT_THAT(categories, ElementsAre(Triage::ActionRequired, Triage::Informational, Triage::Spam));
  EXPECT_EQ(result.counts.action_required, 1);
  EXPECT_EQ(result.counts.informational, 1);
  EXPECT_EQ(result.counts.spam, 1);
  EXPECT_EQ(result.counts.urgent, 0);
  EXPECT_EQ(result.messages.front().subject, "Figures");
  EXPECT_EQ(result.messages.front().due, common::whole_day(std::chrono::year{2026} / 3 / 20));
  EXPECT_EQ(test::tree(world.maildir), before);
}

TEST(TriageInbox, GoesOnWhereAPageEnded) {
  const MailWorld world;
  deliver_three(world);
  Client client(world);
  const TriageInboxResult first = triaged(client, {.limit = 2});
  ASSERT_EQ(first.messages.size(), 2U);
  ASSERT_FALSE(first.next_cursor.empty());
  const TriageInboxResult rest = triaged(client, {.cursor = first.next_cursor});
  ASSERT_EQ(rest.messages.size(), 1U);
  EXPECT_EQ(rest.messages.front().category, Triage::Spam);
  EXPECT_EQ(rest.counts.spam, 1);
  EXPECT_EQ(rest.next_cursor, "");
}

TEST(TriageInbox, SomebodyTheReaderWroteToIsKnown) {
  const MailWorld world;
  deliver_three(world);
  for (const char* const name : {".Sent/cur", ".Sent/new", ".Sent/tmp"})
    std::filesystem::create_directories(world.maildir / name);
  Client client(world);
  const auto reasons = [&] { return triaged(client).messages.at(1).reasons; };
  EXPECT_THAT(reasons(), Not(Contains("from someone you wrote to before")));
  world.deliver(".Sent/cur/9.a:2,S", Letter{.from = "Maja <maja@example.org>",
                                            .to = "Anna Nowak <anna@example.com>",
                                            .message_id = "9@example.org"}
                                         .bytes());
  EXPECT_THAT(reasons(), Contains("from someone you wrote to before"));
}

}  // namespace
}  // namespace email
