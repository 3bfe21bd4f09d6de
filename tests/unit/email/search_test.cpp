#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/email/world.hpp"

namespace email {
namespace {

using test::Client;
using test::Letter;
using test::MailWorld;
using test::refusal;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

/// One sentence for each operator to find.
MailWorld& fill(MailWorld& world) {
  world.deliver("cur/100000001.a:2,S", Letter{.from = "Zażółć Gęślą <zg@example.pl>",
                                              .subject = "Budget",
                                              .date = "Mon, 02 Mar 2026 10:00:00 +0100",
                                              .text = "The invoices for the Straße project\n"}
                                           .bytes());
  world.deliver("cur/100000002.b:2,FS", Letter{.to = "Bo <bo@example.org>",
                                               .subject = "Lunch on friday",
                                               .date = "Tue, 10 Mar 2026 10:00:00 +0100",
                                               .more = "Cc: Carla <carla@example.org>\n",
                                               .text = "Łódź, see you\n"}
                                            .bytes());
  world.deliver(
      "new/100000003.c",
      Letter{
          .subject = "Slides",
          .date = "Sun, 15 Mar 2026 10:00:00 +0100",
          .more = "Content-Type: multipart/mixed; boundary=b\n",
          .text = "--b\n\nattached\n--b\nContent-Type: application/pdf; name=s.pdf\n\nx\n--b--\n"}
          .bytes());
  std::filesystem::create_directories(world.maildir / ".Junk/cur");
  std::filesystem::create_directories(world.maildir / ".Junk/new");
  world.deliver(".Junk/cur/100000004.d:2,", Letter{.subject = "You won"}.bytes());
  return world;
}

TEST(SearchMessages, FindsByEveryOperator) {
  MailWorld world;
  Client client(fill(world));
  struct Case {
    const char* query;
    std::vector<std::string> subjects;
  };
  for (const Case& one :
       std::vector<Case>{{"", {"Slides", "Lunch on friday", "Budget"}},
                         {"invoice", {"Budget"}},
                         {"INVOICES strasse", {"Budget"}},
                         {"\"invoices for\"", {"Budget"}},
                         {"\"for invoices\"", {}},
                         {"lodz", {"Lunch on friday"}},
                         {"from:zazolc", {"Budget"}},
                         {"from:zg@example.pl", {"Budget"}},
                         {"from:bo", {}},
                         {"to:bo", {"Lunch on friday"}},
                         {"cc:carla", {"Lunch on friday"}},
                         {"subject:friday", {"Lunch on friday"}},
                         {"subject:\"on friday\"", {"Lunch on friday"}},
                         {"subject:invoices", {}},
                         {"has:attachment", {"Slides"}},
                         {"-has:attachment", {"Lunch on friday", "Budget"}},
                         {"is:unread", {"Slides"}},
                         {"is:flagged", {"Lunch on friday"}},
                         {"-is:flagged -is:unread", {"Budget"}},
                         {"before:2026-03-10", {"Budget"}},
                         {"after:2026-03-10", {"Slides", "Lunch on friday"}},
                         {"after:2026-03-03 before:2026-03-11", {"Lunch on friday"}},
                         {"-after:2026-03-10", {"Budget"}},
                         {"-invoices", {"Slides", "Lunch on friday"}},
                         {"see -lunch", {}},
                         {"re: lunch", {}},
                         {"nowhere", {}}})
    EXPECT_EQ(client.subjects(one.query), one.subjects) << one.query;
}

TEST(SearchMessages, LeavesSpamOutUnlessItIsNamed) {
  MailWorld world;
  Client client(fill(world));
  EXPECT_THAT(client.subjects("won"), IsEmpty());
  EXPECT_THAT(client.subjects("won", {.mailbox = "spam"}), ElementsAre("You won"));
  EXPECT_THAT(client.subjects("won", {.mailbox = "Junk"}), ElementsAre("You won"));
  EXPECT_THAT(client.subjects("", {.mailbox = "archive"}), IsEmpty());
  EXPECT_THAT(client.subjects("", {.mailbox = "drafts"}), IsEmpty());
  EXPECT_THAT(refusal([&] { client.subjects("", {.mailbox = "Nope"}); }),
              HasSubstr("/mailbox: no mailbox Nope; there are INBOX, Archive, Junk"));
}

TEST(SearchMessages, RefusesWhatItDoesNotKnowByName) {
  MailWorld world;
  Client client(fill(world));
  EXPECT_THAT(refusal([&] { client.search("label:work"); }),
              HasSubstr("/query: unknown operator label:; known are from: to:"));
  EXPECT_THAT(refusal([&] { client.search("is:starred"); }),
              HasSubstr("/query: unknown is:starred; known are"));
  EXPECT_THAT(refusal([&] { client.search("\"open"); }),
              HasSubstr("a quote (\") is opened but not closed"));
  EXPECT_THAT(refusal([&] { client.search("before:someday"); }),
              HasSubstr("/query: before:someday"));
  EXPECT_THAT(client.subjects("http://x.example 12:30 \"label:work\""), IsEmpty());
}

TEST(SearchMessages, ReadsRangesInWords) {
  MailWorld world;
  Client client(fill(world));
  common::When when;
  ASSERT_FALSE(common::parse("last week", when));
  EXPECT_THAT(client.subjects("", {.start = when}), ElementsAre("Slides", "Lunch on friday"));
}

TEST(SearchMessages, PagesWithoutGapOrRepeat) {
  MailWorld world;
  for (int i = 0; i < 25; ++i) {
    world.deliver("cur/1000000" + std::to_string(10 + i) + ".x:2,",
                  Letter{.subject = "No " + std::to_string(i)}.bytes());  // all at one instant
  }
  Client client(world);
  std::vector<std::string> all;
  std::string cursor;
  do {
    const MessagePage page = client.search("", {.limit = 10, .cursor = cursor});
    EXPECT_EQ(page.total, 25);
    for (const Message& message : page.messages) all.push_back(message.subject);
    cursor = page.next_cursor;
  } while (!cursor.empty());
  EXPECT_EQ(all.size(), 25U);
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), 25U);
  EXPECT_THAT(refusal([&] { client.search("", {.cursor = "nonsense"}); }),
              HasSubstr("/cursor: expected"));
}

TEST(SearchMessages, PutsConversationsTogether) {
  MailWorld world;
  world.deliver("cur/100000001.a:2,", Letter{.subject = "Plan", .message_id = "1@x"}.bytes());
  world.deliver(
      "cur/100000002.b:2,",
      Letter{.subject = "Re: Plan", .message_id = "3@x", .more = "References: <1@x> <2@x>\n"}
          .bytes());
  world.deliver(
      "cur/100000003.c:2,",
      Letter{.subject = "other words", .message_id = "2@x", .more = "In-Reply-To: <1@x>\n"}
          .bytes());
  world.deliver("cur/100000004.d:2,", Letter{.subject = "AW: plan", .message_id = "4@x"}.bytes());
  world.deliver("cur/100000005.e:2,", Letter{.subject = "Plan", .message_id = "5@x"}.bytes());
  Client client(world);
  std::map<std::string, std::set<std::string>> threads;
  for (const Message& message : client.search("").messages)
    threads[message.thread_id].insert(message.id);
  std::vector<std::size_t> sizes;
  for (const auto& [thread, ids] : threads) sizes.push_back(ids.size());
  EXPECT_THAT(sizes, UnorderedElementsAre(4, 1));
}

TEST(SearchMessages, SaysHowToGiveAMaildir) {
  MailWorld world;
  world.options.mail.clear();
  Client without(world);
  EXPECT_THAT(refusal([&] { without.search(""); }), HasSubstr("Start it with --mail"));
  world.options.mail = world.folder / "nowhere";
  Client lost(world);
  EXPECT_THAT(refusal([&] { lost.search(""); }), HasSubstr("There is no Maildir at"));
}

}  // namespace
}  // namespace email
