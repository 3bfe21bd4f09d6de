#include "servers/common/journal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/servers_common/notes.hpp"

namespace {

using test::Notes;
using test::NotesWorld;
using testing::AllOf;
using testing::HasSubstr;

common::UndoResult undo(Notes& notes, const common::UndoArgs& args = {}) {
  mcp::Call call("undo_notes_change", notes.actor());
  return common::Journal(notes.database).undo(args, call);
}

std::string refusal(Notes& notes, const common::UndoArgs& args = {}) {
  try {
    undo(notes, args);
  } catch (const mcp::ToolError& error) {
    return error.what();
  }
  return "nothing was refused";
}

TEST(Journal, TakesBackInsertsUpdatesAndDeletes) {
  NotesWorld world;
  Notes notes(world.file, world.times, "ann");
  notes.run("INSERT INTO notes(text) VALUES ('one'), ('two')");
  const std::string before = notes.notes();
  notes.run(
      "INSERT INTO notes(text) VALUES ('three'); UPDATE notes SET text = 'uno' WHERE id = 1;"
      "DELETE FROM notes WHERE id = 2");
  EXPECT_EQ(notes.notes(), "1|uno|\n3|three|\n");
  undo(notes);
  EXPECT_EQ(notes.notes(), before);
}

TEST(Journal, TellsWhatItTookBack) {
  NotesWorld world;
  Notes notes(world.file, world.times, "ann");
  notes.run("INSERT INTO notes(text) VALUES ('one')", "Added a note: one");
  notes.run("UPDATE notes SET text = 'uno'", "Changed a note: uno");
  const common::UndoResult result = undo(notes);
  ASSERT_EQ(result.undone.size(), 1U);
  EXPECT_EQ(result.undone[0].change_id, "notes-2");
  EXPECT_EQ(to_string(result.undone[0].at), "2026-03-16T09:00:00+01:00");
  EXPECT_EQ(result.undone[0].actor, "ann");
  EXPECT_EQ(result.undone[0].tool, "run_sql");
  EXPECT_EQ(result.undone[0].summary, "Changed a note: uno");
  EXPECT_TRUE(result.undone[0].undone);
  EXPECT_EQ(result.left, 1);
}

TEST(Journal, KeepsSearchInStep) {
  NotesWorld world;
  Notes notes(world.file, world.times, "ann");
  notes.run("INSERT INTO notes(text) VALUES ('apple')");
  notes.run("UPDATE notes SET text = 'banana' WHERE id = 1");
  EXPECT_EQ(notes.found("banana"), "1\n");
  undo(notes);
  EXPECT_EQ(notes.found("apple"), "1\n");
  EXPECT_EQ(notes.found("banana"), "");
  undo(notes);
  EXPECT_EQ(notes.found("apple"), "");
}

TEST(Journal, UndoingTwiceGoesFurtherBack) {
  NotesWorld world;
  Notes notes(world.file, world.times, "ann");
  notes.run("INSERT INTO notes(text) VALUES ('one')");
  notes.run("INSERT INTO notes(text) VALUES ('two')");
  EXPECT_EQ(undo(notes).undone[0].change_id, "notes-2");
  EXPECT_EQ(undo(notes).undone[0].change_id, "notes-1");
  EXPECT_EQ(notes.notes(), "");
  EXPECT_THAT(refusal(notes), HasSubstr("Nothing to undo: ann"));
}

TEST(Journal, TakesTheCallersOwnLastChange) {
  NotesWorld world;
  Notes ann(world.file, world.times, "ann");
  Notes bob(world.file, world.times, "bob");
  ann.run("INSERT INTO notes(text) VALUES ('of ann')");
  bob.run("INSERT INTO notes(text) VALUES ('of bob')");
  undo(ann);
  EXPECT_EQ(bob.notes(), "2|of bob|\n");
  EXPECT_EQ(undo(ann, {.change_id = "notes-2"}).undone[0].actor, "bob");
  EXPECT_EQ(bob.notes(), "");
}

TEST(Journal, NamingAnUndoRedoes) {
  NotesWorld world;
  Notes notes(world.file, world.times, "ann");
  notes.run("INSERT INTO notes(text) VALUES ('one')");
  undo(notes);
  undo(notes, {.change_id = "notes-2"});
  EXPECT_EQ(notes.notes(), "1|one|\n");
  EXPECT_EQ(notes.found("one"), "1\n");
  undo(notes);  // the first change stands again
  EXPECT_EQ(notes.notes(), "");
}

TEST(Journal, ADryRunOnlyTells) {
  NotesWorld world;
  Notes notes(world.file, world.times, "ann");
  notes.run("INSERT INTO notes(text) VALUES ('one')");
  EXPECT_EQ(undo(notes, {.dry_run = true}).undone[0].change_id, "notes-1");
  EXPECT_EQ(notes.notes(), "1|one|\n");
  EXPECT_EQ(undo(notes).undone[0].change_id, "notes-1");
  EXPECT_EQ(notes.notes(), "");
}

TEST(Journal, RefusesWhatSomebodyElseChangedSinceAndNamesThem) {
  NotesWorld world;
  Notes ann(world.file, world.times, "ann");
  Notes bob(world.file, world.times, "bob");
  ann.run("INSERT INTO notes(text) VALUES ('one'), ('two')", "Added two notes");
  world.clock.at += std::chrono::minutes(30);
  bob.run("UPDATE notes SET text = 'zwei' WHERE id = 2", "Translated a note");
  EXPECT_THAT(refusal(ann),
              AllOf(HasSubstr("notes-1 (\"Added two notes\") cannot be undone"),
                    HasSubstr("bob changed the same thing since: notes-2 (\"Translated a note\", "
                              "by run_sql at Mon 2026-03-16T09:30:00+01:00)")));
  EXPECT_EQ(ann.notes(), "1|one|\n2|zwei|\n");  // nothing of it was undone
  undo(bob);
  undo(ann);
  EXPECT_EQ(ann.notes(), "");
}

TEST(Journal, OtherFieldsOfTheSameRowAreNoConflict) {
  NotesWorld world;
  Notes ann(world.file, world.times, "ann");
  Notes bob(world.file, world.times, "bob");
  ann.run("INSERT INTO notes(text) VALUES ('one')");
  ann.run("UPDATE notes SET text = 'uno'");
  bob.run("UPDATE notes SET color = 'red'");
  undo(ann);
  EXPECT_EQ(ann.notes(), "1|one|red\n");
}

TEST(Journal, RefusesToLeaveRowsOfOthersDangling) {
  NotesWorld world;
  Notes ann(world.file, world.times, "ann");
  Notes bob(world.file, world.times, "bob");
  ann.run("INSERT INTO notes(text) VALUES ('one')");
  bob.run("INSERT INTO labels VALUES (1, 'urgent')", "Labelled a note");
  EXPECT_THAT(refusal(ann), HasSubstr("bob changed the same thing since: notes-2"));
  EXPECT_EQ(ann.notes(), "1|one|\n");
}

TEST(Journal, SaysWhenTheOtherChangeIsNotInIt) {
  NotesWorld world;
  Notes ann(world.file, world.times, "ann");
  ann.run("INSERT INTO notes(text) VALUES ('one')");
  ann.database.write({}, [](SQLite::Database& sqlite) { sqlite.exec("DELETE FROM notes"); });
  EXPECT_THAT(refusal(ann), HasSubstr("outside this journal"));
}

TEST(Journal, RefusesWhatItDoesNotKnow) {
  NotesWorld world;
  Notes notes(world.file, world.times, "ann");
  notes.run("INSERT INTO notes(text) VALUES ('one')");
  for (const char* id :
       {"notes-9", "tasks-1", "notes-", "notes-1x", "1", "notes-99999999999999999999"}) {
    EXPECT_THAT(refusal(notes, {.change_id = id}), HasSubstr("/change_id: no change ")) << id;
  }
  undo(notes);
  EXPECT_THAT(refusal(notes, {.change_id = "notes-1"}), HasSubstr("undone already"));
}

TEST(Journal, ForgetsAfterThirtyDays) {
  NotesWorld world;
  Notes notes(world.file, world.times, "ann");
  notes.run("INSERT INTO notes(text) VALUES ('old')");
  world.clock.at += std::chrono::days(31);
  for (int i = 2; i <= 63; ++i) notes.run("INSERT INTO notes(text) VALUES ('new')");
  EXPECT_EQ(notes.rows("SELECT min(id) FROM journal_changes"), "1\n");  // prunes now and then
  notes.run("INSERT INTO notes(text) VALUES ('new')");
  EXPECT_EQ(notes.rows("SELECT min(id) FROM journal_changes"), "2\n");
}

TEST(Journal, ForgetsTheOldestBeyondItsSize) {
  NotesWorld world;
  Notes notes(world.file, world.times, "ann");
  // Stands in for large changes: what counts is the size of the column.
  notes.run("INSERT INTO notes(text) VALUES ('one')");
  notes.run("INSERT INTO notes(text) VALUES ('two')");
  notes.database.write({}, [](SQLite::Database& sqlite) {
    sqlite.exec("UPDATE journal_changes SET changeset = zeroblob(150000000) WHERE id <= 2");
  });
  for (int i = 3; i <= 64; ++i) notes.run("INSERT INTO notes(text) VALUES ('new')");
  EXPECT_EQ(notes.rows("SELECT min(id) FROM journal_changes"), "2\n");
}

}  // namespace
