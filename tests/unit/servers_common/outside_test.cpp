#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <set>

#include "servers/common/journal.hpp"
#include "tests/unit/servers_common/notes.hpp"

namespace {

using test::Notes;
using test::NotesWorld;
using testing::ElementsAre;
using testing::IsEmpty;

/// Files that stand for what is outside: an effect is the name of one to make.
class Folder final : public common::Outside {
 public:
  explicit Folder(std::filesystem::path path) : path_(std::move(path)) {
    std::filesystem::create_directories(path_);
  }
  void apply(std::string_view effect) override {
    if (before_apply) before_apply(effect);
    if (effect == forbidden) throw mcp::ToolError("somebody is in the way");
    test::write_file(path_ / effect, "made");
  }
  void revert(std::string_view effect) override {
    if (effect == stuck) throw mcp::ToolError("somebody is in the way");
    std::filesystem::remove(path_ / effect);
  }
  void forget(std::string_view effect) override { forgotten.emplace_back(effect); }
  void check(std::string_view effect, common::Direction) const override {
    if (effect == stuck) throw mcp::ToolError("somebody would be in the way");
  }
  bool stands_on(const std::vector<std::string>& later,
                 const std::vector<std::string>& earlier) const override {
    return later == earlier;
  }

  std::set<std::string> files() const {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(path_)) {
      names.insert(entry.path().filename().string());
    }
    return names;
  }

  std::function<void(std::string_view)> before_apply{};
  std::string forbidden{};  ///< Cannot be applied.
  std::string stuck{};      ///< Cannot be reverted.
  std::vector<std::string> forgotten{};

 private:
  std::filesystem::path path_;
};

struct World : NotesWorld {
  Folder outside{folder / "outside"};
};

constexpr const char* kInsert = "INSERT INTO notes(text) VALUES ('one')";

TEST(Outside, ChangesWithTheDatabaseAndIsUndoneWithIt) {
  World world;
  Notes notes(world.file, world.times, "ann");
  notes.database.attach(world.outside);
  notes.run(kInsert, "both", false, {"a", "b"});
  EXPECT_THAT(world.outside.files(), ElementsAre("a", "b"));
  EXPECT_EQ(notes.rows("SELECT count(*) FROM journal_intents"), "0\n");

  mcp::Call call("undo_notes_change", "ann");
  common::Journal(notes.database).undo({}, call);
  EXPECT_THAT(world.outside.files(), IsEmpty());
  EXPECT_EQ(notes.notes(), "");

  common::Journal(notes.database).undo({.change_id = call.change_id()}, call);
  EXPECT_THAT(world.outside.files(), ElementsAre("a", "b"));
  EXPECT_EQ(notes.notes(), "1|one|\n");
}

TEST(Outside, AChangeThatIsOnlyOutsideIsUndoneToo) {
  World world;
  Notes notes(world.file, world.times, "ann");
  notes.database.attach(world.outside);
  EXPECT_EQ(notes.run("SELECT 1", "outside", false, {"a"}), "notes-1");
  mcp::Call call("undo_notes_change", "ann");
  common::Journal(notes.database).undo({}, call);
  EXPECT_THAT(world.outside.files(), IsEmpty());
}

TEST(Outside, ADryRunDoesNothingThere) {
  World world;
  Notes notes(world.file, world.times, "ann");
  notes.database.attach(world.outside);
  notes.run(kInsert, "both", true, {"a"});
  EXPECT_THAT(world.outside.files(), IsEmpty());
}

TEST(Outside, IsTakenBackWhereAStepFails) {
  World world;
  Notes notes(world.file, world.times, "ann");
  notes.database.attach(world.outside);
  world.outside.forbidden = "b";
  EXPECT_THROW(notes.run(kInsert, "both", false, {"a", "b", "c"}), mcp::ToolError);
  EXPECT_THAT(world.outside.files(), IsEmpty());
  EXPECT_EQ(notes.notes(), "");
  EXPECT_EQ(notes.rows("SELECT count(*) FROM journal_intents"), "0\n");
}

TEST(Outside, StepsThatWereNotBegunAreNotTakenBack) {
  World world;
  Notes notes(world.file, world.times, "ann");
  notes.database.attach(world.outside);
  test::write_file(world.folder / "outside/c", "somebody else's");
  world.outside.forbidden = "b";
  EXPECT_THROW(notes.run(kInsert, "both", false, {"a", "b", "c"}), mcp::ToolError);
  EXPECT_THAT(world.outside.files(), ElementsAre("c"));
  EXPECT_THAT(world.outside.forgotten, ElementsAre("a", "b", "c"));
}

TEST(Outside, AChangeThatALaterOneStandsOnIsNotUndone) {
  World world;
  Notes ann(world.file, world.times, "ann");
  Notes bob(world.file, world.times, "bob");
  ann.database.attach(world.outside);
  bob.database.attach(world.outside);
  ann.run("SELECT 1", "ann's", false, {"a"});
  bob.run("SELECT 1", "elsewhere", false, {"b"});
  bob.run("SELECT 1", "bob's", false, {"a"});
  mcp::Call call("undo_notes_change", "ann");
  try {
    common::Journal(ann.database).undo({}, call);
    FAIL();
  } catch (const mcp::ToolError& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("bob changed the same thing since: notes-3"));
  }
  mcp::Call other("undo_notes_change", "bob");
  common::Journal(bob.database).undo({}, other);
  common::Journal(ann.database).undo({}, call);
  EXPECT_THAT(world.outside.files(), ElementsAre("b"));
}

TEST(Outside, ADryRunOfAnUndoTellsWhatIsInTheWay) {
  World world;
  Notes notes(world.file, world.times, "ann");
  notes.database.attach(world.outside);
  notes.run(kInsert, "both", false, {"a"});
  world.outside.stuck = "a";
  mcp::Call call("undo_notes_change", "ann");
  EXPECT_THROW(common::Journal(notes.database).undo({.dry_run = true}, call), mcp::ToolError);
}

TEST(Outside, IsTakenBackWhereTheDatabaseFails) {
  World world;
  Notes notes(world.file, world.times, "ann");
  notes.database.attach(world.outside);
  EXPECT_THROW(notes.run("INSERT INTO nowhere VALUES (1)", "both", false, {"a"}), std::exception);
  EXPECT_THAT(world.outside.files(), IsEmpty());
}

TEST(Outside, AConflictLeavesItAsItWas) {
  World world;
  Notes ann(world.file, world.times, "ann");
  Notes bob(world.file, world.times, "bob");
  ann.database.attach(world.outside);
  ann.run(kInsert, "both", false, {"a"});
  bob.run("UPDATE notes SET text = 'uno'");
  mcp::Call call("undo_notes_change", "ann");
  EXPECT_THROW(common::Journal(ann.database).undo({}, call), mcp::ToolError);
  EXPECT_THAT(world.outside.files(), ElementsAre("a"));
}

/// A process that dies after its first step outside.
void die_half_way(World& world) {
  const pid_t child = ::fork();
  if (child == 0) {
    world.outside.before_apply = [](std::string_view effect) {
      if (effect == "b") ::_exit(0);
    };
    Notes notes(world.file, world.times, "ann");
    notes.database.attach(world.outside);
    notes.run(kInsert, "both", false, {"a", "b"});
    ::_exit(1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_EQ(status, 0);
}

TEST(Outside, TheNextStartSettlesWhatWasCutOff) {
  World world;
  die_half_way(world);
  EXPECT_THAT(world.outside.files(), ElementsAre("a"));
  Notes notes(world.file, world.times, "ann");
  EXPECT_EQ(notes.rows("SELECT count(*) FROM journal_intents"), "1\n");
  notes.database.attach(world.outside);
  EXPECT_THAT(world.outside.files(), IsEmpty());
  EXPECT_EQ(notes.rows("SELECT count(*) FROM journal_intents"), "0\n");
}

TEST(Outside, WhatCannotBeSettledWaitsForTheNextStart) {
  World world;
  die_half_way(world);
  world.outside.stuck = "a";
  {
    Notes notes(world.file, world.times, "ann");
    notes.database.attach(world.outside);
    notes.run(kInsert);  // the server works all the same
    EXPECT_EQ(notes.rows("SELECT count(*) FROM journal_intents"), "1\n");
  }
  world.outside.stuck = "";
  Notes notes(world.file, world.times, "ann");
  notes.database.attach(world.outside);
  EXPECT_THAT(world.outside.files(), IsEmpty());
  EXPECT_EQ(notes.rows("SELECT count(*) FROM journal_intents"), "0\n");
}

TEST(Outside, WhatOneServerCannotSettleAnotherCan) {
  World world;
  die_half_way(world);
  world.outside.stuck = "a";
  Notes helpless(world.file, world.times, "bob");
  helpless.database.attach(world.outside);
  EXPECT_THAT(world.outside.files(), ElementsAre("a"));

  world.outside.stuck.clear();  // the first one is still running
  Notes other(world.file, world.times, "ann");
  other.database.attach(world.outside);
  EXPECT_THAT(world.outside.files(), IsEmpty());
}

TEST(Outside, AStartLeavesAloneWhatIsStillRunning) {
  World world;
  Notes notes(world.file, world.times, "ann");
  notes.database.attach(world.outside);
  world.outside.before_apply = [&](std::string_view effect) {
    if (effect != "b") return;
    Notes other(world.file, world.times, "bob");
    other.database.attach(world.outside);
    EXPECT_THAT(world.outside.files(), ElementsAre("a"));
  };
  notes.run(kInsert, "both", false, {"a", "b"});
  EXPECT_THAT(world.outside.files(), ElementsAre("a", "b"));
}

TEST(Outside, IsToldWhenAnEffectIsPastUndoing) {
  World world;
  Notes notes(world.file, world.times, "ann");
  notes.database.attach(world.outside);
  notes.run(kInsert, "both", false, {"a", "b"});
  world.clock.at += std::chrono::days(31);
  for (int i = 2; i <= 64; ++i) notes.run(kInsert);
  EXPECT_THAT(world.outside.forgotten, ElementsAre("a", "b"));
}

}  // namespace
