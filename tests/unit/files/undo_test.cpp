#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "tests/unit/files/world.hpp"

/// Random sequences of changes, then undo of everything: both folders are as they were, to the
/// nanosecond. One of them lies on another file system, as does the trash, where this machine has
/// one.
namespace {

namespace fs = std::filesystem;
using test::FilesWorld;
using test::Hand;

constexpr int kSequences = 24;
constexpr int kCalls = 25;

class Sequence {
 public:
  explicit Sequence(unsigned seed) : random_(seed) {
    for (const fs::path& folder : {world_.root, world_.far.path()}) {
      test::write_file(folder / "a/one", "first\r\nline\n");
      test::write_file(folder / "a/b/two", "second\n");
      test::write_file(folder / "c", "third");
      fs::create_symlink("a/one", folder / "link");
      fs::permissions(folder / "a/b/two", fs::perms(0604));
      fs::permissions(folder / "a/b", fs::perms(0711));
    }
    for (const fs::path& folder : {world_.root, world_.far.path()}) {
      for (const auto& entry : fs::recursive_directory_iterator(folder)) age(entry.path());
      age(folder);
    }
  }

  using Dump = std::map<std::string, std::string>;
  std::pair<Dump, Dump> dump() const {
    return {test::tree_dump(world_.root), test::tree_dump(world_.far.path())};
  }

  /// How many of the calls changed something.
  int change() {
    int changes = 0;
    for (int i = 0; i < kCalls; ++i) {
      ann_.change_id.clear();
      test::refusal([&] { some_call(); });
      if (!ann_.change_id.empty()) ++changes;
    }
    return changes;
  }
  void undo_all() {
    while (ann_.undo().left > 0) {
    }
  }

 private:
  /// Long ago, and not on a whole second, so that it shows whether times come back exactly.
  void age(const fs::path& path) {
    const std::array<timespec, 2> times{
        timespec{.tv_sec = 1'000'000'000, .tv_nsec = 1},
        timespec{.tv_sec = 1'000'000'000 + number(1000), .tv_nsec = 123'456'000 + number(1000)}};
    ::utimensat(AT_FDCWD, path.c_str(), times.data(), AT_SYMLINK_NOFOLLOW);
  }

  int number(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }

  std::string there() {
    std::vector<std::string> paths;
    for (const fs::path& folder : {world_.root, world_.far.path()}) {
      for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        paths.push_back(entry.path());
      }
    }
    if (paths.empty()) return world_.root / "a";
    return paths[static_cast<std::size_t>(number(static_cast<int>(paths.size())))];
  }
  std::string free_name() {
    const fs::path folder = there();
    const std::string name = "n" + std::to_string(number(100)) + (number(4) == 0 ? "/deep" : "");
    return (fs::is_directory(folder) ? folder : folder.parent_path()) / name;
  }

  void some_call() {
    switch (number(8)) {
      case 0:
        ann_.write(free_name(), "made " + std::to_string(number(100)) + "\n");
        break;
      case 1:
        ann_.write(there(), "over " + std::to_string(number(100)) + "\n");
        break;
      case 2:
        ann_.edit(there(), "r", "R\nr");
        break;
      case 3:
        ann_.make(free_name());
        break;
      case 4:
      case 5:
        ann_.move(there(), free_name());
        break;
      case 6:
        ann_.copy(there(), free_name());
        break;
      default:
        if (number(2) == 0) ann_.remove({there(), there()});
    }
  }

  std::mt19937 random_;
  FilesWorld world_{};
  Hand ann_{world_};
};

TEST(Undo, OfEverythingBringsBackContentsPermissionsAndTimes) {
  int changes = 0;
  for (unsigned seed = 1; seed <= kSequences; ++seed) {
    Sequence sequence(seed);
    const auto before = sequence.dump();
    const int made = sequence.change();
    if (made == 0) continue;
    changes += made;
    EXPECT_NE(sequence.dump(), before) << "the control, seed " << seed;
    sequence.undo_all();
    EXPECT_EQ(sequence.dump(), before) << "seed " << seed;
  }
  EXPECT_GT(changes, kSequences * kCalls / 3);
}

}  // namespace
