#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

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

/// Two messages, one not yet seen by any mail program.
struct World : MailWorld {
  World() {
    deliver("new/100000001.a", Letter{.subject = "First"}.bytes());
    deliver("cur/100000002.b:2,Sx", Letter{.subject = "Second"}.bytes());
  }
};

TEST(FlagMessages, SetsAndRemovesWhatTheMaildirHasLettersFor) {
  const World world;
  Client client(world);
  const std::string first = client.id("first");
  const std::string second = client.id("second");
  EXPECT_EQ(
      client.flag({.ids = {first, second}, .add_flags = {Flag::Flagged, Flag::Answered}}).count, 2);
  EXPECT_THAT(world.files("cur"), ElementsAre("100000001.a:2,FR", "100000002.b:2,FRSx"));
  EXPECT_THAT(world.files("new"), IsEmpty());
  client.flag({.ids = {second},
               .add_flags = {Flag::Important},
               .remove_flags = {Flag::Read, Flag::Flagged}});
  EXPECT_THAT(world.files("cur"), ElementsAre("100000001.a:2,FR", "100000002.b:2,Rx"));
  EXPECT_THAT(client.search("second").messages.front().flags,
              ElementsAre(Flag::Answered, Flag::Important));
}

TEST(FlagMessages, ChangesNothingWhereNothingIsToChange) {
  const World world;
  Client client(world);
  const std::string second = client.id("second");
  const auto before = test::tree(world.maildir);
  EXPECT_EQ(client.flag({.ids = {second}, .add_flags = {Flag::Read}}).count, 0);
  EXPECT_EQ(client.change_id, "");
  EXPECT_EQ(client.flag({.ids = {second}, .add_flags = {Flag::Flagged}, .dry_run = true}).count, 1);
  EXPECT_EQ(client.change_id, "");
  EXPECT_THAT(
      refusal([&] {
        client.flag({.ids = {second, "m99", "x"}, .add_flags = {Flag::Flagged}});
      }),
      HasSubstr("/ids/1: no message m99; search_messages shows what exists\n/ids/2: no message x"));
  EXPECT_THAT(refusal([&] { client.flag({.ids = {second}}); }), HasSubstr("/add_flags: expected"));
  EXPECT_EQ(test::tree(world.maildir), before);
}

TEST(MoveMessages, MovesAndMakesTheFolderOfARole) {
  const World world;
  Client client(world);
  const std::string first = client.id("first");
  const std::string second = client.id("second");
  EXPECT_EQ(client.move({.ids = {first, second, first}, .mailbox = "trash"}).mailbox, "Trash");
  EXPECT_THAT(world.files(".Trash/new"), ElementsAre("100000001.a"));
  EXPECT_THAT(world.files(".Trash/cur"), ElementsAre("100000002.b:2,Sx"));
  EXPECT_EQ(client.id("first", "trash"), first);
  EXPECT_EQ(client.move({.ids = {first}, .mailbox = "Trash"}).count, 0);
  EXPECT_THAT(refusal([&] { client.move({.ids = {first}, .mailbox = "Projects"}); }),
              HasSubstr("/mailbox: no mailbox Projects; there are INBOX, Archive, Trash"));
}

TEST(MoveMessages, RefusesToMakeOneOfTwoCopies) {
  const World world;
  std::filesystem::copy(world.maildir / "cur/100000002.b:2,Sx",
                        world.maildir / ".Archive/cur/100000002.b:2,");
  Client client(world);
  EXPECT_THAT(
      refusal([&] { client.move({.ids = {client.id("second", "inbox")}, .mailbox = "archive"}); }),
      HasSubstr("holds a copy of it already"));
}

TEST(UndoEmailChange, PutsTheMaildirBackAsItWas) {
  const World world;
  const auto before = test::tree(world.maildir);
  Client client(world);
  const std::string first = client.id("first");
  const std::string second = client.id("second");
  client.flag({.ids = {first, second}, .add_flags = {Flag::Read, Flag::Flagged, Flag::Important}});
  client.move({.ids = {first, second}, .mailbox = "spam"});
  const auto after = test::tree(world.maildir);

  EXPECT_THAT(client.undo({.dry_run = true}).undone.front().summary,
              HasSubstr("Moved 2 messages to Junk"));
  EXPECT_EQ(test::tree(world.maildir), after);
  EXPECT_EQ(client.undo().undone.front().tool, "move_messages");
  EXPECT_EQ(client.undo().left, 0);
  EXPECT_EQ(test::tree(world.maildir), before);
  EXPECT_EQ(client.id("first", "inbox"), first);
  EXPECT_THAT(client.search("first").messages.front().flags, IsEmpty());
  EXPECT_THAT(refusal([&] { client.undo(); }), HasSubstr("Nothing to undo"));

  client.undo({.change_id = "email-4"});  // undoing the last undo does it again
  EXPECT_THAT(client.search("first").messages.front().flags,
              ElementsAre(Flag::Read, Flag::Flagged, Flag::Important));
}

TEST(UndoEmailChange, KeepsWhatAnotherMailProgramDidSince) {
  const World world;
  Client client(world);
  client.flag({.ids = {client.id("first")}, .add_flags = {Flag::Flagged}});
  world.rename("cur/100000001.a:2,F", "cur/100000001.a:2,FS");
  client.undo();
  EXPECT_THAT(world.files("cur"), ElementsAre("100000001.a:2,S", "100000002.b:2,Sx"));

  client.move({.ids = {client.id("first")}, .mailbox = "archive"});
  world.rename(".Archive/cur/100000001.a:2,S", ".Archive/cur/100000001.a:2,RS");
  client.undo();
  EXPECT_THAT(world.files("cur"), ElementsAre("100000001.a:2,RS", "100000002.b:2,Sx"));
}

TEST(UndoEmailChange, IsRefusedNamingWhoChangedTheSameSince) {
  const World world;
  Client ann(world);
  Client bob(world, "bob");
  const std::string first = ann.id("first");
  ann.flag({.ids = {first}, .add_flags = {Flag::Read}});
  bob.flag({.ids = {first}, .remove_flags = {Flag::Read}});
  const auto before = test::tree(world.maildir);
  EXPECT_THAT(refusal([&] { ann.undo(); }), HasSubstr("bob changed the same thing since: email-2"));
  EXPECT_EQ(test::tree(world.maildir), before);

  bob.move({.ids = {first}, .mailbox = "archive"});
  world.rename(".Archive/cur/100000001.a:2,", "cur/100000001.a:2,");
  std::filesystem::rename(world.maildir / ".Archive", world.maildir / ".Old");
  std::filesystem::create_directories(world.maildir / ".Work/cur");
  std::filesystem::create_directories(world.maildir / ".Work/new");
  world.rename("cur/100000001.a:2,", ".Work/cur/100000001.a:2,");
  const auto moved = test::tree(world.maildir);
  EXPECT_THAT(refusal([&] { bob.undo(); }),
              HasSubstr("another mail program has moved it to \"Work\" since"));
  std::filesystem::remove(world.maildir / ".Work/cur/100000001.a:2,");
  EXPECT_THAT(refusal([&] { bob.undo(); }), HasSubstr("another mail program has deleted it since"));
}

/// Ends the process at the given step, as kill -9 would, before or after the rename.
class Killer final : public common::Outside {
 public:
  Killer(common::Outside& real, int steps, bool before)
      : real_(real), steps_(steps), before_(before) {}
  void apply(std::string_view effect) override {
    const bool last = --steps_ == 0;
    if (last && before_) ::_exit(9);
    real_.apply(effect);
    if (last) ::_exit(9);
  }
  void revert(std::string_view effect) override { real_.revert(effect); }
  void forget(std::string_view effect) override { real_.forget(effect); }

 private:
  common::Outside& real_;
  int steps_;
  bool before_;
};

/// The exit status of a process that moves both messages to the trash and is killed at a step.
int killed_while_moving(const World& world, int step, bool before) {
  const pid_t child = ::fork();
  if (child == 0) {
    Client client(world);
    const std::vector<std::string> ids{client.id("first"), client.id("second")};
    Killer killer(client.context->effects, step, before);
    client.context->database.attach(killer);
    client.move({.ids = ids, .mailbox = "trash"});
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WEXITSTATUS(status);
}

TEST(CutOffChange, IsTakenBackByTheNextStart) {
  for (int step = 1; step <= 3; ++step) {
    for (const bool before : {true, false}) {
      const World world;
      const auto untouched = test::tree(world.maildir);
      ASSERT_EQ(killed_while_moving(world, step, before), 9);
      if (step > 1 || !before) {
        EXPECT_NE(test::tree(world.maildir), untouched) << "the control: half done";
      }
      Client client(world);
      EXPECT_EQ(test::tree(world.maildir), untouched) << step;
      EXPECT_EQ(client.search("", {.mailbox = "inbox"}).total, 2);
      EXPECT_THAT(refusal([&] { client.undo(); }), HasSubstr("Nothing to undo"));
    }
  }
  const World world;
  EXPECT_EQ(killed_while_moving(world, 9, true), 0);
  EXPECT_EQ(Client(world).search("", {.mailbox = "trash"}).total, 2);
}

TEST(CutOffChange, DoesNotKeepTheServerFromStarting) {
  const World world;
  ASSERT_EQ(killed_while_moving(world, 2, false), 9);
  std::filesystem::remove(world.maildir / ".Trash/new/100000001.a");
  Client client(world);
  EXPECT_EQ(client.search("").total, 1);
}

}  // namespace
}  // namespace email
