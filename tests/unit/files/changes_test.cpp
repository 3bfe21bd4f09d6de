#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/xattr.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>

#include "tests/unit/files/world.hpp"

namespace {

namespace fs = std::filesystem;
using test::bytes_of;
using test::FilesWorld;
using test::Hand;
using test::refusal;
using testing::HasSubstr;
using testing::StartsWith;

TEST(WriteFile, KeepsPermissionsAndAttributes) {
  const FilesWorld world;
  world.plant("a", "old");
  fs::permissions(world.root / "a", fs::perms(0640));
  const bool has_attributes =
      ::setxattr((world.root / "a").c_str(), "user.note", "kept", 4, 0) == 0;
  Hand ann(world);
  EXPECT_EQ(ann.write("a", "new"), "Successfully wrote to a");
  EXPECT_EQ(bytes_of(world.root / "a"), "new");
  EXPECT_EQ(fs::status(world.root / "a").permissions(), fs::perms(0640));
  std::string value(4, '\0');
  EXPECT_EQ(::getxattr((world.root / "a").c_str(), "user.note", value.data(), 4),
            has_attributes ? 4 : -1);
}

TEST(WriteFile, WritesTheTargetOfALink) {
  const FilesWorld world;
  world.plant("folder/target", "old");
  fs::create_symlink("folder/target", world.root / "link");
  fs::create_symlink(world.far.path(), world.root / "to-far");
  Hand ann(world);
  ann.write("link", "new");
  ann.write("to-far/made", "far");
  EXPECT_TRUE(fs::is_symlink(world.root / "link"));
  EXPECT_EQ(bytes_of(world.root / "folder/target"), "new");
  EXPECT_EQ(bytes_of(world.far.path() / "made"), "far");
}

TEST(WriteFile, TakesNamesThatBeginWithDots) {
  const FilesWorld world;
  Hand ann(world);
  for (const char* name : {"..a", "...", "..%2f..%2fetc", "..a/../..b"}) ann.write(name, name);
  EXPECT_EQ(bytes_of(world.root / "..b"), "..a/../..b");
  EXPECT_THAT(refusal([&] { ann.write("../beside", "x"); }), StartsWith("Access denied"));
}

TEST(WriteFile, LeavesNothingBesideTheFile) {
  const FilesWorld world;
  Hand ann(world);
  ann.write("a", "1");
  ann.write("a", "2");
  refusal([&] { ann.write("a/b", "3"); });
  EXPECT_EQ(test::tree_dump(world.root).size(), 2U);
}

TEST(Changes, StayOutOfWhatAdjutantKeeps) {
  const test::MemoryFolder near;
  FilesWorld world;
  world.options.data = world.root / "data";  // as if the home folder were a root
  world.roots = common::Roots({world.root}, world.options.data);
  world.own = world.options.data / "files";
  fs::create_directories(world.own);
  Hand ann(world);
  ann.write("beside", "1");
  const char* const kDenied = "Access denied - Adjutant keeps its own data there";
  EXPECT_THAT(refusal([&] { ann.write("data/host/audit.jsonl", "x"); }), StartsWith(kDenied));
  EXPECT_THAT(refusal([&] { ann.remove({"data"}); }), StartsWith(kDenied));
  EXPECT_THAT(refusal([&] { ann.move("data/files", "stolen"); }), StartsWith(kDenied));
  EXPECT_THAT(refusal([&] { ann.copy("beside", "data/files/files.db-x"); }), StartsWith(kDenied));
}

TEST(Changes, TouchNeitherDevicesNorProcWhereTheRootIsEverything) {
  FilesWorld world;
  world.roots = common::Roots({"/"});
  Hand ann(world);
  world.plant("a", "1");
  for (const char* path : {"/dev/null", "/proc/self/environ", "/proc/new", "/proc/sys/new"}) {
    EXPECT_NE(refusal([&] { ann.write(path, "x"); }), "was not refused");
    EXPECT_NE(refusal([&] { ann.move(path, world.root / "b"); }), "was not refused");
    EXPECT_NE(refusal([&] { ann.copy(path, world.root / "b"); }), "was not refused");
    EXPECT_NE(refusal([&] { ann.make(fs::path(path) / "new"); }), "was not refused");
  }
  EXPECT_FALSE(fs::exists(world.root / "b"));
  ann.write(world.root / "a", "2");  // the control: elsewhere it may
  EXPECT_EQ(bytes_of(world.root / "a"), "2");
}

TEST(MoveFile, RefusesAFolderIntoItselfAsTheSystemWould) {
  const FilesWorld world;
  world.plant("folder/a", "1");
  Hand ann(world);
  EXPECT_THAT(refusal([&] { ann.move("folder", "folder/inner"); }), StartsWith("EINVAL"));
  EXPECT_THAT(refusal([&] { ann.move("folder", "folder/missing/inner"); }), StartsWith("ENOENT"));
}

TEST(Changes, LeaveTheAllowedFoldersThemselves) {
  const FilesWorld world;
  Hand ann(world);
  EXPECT_THAT(refusal([&] { ann.remove({"."}); }), HasSubstr("one of the allowed directories"));
  EXPECT_THAT(refusal([&] { ann.move(world.far.path(), "far"); }),
              HasSubstr("one of the allowed directories"));
}

TEST(DeleteFiles, RemovesALinkAndNotWhatItLeadsTo) {
  const FilesWorld world;
  const test::MemoryFolder outside;
  test::write_file(outside.path() / "secret", "secret");
  fs::create_symlink(outside.path(), world.root / "out");
  Hand ann(world);
  EXPECT_EQ(ann.remove({"out"}).files, 1);
  EXPECT_FALSE(fs::is_symlink(world.root / "out"));
  EXPECT_EQ(bytes_of(outside.path() / "secret"), "secret");
  EXPECT_THAT(refusal([&] { ann.remove({"out/secret"}); }), HasSubstr("ENOENT"));
  ann.undo();
  EXPECT_EQ(fs::read_symlink(world.root / "out"), outside.path());
  EXPECT_THAT(refusal([&] { ann.remove({"out/secret"}); }), StartsWith("Access denied"));
}

TEST(DeleteFiles, TakesAllOrNothing) {
  const FilesWorld world;
  world.plant("a", "1");
  Hand ann(world);
  EXPECT_THAT(refusal([&] { ann.remove({"a", "b"}); }), StartsWith("/paths/1: ENOENT"));
  EXPECT_TRUE(fs::exists(world.root / "a"));
}

TEST(DeleteFiles, KeepsInTheTrashWhatItWasAndWhereItLay) {
  const FilesWorld world;
  world.plant("some folder/ż", "text");
  Hand ann(world);
  ann.remove({"some folder"});
  std::string origin;
  std::string kept;
  for (const auto& entry : fs::recursive_directory_iterator(world.own / "trash")) {
    if (entry.path().extension() == ".trashinfo") origin = bytes_of(entry.path());
    if (entry.path().filename() == "ż") kept = bytes_of(entry.path());
  }
  EXPECT_EQ(kept, "text");
  EXPECT_EQ(origin, "[Trash Info]\nPath=" + world.root.string() +
                        "/some%20folder\nDeletionDate=2026-03-16T09:00:00\n");
}

TEST(CopyFile, CopiesFoldersWithTheirTimesAndLinks) {
  const FilesWorld world;
  world.plant("a/b/c", "text");
  fs::create_symlink("/etc/passwd", world.root / "a/link");
  fs::permissions(world.root / "a/b", fs::perms(0750));
  Hand ann(world);
  const files::CopyFileResult counted = ann.copy("a", "z", true);
  EXPECT_FALSE(fs::exists(world.root / "z"));
  const files::CopyFileResult copied = ann.copy("a", "z");
  EXPECT_EQ(copied.files, 2);
  EXPECT_EQ(copied.bytes, 4);
  EXPECT_EQ(counted.bytes, 4);
  auto left = test::tree_dump(world.root / "a");
  auto right = test::tree_dump(world.root / "z");
  left.erase("../a");
  right.erase("../z");
  EXPECT_EQ(left, right);
  EXPECT_THAT(refusal([&] { ann.copy("a", "z"); }), StartsWith("Destination already exists"));
  EXPECT_THAT(refusal([&] { ann.copy("a", "a/b/d"); }), HasSubstr("lies in the source"));
}

TEST(CopyFile, LeavesHolesAsHoles) {
  const FilesWorld world;
  world.plant("a", "begin");
  fs::resize_file(world.root / "a", std::uintmax_t{8} * 1024 * 1024);
  std::ofstream(world.root / "a", std::ios::app) << "end";
  Hand ann(world);
  ann.copy("a", "b");
  EXPECT_EQ(bytes_of(world.root / "b"), bytes_of(world.root / "a"));
  struct stat what {};
  ASSERT_EQ(::stat((world.root / "b").c_str(), &what), 0);
  EXPECT_LT(what.st_blocks * 512, 1024 * 1024);
}

TEST(CopyFile, StopsWhenTheCallIsTakenBack) {
  const FilesWorld world;
  world.plant("a/b", "text");
  const auto before = test::tree_dump(world.root);
  const std::unique_ptr<files::Context> context = world.start();
  std::stop_source stop;
  stop.request_stop();
  mcp::Call call("copy_file", "ann", stop.get_token());
  EXPECT_THAT(
      refusal([&] { files::copy_file(*context, {.source = "a", .destination = "z"}, call); }),
      HasSubstr("the call was taken back"));
  auto after = test::tree_dump(world.root);
  after["../root"] = before.at("../root");  // its time: a hidden name came and went
  EXPECT_EQ(after, before);
}

TEST(Undo, IsRefusedWhereAnotherClientWasSince) {
  const FilesWorld world;
  Hand ann(world);
  Hand ben(world, "ben");
  ann.make("folder");
  ann.write("a", "ann's");
  ben.write("a", "ben's");
  ben.write("folder/b", "inside");
  EXPECT_THAT(refusal([&] { ann.undo(); }),
              HasSubstr("because ben changed the same thing since: files-3 (\"Wrote " +
                        (world.root / "a").string()));
  EXPECT_THAT(refusal([&] { ann.undo({.change_id = "files-1"}); }),
              HasSubstr("ben changed the same thing since: files-4"));
  EXPECT_EQ(bytes_of(world.root / "a"), "ben's");
  ben.undo();
  ben.undo();
  ann.undo();
  ann.undo();
  EXPECT_EQ(test::tree_dump(world.root).size(), 1U);
}

TEST(Undo, IsRefusedWhereAnotherProgramWasSince) {
  const FilesWorld world;
  world.plant("a", "old");
  world.plant("c", "moved");
  Hand ann(world);
  const auto words = [&](const std::string& change_id) {
    const std::string dry = refusal([&] { ann.undo({.change_id = change_id, .dry_run = true}); });
    EXPECT_EQ(refusal([&] { ann.undo({.change_id = change_id}); }), dry);
    return dry;
  };
  ann.write("a", "new");
  test::write_file(world.root / "a", "somebody else's");
  EXPECT_THAT(words("files-1"), HasSubstr("another program has changed " +
                                          (world.root / "a").string() + " since; it was last"));
  EXPECT_EQ(bytes_of(world.root / "a"), "somebody else's");

  ann.make("b/c");
  world.plant("b/c/d", "x");
  EXPECT_THAT(words("files-2"), HasSubstr("another program has put d into c"));

  ann.move("c", "e");
  world.plant("c", "another");
  EXPECT_THAT(words("files-3"), HasSubstr("another program has put something else at"));

  ann.copy("b", "copy");
  fs::permissions(world.root / "copy/c/d", fs::perms(0600));
  EXPECT_THAT(words("files-4"), HasSubstr("another program has changed"));

  ann.remove({"e"});
  fs::remove_all(world.own / "trash");
  EXPECT_THAT(words("files-5"), HasSubstr("is not in the trash any more"));
}

TEST(Undo, OfAnUndoIsARedo) {
  const FilesWorld world;
  world.plant("old/a", "1");
  Hand ann(world);
  ann.write("a", "1");
  ann.write("a", "2");
  ann.make("b/c");
  ann.copy("old", "b/c/copy");
  ann.move("a", "b/a");
  ann.remove({"b/c", "old"});
  const auto before = test::tree_dump(world.root);
  std::vector<std::string> undone;
  for (int i = 0; i < 6; ++i) {
    ann.undo();
    undone.push_back(ann.change_id);
  }
  EXPECT_EQ(test::tree_dump(world.root).size(), 3U);
  for (auto id = undone.rbegin(); id != undone.rend(); ++id) ann.undo({.change_id = *id});
  EXPECT_EQ(test::tree_dump(world.root), before);
  EXPECT_EQ(ann.undo().left, 5);
}

std::size_t kept_images(const FilesWorld& world) {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& entry : fs::directory_iterator(world.own / "kept")) ++count;
  return count;
}

TEST(Journal, LetsBeforeImagesGoAfterThirtyDays) {
  FilesWorld world;
  Hand ann(world);
  for (int i = 0; i < 40; ++i) ann.write("a", std::to_string(i));
  world.clock.at += std::chrono::days(31);
  for (int i = 0; i < 60; ++i) ann.write("a", std::to_string(i));
  EXPECT_LT(kept_images(world), 70U);
  EXPECT_GE(kept_images(world), 60U);
}

TEST(Journal, KeepsTheLastChangeHoweverMuchItTakes) {
  const FilesWorld world;
  world.plant("a", "");
  fs::resize_file(world.root / "a", std::uintmax_t{257} * 1024 * 1024);
  Hand ann(world);
  ann.write("a", "short");
  EXPECT_EQ(kept_images(world), 1U);
  ann.undo();
  EXPECT_EQ(fs::file_size(world.root / "a"), std::uintmax_t{257} * 1024 * 1024);
  ann.write("b", "1");
  ann.write("a", "short");  // and now what was before it is too much
  EXPECT_EQ(kept_images(world), 1U);
}

// --- A folder is exchanged for a link that leads out, as fast as somebody can

/// What a careless server does: looks where the path leads, then opens it by the path.
bool write_naively(const fs::path& root, const fs::path& path) {
  std::error_code failed;
  const fs::path real = fs::canonical(path.parent_path(), failed);
  if (failed || !real.string().starts_with(root.string())) return false;
  std::ofstream(path) << "escaped";
  return true;
}

TEST(Changes, CannotBeLedOutByARace) {
  const FilesWorld world;
  const test::MemoryFolder outside;
  test::write_file(outside.path() / "file", "outside");
  fs::create_directory(outside.path() / "folder");
  world.plant("real/file", "inside");
  world.plant("real/folder/x", "inside");
  fs::create_symlink(outside.path(), world.root / "trap");
  std::atomic<bool> done{false};
  std::jthread attacker([&] {
    while (!done) {
      ::renameat2(AT_FDCWD, (world.root / "real").c_str(), AT_FDCWD, (world.root / "trap").c_str(),
                  RENAME_EXCHANGE);
    }
  });
  const auto before = test::tree_dump(outside.path());
  Hand ann(world);
  for (int i = 0; i < 300; ++i) {
    const std::string name = std::to_string(i);
    refusal([&] { ann.write("real/file", name); });
    refusal([&] { ann.write("real/made" + name, name); });
    refusal([&] { ann.make("real/folder" + name); });
    refusal([&] { ann.move("real/made" + name, "real/moved" + name); });
    refusal([&] { ann.copy("real/file", "real/copy" + name); });
    refusal([&] { ann.remove({"real/moved" + name}); });
    refusal([&] { ann.undo(); });
  }
  EXPECT_EQ(test::tree_dump(outside.path()), before);
  bool escaped = false;
  for (int i = 0; i < 1'000'000 && !escaped; ++i) {
    write_naively(world.root, world.root / "real/file");
    escaped = bytes_of(outside.path() / "file") == "escaped";
  }
  EXPECT_TRUE(escaped) << "the control: looking first and opening then does lead out";
  done = true;
}

}  // namespace
