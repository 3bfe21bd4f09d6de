#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/email/world.hpp"

/// What other mail programs do to the Maildir meanwhile.
namespace email {
namespace {

using test::Client;
using test::Letter;
using test::MailWorld;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(MailIndex, ChangesNothingInTheMaildirByReading) {
  const MailWorld world;
  world.deliver("new/100000001.a", Letter{}.bytes());
  world.deliver("cur/100000002.b:2,", Letter{.subject = "Seen"}.bytes());
  const auto before = test::tree(world.maildir);
  Client client(world);
  const std::string id = client.id("subject:hello");
  client.search("is:unread");
  client.get({.ids = {id}});
  client.get({.ids = {id}, .view = GetMessagesView::Headers});
  EXPECT_EQ(test::tree(world.maildir), before);
  EXPECT_THAT(client.get({.ids = {id}}).messages.front().flags, IsEmpty());

  client.flag({.ids = {id}, .add_flags = {Flag::Read}});  // the control
  EXPECT_NE(test::tree(world.maildir), before);
}

TEST(MailIndex, KeepsIdsThroughRenamesAndMoves) {
  const MailWorld world;
  world.deliver("new/100000001.a", Letter{.subject = "First"}.bytes());
  world.deliver("new/100000002.b", Letter{.subject = "Second"}.bytes());
  Client client(world);
  const std::string first = client.id("first");
  const std::string second = client.id("second");

  world.rename("new/100000001.a", "cur/100000001.a:2,S");
  EXPECT_THAT(client.search("first").messages.front().flags, ElementsAre(Flag::Read));
  EXPECT_EQ(client.id("first"), first);

  world.rename("cur/100000001.a:2,S", ".Archive/cur/100000001.a,U=7:2,FS");
  EXPECT_EQ(client.id("first"), first);
  EXPECT_EQ(client.id("is:flagged", "archive"), first);

  // As a new file with a name of its own, seen as gone in between.
  world.rename(".Archive/cur/100000001.a,U=7:2,FS", "tmp/elsewhere");
  EXPECT_THAT(client.subjects("first"), IsEmpty());
  world.rename("tmp/elsewhere", "cur/1700000000.renamed:2,S");
  EXPECT_EQ(client.id("first"), first);
  EXPECT_EQ(client.id("second"), second);
}

TEST(MailIndex, SeesWhatCameAndWent) {
  const MailWorld world;
  Client client(world);
  EXPECT_THAT(client.subjects(""), IsEmpty());
  for (int i = 0; i < 20; ++i) {
    const std::string name = "cur/10000000" + std::to_string(i) + ".x:2,";
    world.deliver(name, Letter{.subject = "No " + std::to_string(i)}.bytes());
    EXPECT_EQ(client.search("").total, 1) << i;
    std::filesystem::remove(world.maildir / name);
    EXPECT_EQ(client.search("").total, 0) << i;
  }
}

TEST(MailIndex, FollowsFoldersThatComeAndGo) {
  const MailWorld world;
  Client client(world);
  std::filesystem::create_directories(world.maildir / ".Work/cur");
  std::filesystem::create_directories(world.maildir / ".Work/new");
  world.deliver(".Work/cur/100000001.a:2,", Letter{.subject = "Hidden gem"}.bytes());
  const std::string id = client.id("gem", "Work");
  world.rename(".Work", ".Play");
  EXPECT_EQ(client.id("gem", "Play"), id);
  std::filesystem::remove_all(world.maildir / ".Play");
  EXPECT_THAT(client.subjects("gem"), IsEmpty());
}

TEST(MailIndex, GivesACopyAnIdOfItsOwn) {
  const MailWorld world;
  world.deliver("cur/100000001.a:2,", Letter{}.bytes());
  Client client(world);
  const std::string id = client.id("hello");
  std::filesystem::copy(world.maildir / "cur/100000001.a:2,",
                        world.maildir / ".Archive/cur/100000001.a:2,");
  EXPECT_EQ(client.id("hello", "inbox"), id);
  EXPECT_NE(client.id("hello", "archive"), id);
}

TEST(MailIndex, IsSharedByTwoServersAtOnce) {
  const MailWorld world;
  Client ann(world);
  Client bob(world, "bob");
  world.deliver("cur/100000001.a:2,", Letter{}.bytes());
  const std::string id = ann.id("hello");
  EXPECT_EQ(bob.id("hello"), id);
  bob.move({.ids = {id}, .mailbox = "archive"});
  EXPECT_EQ(ann.id("hello", "archive"), id);
}

TEST(MailIndex, ReadsALargeMailboxInSeveralTransactions) {
  const MailWorld world;
  for (int i = 0; i < 2500; ++i) {
    test::write_file(world.maildir / ("cur/" + std::to_string(100'000'000 + i) + ".x:2,"),
                     Letter{.subject = "No " + std::to_string(i)}.bytes());
  }
  Client client(world);
  EXPECT_EQ(client.search("").total, 2500);
  EXPECT_EQ(client.id("subject:2499"), "m2500");
}

TEST(MailIndex, GoesOnWhereACancelledCallStopped) {
  const MailWorld world;
  for (int i = 0; i < 1500; ++i)
    test::write_file(world.maildir / ("cur/" + std::to_string(100'000'000 + i) + ".x:2,"),
                     Letter{}.bytes());
  Client client(world);
  std::stop_source stop;
  stop.request_stop();
  const mcp::Call cancelled("search_messages", "ann", stop.get_token());
  client.context->mail(cancelled);
  const Filter inbox{.folders = {""}};
  EXPECT_EQ(client.context->store->count(inbox), 1000);
  EXPECT_EQ(client.search("").total, 1500);
}

TEST(MailIndex, ForgetsTheWordsOfDeletedMail) {
  const MailWorld world;
  world.deliver("cur/100000001.a:2,", Letter{.text = "supercalifragilistic\n"}.bytes());
  Client client(world);
  const auto indexed = [&] {
    return client.context->database.read([](SQLite::Database& db) {
      return db
          .execAndGet(
              "SELECT COUNT(*) FROM message_words WHERE message_words MATCH 'supercalifragilistic'")
          .getInt();
    });
  };
  client.search("");
  EXPECT_EQ(indexed(), 1);
  std::filesystem::remove(world.maildir / "cur/100000001.a:2,");
  client.search("");
  EXPECT_EQ(indexed(), 0);
}

}  // namespace
}  // namespace email
