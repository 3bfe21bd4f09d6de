#include "servers/common/roots.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <thread>

#include "protocol/mcp/handler.hpp"
#include "tests/temp_folder.hpp"
#include "tests/unit/servers_common/write_file.hpp"

namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// root/ and other/ are roots, outside/ is not.
class RootsTest : public testing::Test {
 protected:
  void SetUp() override {
    test::write_file(root_ / "folder/note.txt", "inside");
    test::write_file(other_ / "more.txt", "other");
    test::write_file(outside_ / "secret.txt", "secret");
    fs::create_symlink("folder/note.txt", root_ / "relative");
    fs::create_symlink(root_ / "folder/note.txt", root_ / "absolute");
    fs::create_symlink(other_, root_ / "to-other");
    fs::create_symlink(outside_, root_ / "out");
    fs::create_symlink("../outside/secret.txt", root_ / "out-relative");
    fs::create_symlink("loop", root_ / "loop");
    ASSERT_EQ(::mkfifo((root_ / "pipe").c_str(), 0600), 0);
  }

  /// What is read at the path, or why nothing is.
  std::string at(const fs::path& path) {
    const common::Opened opened = roots().open(path);
    if (opened.outside) return "outside";
    if (opened.error != 0) return std::strerror(opened.error);
    struct stat what {};
    ::fstat(opened.file.get(), &what);
    return S_ISDIR(what.st_mode) ? "a folder" : common::read_all(opened.file, 100);
  }
  common::Roots roots() { return common::Roots({root_, other_}); }

  test::TempFolder temp_{};
  fs::path base_{fs::canonical(temp_.path())};
  fs::path root_{base_ / "root"};
  fs::path other_{base_ / "other"};
  fs::path outside_{base_ / "outside"};
};

TEST_F(RootsTest, OpensWhatIsBeneathThem) {
  EXPECT_EQ(at(root_ / "folder/note.txt"), "inside");
  EXPECT_EQ(at("folder/note.txt"), "inside");
  EXPECT_EQ(at("folder/../folder//note.txt"), "inside");
  EXPECT_EQ(at("more.txt"), std::strerror(ENOENT));  // beneath the first root it may be in
  EXPECT_EQ(at("../other/more.txt"), "other");
  EXPECT_EQ(at(root_), "a folder");
  EXPECT_EQ(at("."), "a folder");
}

TEST_F(RootsTest, FollowLinksThatStayInside) {
  EXPECT_EQ(at("relative"), "inside");
  EXPECT_EQ(at("absolute"), "inside");
  EXPECT_EQ(at("to-other/more.txt"), "other");
  EXPECT_EQ(roots().open("absolute").real, root_ / "folder/note.txt");
}

TEST_F(RootsTest, NeverLeadOutside) {
  EXPECT_EQ(at(outside_ / "secret.txt"), "outside");
  EXPECT_EQ(at("../outside/secret.txt"), "outside");
  EXPECT_EQ(at("out/secret.txt"), "outside");
  EXPECT_EQ(at("out"), "outside");
  EXPECT_EQ(at("out-relative"), "outside");
  EXPECT_EQ(at(root_.string() + "-beside"), "outside");
  EXPECT_EQ(at("/proc/self/root/etc/passwd"), "outside");
}

TEST_F(RootsTest, FollowLinksPastFoldersOutsideByTheirNamesAlone) {
  fs::create_symlink("../outside/../other/more.txt", root_ / "past");
  fs::create_symlink(base_ / "nowhere/../root/folder", root_ / "past-nowhere");
  fs::create_symlink("to-other/../root/relative", root_ / "chain");
  EXPECT_EQ(at("past"), "other");
  EXPECT_EQ(at("past-nowhere/note.txt"), "inside");
  EXPECT_EQ(at("chain"), "inside");
}

TEST_F(RootsTest, AnswerAlikeWhetherOrNotSomethingIsOutside) {
  fs::create_symlink(base_ / "nowhere", root_ / "out-to-nothing");
  fs::create_symlink("../outside/loop", root_ / "out-to-loop");
  fs::create_symlink("loop", outside_ / "loop");
  fs::create_symlink(root_ / "folder", outside_ / "back");
  const std::vector<std::string> there = {"out", "out/secret.txt", "out/loop", "out/back/note.txt"};
  for (const std::string& name : there) EXPECT_EQ(at(name), "outside") << name;
  const std::vector<std::string> missing = {"out-to-nothing", "out/none", "out-to-nothing/x",
                                            "out-to-loop"};
  for (const std::string& name : missing) EXPECT_EQ(at(name), "outside") << name;
  std::error_code told;  // the control: what resolves such a path by itself tells them apart
  EXPECT_FALSE(fs::canonical(root_ / "out/secret.txt", told).empty());
  EXPECT_TRUE(fs::canonical(root_ / "out/none", told).empty());
}

TEST_F(RootsTest, NameWhatIsInTheWay) {
  EXPECT_EQ(at("nothing"), std::strerror(ENOENT));
  EXPECT_EQ(at("folder/note.txt/x"), std::strerror(ENOTDIR));
  EXPECT_EQ(at("loop"), std::strerror(ELOOP));
  EXPECT_EQ(at("pipe"), std::strerror(ENOTSUP));
}

TEST_F(RootsTest, OpenNeitherDevicesNorProcWhereTheRootIsEverything) {
  const common::Roots all({"/"});
  EXPECT_EQ(all.open("/dev/null").error, ENOTSUP);
  EXPECT_EQ(all.open("/proc/self/environ").error, ENOTSUP);
  EXPECT_EQ(all.open(root_ / "folder/note.txt").error, 0);
}

TEST_F(RootsTest, StayWhereTheyWereThoughTheirNameMoves) {
  const common::Roots roots = this->roots();
  fs::rename(root_, base_ / "moved");
  fs::create_symlink(outside_, root_);
  EXPECT_EQ(roots.open(root_ / "secret.txt").error, ENOENT);
  EXPECT_EQ(roots.open(root_ / "folder/note.txt").error, 0);
}

/// Somebody exchanges a folder for a link that leads out, as fast as they can.
TEST_F(RootsTest, CannotBeLedOutByARace) {
  const common::Roots roots = this->roots();
  fs::create_directory(root_ / "real");
  test::write_file(root_ / "real/secret.txt", "inside");
  std::atomic<bool> done{false};
  std::jthread attacker([&] {
    while (!done) {
      fs::rename(root_ / "real", root_ / "kept");
      fs::create_symlink(outside_, root_ / "real");
      fs::remove(root_ / "real");
      fs::rename(root_ / "kept", root_ / "real");
    }
  });
  int inside = 0;
  int led_out = 0;  // the control: what opens by path alone
  for (int i = 0; i < 200'000 && (i < 20'000 || led_out == 0); ++i) {
    std::string word;
    if (std::ifstream(root_ / "real/secret.txt") >> word && word == "secret") ++led_out;
    const common::Opened opened = roots.open("real/secret.txt");
    if (opened.error != 0) continue;
    ASSERT_EQ(common::read_all(opened.file, 100), "inside");
    ++inside;
  }
  done = true;
  EXPECT_GT(led_out, 0);
  EXPECT_GT(inside, 0);
}

TEST_F(RootsTest, LeaveOutFoldersThatAreNotThere) {
  const common::Roots roots({root_, base_ / "missing", root_ / "folder/note.txt"});
  EXPECT_THAT(roots.folders(), ElementsAre(root_));
  EXPECT_THAT(roots.skipped(), ElementsAre(base_ / "missing", root_ / "folder/note.txt"));
}

TEST_F(RootsTest, AreKnownByTheNameGivenAndByTheRealOne) {
  fs::create_symlink(root_, base_ / "alias");
  const common::Roots roots({base_ / "alias"});
  EXPECT_THAT(roots.folders(), ElementsAre(base_ / "alias", root_));
  EXPECT_EQ(roots.open(base_ / "alias/folder/note.txt").error, 0);
  EXPECT_EQ(roots.open(root_ / "folder/note.txt").error, 0);
}

TEST_F(RootsTest, OpenTheFolderOfWhatIsToBeMade) {
  const common::Roots roots = this->roots();
  const common::Spot spot = roots.open_spot(root_ / "folder/new.txt");
  EXPECT_EQ(spot.error, 0);
  EXPECT_EQ(spot.name, "new.txt");
  EXPECT_EQ(::faccessat(spot.folder.get(), "note.txt", F_OK, 0), 0);
  EXPECT_EQ(roots.open_spot(root_ / "missing/new.txt").error, ENOENT);
  EXPECT_EQ(roots.open_spot(root_ / "folder/note.txt/new.txt").error, ENOTDIR);
  EXPECT_EQ(roots.open_spot(root_ / "to-other/new.txt").error, ELOOP);
  EXPECT_EQ(roots.open_spot(root_ / "out/new.txt").error, ELOOP);
  EXPECT_EQ(roots.open_spot(outside_ / "new.txt").error, EXDEV);
  EXPECT_EQ(roots.open_spot(root_ / "../outside/new.txt").error, EXDEV);
  EXPECT_EQ(roots.open_spot(root_).error, EBUSY);
  EXPECT_EQ(common::Roots({"/"}).open_spot("/proc/sys/new").error, ENOTSUP);
}

TEST_F(RootsTest, TakeWhatIsHiddenForOutside) {
  fs::create_symlink(root_ / "folder", other_ / "to-hidden");
  const common::Roots roots({root_, other_}, root_ / "folder");
  for (const fs::path& path : {root_ / "folder", root_ / "folder/note.txt", root_ / "relative",
                               root_ / "folder/none", other_ / "to-hidden/note.txt"}) {
    EXPECT_TRUE(roots.open(path).outside) << path;
    EXPECT_FALSE(roots.reaches(path)) << path;
  }
  EXPECT_EQ(roots.open_spot(root_ / "folder/new").error, EXDEV);
  EXPECT_EQ(roots.open(other_ / "more.txt").error, 0);
  EXPECT_EQ(roots.open(root_).error, 0);
  EXPECT_TRUE(roots.hidden_below(root_).has_value());
  EXPECT_FALSE(roots.hidden_below(other_).has_value());
  EXPECT_EQ(this->roots().open(root_ / "folder/note.txt").error, 0);  // the control
}

std::string refusal(const common::Roots& roots, const fs::path& path, std::size_t bytes_max = 100) {
  try {
    return "read: " + roots.read("/path", path, bytes_max);
  } catch (const mcp::ToolError& error) {
    return error.what();
  }
}

TEST_F(RootsTest, ReadWholeFilesForOtherServers) {
  EXPECT_EQ(refusal(roots(), "folder/note.txt"), "read: inside");
  EXPECT_EQ(refusal(roots(), "folder/note.txt", 6), "read: inside");
  EXPECT_THAT(refusal(roots(), "folder/note.txt", 5), HasSubstr("longer than 5 bytes"));
  EXPECT_THAT(refusal(common::Roots({}), "folder/note.txt"), HasSubstr("without --root"));
}

TEST_F(RootsTest, DoNotTellWhatIsOutsideFromWhatIsMissing) {
  const auto words = [&](const std::string& name) {
    std::string text = refusal(roots(), name);
    text.replace(text.find(name), name.size(), "NAME");
    return text;
  };
  EXPECT_EQ(words("out/secret.txt"), words("nothing"));
  EXPECT_EQ(words(outside_ / "secret.txt"), words(outside_ / "nothing"));
  EXPECT_THAT(words("folder"), HasSubstr("/path: no file that may be read at NAME"));
}

}  // namespace
