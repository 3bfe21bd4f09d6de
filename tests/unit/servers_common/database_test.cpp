#include "servers/common/database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <stdexcept>
#include <thread>
#include <vector>

#include "tests/unit/servers_common/notes.hpp"

namespace {

using test::Notes;
using test::NotesWorld;
using testing::HasSubstr;

unsigned mode_of(const std::filesystem::path& path) {
  struct stat what {};
  EXPECT_EQ(::stat(path.c_str(), &what), 0) << path;
  return what.st_mode & 0777U;
}

/// The words of the ToolError that `act` ends in.
template <class Act>
std::string refusal(Act act) {
  try {
    act();
  } catch (const mcp::ToolError& error) {
    return error.what();
  }
  return "nothing was refused";
}

TEST(Database, KeepsItsFilesToTheUserAlone) {
  NotesWorld world;
  Notes notes(world.file, world.times, "ann");
  notes.run("INSERT INTO notes(text) VALUES ('one')");
  EXPECT_EQ(mode_of(world.file.parent_path()), 0700U);
  EXPECT_EQ(mode_of(world.file), 0600U);
  EXPECT_EQ(mode_of(world.file.string() + "-wal"), 0600U);
}

TEST(Database, WritesDurablyWithForeignKeysOn) {
  NotesWorld world;
  Notes notes(world.file, world.times, "ann");
  EXPECT_EQ(notes.rows("PRAGMA journal_mode"), "wal\n");
  EXPECT_EQ(notes.rows("PRAGMA synchronous"), "2\n");
  EXPECT_EQ(notes.rows("PRAGMA foreign_keys"), "1\n");
}

TEST(Database, ReturnsWhatTheWorkReturns) {
  NotesWorld world;
  Notes notes(world.file, world.times, "ann");
  mcp::Call call("add", "ann");
  const std::int64_t id =
      notes.database.write({.call = &call, .summary = "added"}, [](SQLite::Database& sqlite) {
        sqlite.exec("INSERT INTO notes(text) VALUES ('one')");
        return sqlite.getLastInsertRowid();
      });
  EXPECT_EQ(id, 1);
  EXPECT_EQ(call.change_id(), "notes-1");
}

TEST(Database, ADryRunChangesNothingAndHasNoChangeId) {
  NotesWorld world;
  Notes notes(world.file, world.times, "ann");
  EXPECT_EQ(notes.run("INSERT INTO notes(text) VALUES ('one')", "added", true), "");
  EXPECT_EQ(notes.notes(), "");
  EXPECT_NE(notes.run("INSERT INTO notes(text) VALUES ('one')", "added", false), "");
  EXPECT_EQ(notes.notes(), "1|one|\n");
}

TEST(Database, WorkThatThrowsHasChangedNothing) {
  NotesWorld world;
  Notes notes(world.file, world.times, "ann");
  mcp::Call call("add", "ann");
  const auto fail = [&] {
    notes.database.write({.call = &call, .summary = "added"}, [](SQLite::Database& sqlite) {
      sqlite.exec("INSERT INTO notes(text) VALUES ('one')");
      throw std::logic_error("a bug");
    });
  };
  EXPECT_THROW(fail(), std::logic_error);
  EXPECT_EQ(notes.notes(), "");
  EXPECT_EQ(call.change_id(), "");
  EXPECT_EQ(notes.run("INSERT INTO notes(text) VALUES ('two')"), "notes-1");  // still usable
}

TEST(Database, AChangeThatChangedNothingHasNoChangeId) {
  NotesWorld world;
  Notes notes(world.file, world.times, "ann");
  EXPECT_EQ(notes.run("UPDATE notes SET text = 'x' WHERE id = 7"), "");
  EXPECT_EQ(notes.rows("SELECT count(*) FROM journal_changes"), "0\n");
}

TEST(Database, UpkeepIsNotJournaled) {
  NotesWorld world;
  Notes notes(world.file, world.times, "ann");
  notes.database.write(
      {}, [](SQLite::Database& sqlite) { sqlite.exec("INSERT INTO notes(text) VALUES ('seen')"); });
  EXPECT_EQ(notes.notes(), "1|seen|\n");
  EXPECT_EQ(notes.rows("SELECT count(*) FROM journal_changes"), "0\n");
}

TEST(Database, IsMadeOnceByManyWhoOpenItAtOnce) {
  NotesWorld world;
  constexpr int kOpeners = 8;
  {
    std::vector<std::jthread> openers;
    for (int i = 0; i < kOpeners; ++i) {
      openers.emplace_back([&] {
        Notes(world.file, world.times, "ann").run("INSERT INTO notes(text) VALUES ('one')");
      });
    }
  }
  Notes notes(world.file, world.times, "ann");
  EXPECT_EQ(notes.rows("SELECT count(*) FROM notes"), "8\n");
  EXPECT_EQ(notes.rows("PRAGMA user_version"), "2\n");
}

TEST(Database, RefusesAFileOfANewerVersion) {
  NotesWorld world;
  Notes(world.file, world.times, "ann").database.write({}, [](SQLite::Database& sqlite) {
    sqlite.exec("PRAGMA user_version = 9");
  });
  EXPECT_THAT(refusal([&] { Notes(world.file, world.times, "ann"); }),
              HasSubstr("newer version of this program (schema 9, this one knows 2)"));
}

TEST(Database, SaysThatAFileIsDamaged) {
  NotesWorld world;
  test::write_file(world.file, std::string(8192, 'x'));
  EXPECT_THAT(refusal([&] { Notes(world.file, world.times, "ann"); }), HasSubstr("is damaged"));
}

TEST(Database, SaysThatAFolderCannotBeMade) {
  NotesWorld world;
  test::write_file(world.folder / "notes", "a file where the folder should be");
  EXPECT_THAT(refusal([&] { Notes(world.file, world.times, "ann"); }),
              HasSubstr("Not a directory"));
}

TEST(Database, SaysThatTheDiskIsFull) {
  NotesWorld world;
  Notes notes(world.file, world.times, "ann");
  notes.rows("PRAGMA max_page_count = 1");  // no more than there is
  const std::string insert = "INSERT INTO notes(text) VALUES ('" + std::string(100'000, 'x') + "')";
  EXPECT_THAT(refusal([&] { notes.run(insert); }), HasSubstr("its disk is full"));
  notes.rows("PRAGMA max_page_count = 100000");
  notes.run(insert);
}

TEST(Database, SaysThatAnotherProgramIsWriting) {
  NotesWorld world;
  Notes ann(world.file, world.times, "ann");
  Notes bob(world.file, world.times, "bob");
  bob.rows("PRAGMA busy_timeout = 0");
  ann.database.write({}, [&](SQLite::Database&) {
    EXPECT_THAT(refusal([&] { bob.run("INSERT INTO notes(text) VALUES ('b')"); }),
                HasSubstr("is busy"));
  });
  bob.run("INSERT INTO notes(text) VALUES ('b')");
  EXPECT_EQ(ann.notes(), "1|b|\n");
}

TEST(Database, AReaderSeesOneSnapshot) {
  NotesWorld world;
  Notes ann(world.file, world.times, "ann");
  Notes bob(world.file, world.times, "bob");
  const auto count = [](SQLite::Database& sqlite) {
    return sqlite.execAndGet("SELECT count(*) FROM notes").getInt();
  };
  ann.database.read([&](SQLite::Database& sqlite) {
    EXPECT_EQ(count(sqlite), 0);
    bob.run("INSERT INTO notes(text) VALUES ('b')");
    EXPECT_EQ(count(sqlite), 0);
  });
  EXPECT_EQ(ann.database.read(count), 1);
}

TEST(DatabaseDeathTest, ATransactionInsideAnotherIsABug) {
  NotesWorld world;
  Notes notes(world.file, world.times, "ann");
  EXPECT_DEATH(notes.database.read([&](SQLite::Database&) { notes.notes(); }),
               "a transaction inside another");
}

}  // namespace
