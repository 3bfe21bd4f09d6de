#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/temp_folder.hpp"
#include "tests/unit/files/memory_folder.hpp"
#include "tests/unit/files/tree_dump.hpp"
#include "tests/unit/servers_common/write_file.hpp"
#include "tests/wire/server_process.hpp"

/// Every kind of change, its undo and its redo, killed by signal 9 at every step of it: what is
/// seen then is old or new, path by path, and the next start makes all of it old again, with
/// nothing left over; the same change then works, and can be undone.
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Dump = std::map<std::string, std::string>;

struct Deed {
  std::string tool{};
  Json arguments{};
};

/// Two folders on different file systems, where this machine has two, and the trash on the first.
class World final {
 public:
  World() {
    for (const fs::path& folder : {near(), far()}) {
      test::write_file(folder / "a/one", "first\nline\n");
      test::write_file(folder / "a/b/two", "second");
      test::write_file(folder / "c", "third");
      fs::permissions(folder / "a/b/two", fs::perms(0604));
    }
  }

  fs::path near() const { return memory_.path() / "near"; }
  fs::path far() const { return disk_.path(); }

  /// With the times of files or without, with hidden names of ours or without.
  struct View {
    bool times{};
    bool hidden{};
  };
  Dump dump(const View& view) const {
    Dump dump;
    for (const fs::path& folder : {near(), far()}) {
      for (auto& [path, entry] : test::tree_dump(folder, test::FolderTimes::Left)) {
        if (!view.hidden && path.find(".adjutant-") != std::string::npos) continue;
        const std::size_t time = entry.find(' ');
        const std::size_t after = time == std::string::npos ? time : entry.find(' ', time + 1);
        if (!view.times && after != std::string::npos) entry.erase(time, after - time);
        if (path.starts_with("..")) continue;
        dump[(folder == near() ? "near/" : "far/") + path] = entry;
      }
    }
    return dump;
  }

  /// The answer of a server that is started for one call; nothing if it was killed meanwhile.
  std::optional<Json> call(const fs::path& program, const Deed& deed) const {
    wire::ServerProcess server(program, {"--data", memory_.path() / "data", near(), far()},
                               memory_.path() / "errors.log");
    server.send(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
        "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"ann\",\"version\":\"1\"}}}"
        "\n{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n");
    server.receive();
    const Json request = {
        {"jsonrpc", "2.0"},
        {"id", 2},
        {"method", "tools/call"},
        {"params", {{"name", deed.tool}, {"arguments", with_paths(deed.arguments)}}}};
    server.send(request.dump() + "\n");
    const std::optional<std::string> line = server.receive();
    if (!line) return std::nullopt;
    server.finish();
    return Json::parse(*line).at("result");
  }
  void must(const Deed& deed) const {
    const std::optional<Json> answer = call(fs::path(ADJUTANT_BIN_DIR) / "adjutant-files", deed);
    ASSERT_TRUE(answer) << deed.tool;
    EXPECT_FALSE(answer->value("isError", false)) << deed.tool << answer->dump();
  }
  /// False if the change was done before its step of this number.
  bool is_killed(const Deed& deed, int step) const {
    ::setenv("ADJUTANT_TEST_STEP", std::to_string(step).c_str(), 1);
    const std::optional<Json> answer = call(ADJUTANT_FILES_WITH_HOOKS, deed);
    ::unsetenv("ADJUTANT_TEST_STEP");
    return !answer;
  }

  std::set<std::string> kept() const {
    std::set<std::string> names;
    const fs::path folder = memory_.path() / "data/files/kept";
    if (!fs::exists(folder)) return names;
    for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename());
    return names;
  }

 private:
  /// "FAR" in an argument is the folder of that name.
  Json with_paths(const Json& arguments) const {
    std::string text = arguments.dump();
    for (std::size_t at = 0; (at = text.find("FAR", at)) != std::string::npos;) {
      text.replace(at, 3, far().string());
    }
    return Json::parse(text);
  }

  test::MemoryFolder memory_{};
  test::TempFolder disk_{};
};

std::vector<Deed> deeds() {
  return {
      {"write_file", {{"path", "new"}, {"content", "made\n"}}},
      {"write_file", {{"path", "a/b/two"}, {"content", "other\n"}}},
      {"edit_file", {{"path", "a/one"}, {"edits", {{{"oldText", "first"}, {"newText", "1st"}}}}}},
      {"create_directory", {{"path", "x/y/z"}}},
      {"move_file", {{"source", "a/one"}, {"destination", "a/b/one"}}},
      {"move_file", {{"source", "a"}, {"destination", "FAR/moved"}}},
      {"copy_file", {{"source", "a"}, {"destination", "copied"}}},
      {"copy_file", {{"source", "c"}, {"destination", "FAR/copied"}}},
      {"delete_files", {{"paths", {"a/one", "c"}}}},
      {"delete_files", {{"paths", {"FAR/a", "FAR/c"}}}},
  };
}

struct Tally {
  int killed{};
  int left_unlike{};  ///< Kills after which something was not as before, hidden names included.
};

/// Everything path by path as in one of the two.
void expect_old_or_new(const Dump& seen, const Dump& before, const Dump& after) {
  const auto at = [](const Dump& dump, const std::string& path) {
    const auto found = dump.find(path);
    return found == dump.end() ? std::string("nothing") : found->second;
  };
  std::set<std::string> paths;
  for (const Dump* dump : {&seen, &before, &after}) {
    for (const auto& [path, entry] : *dump) paths.insert(path);
  }
  for (const std::string& path : paths) {
    EXPECT_THAT(at(seen, path), testing::AnyOf(at(before, path), at(after, path))) << path;
  }
}

/// Kills `deed` at each of its steps, in a world after `first`.
void kill_at_every_step(const std::vector<Deed>& first, const Deed& deed, Tally& tally) {
  Dump after;
  {
    const World world;
    for (const Deed& one : first) world.must(one);
    world.must(deed);
    after = world.dump({});
  }
  for (int step = 1;; ++step) {
    SCOPED_TRACE(deed.tool + deed.arguments.dump() + " after " + std::to_string(first.size()) +
                 ", killed at step " + std::to_string(step));
    const World world;
    for (const Deed& one : first) world.must(one);
    const Dump before = world.dump({.times = true, .hidden = true});
    const Dump old = world.dump({});
    const std::set<std::string> kept = world.kept();
    if (!world.is_killed(deed, step)) {
      EXPECT_GT(step, 1) << "no step of it was seen";
      return;
    }
    ++tally.killed;
    expect_old_or_new(world.dump({}), old, after);
    if (world.dump({.times = true, .hidden = true}) != before) ++tally.left_unlike;

    world.must({"list_allowed_directories", Json::object()});  // the next start
    ASSERT_EQ(world.dump({.times = true, .hidden = true}), before);
    if (first.empty()) {
      EXPECT_EQ(world.kept(), kept);
    }
    world.must(deed);
    ASSERT_EQ(world.dump({}), after);
    if (!first.empty()) continue;
    world.must({"undo_files_change", Json::object()});
    ASSERT_EQ(world.dump({.times = true, .hidden = true}), before);
  }
}

class EveryDeed : public testing::TestWithParam<std::size_t> {};

TEST_P(EveryDeed, KilledLeavesOldOrNewAndTheNextStartSettles) {
  Tally tally;
  const Deed deed = deeds().at(GetParam());
  const Deed undo{"undo_files_change", Json::object()};
  kill_at_every_step({}, deed, tally);
  kill_at_every_step({deed}, undo, tally);
  kill_at_every_step({deed, undo}, {"undo_files_change", {{"change_id", "files-2"}}}, tally);
  EXPECT_GE(tally.killed, 3);
  EXPECT_GT(tally.left_unlike, 0) << "the control: without the next start something was left over";
}

TEST(KillNine, TheNextStartLeavesAloneWhatSomebodyElseWroteSince) {
  const Deed deed{"write_file", {{"path", "a/b/two"}, {"content", "other\n"}}};
  int replaced = 0;
  for (int step = 1;; ++step) {
    const World world;
    const fs::path file = world.near() / "a/b/two";
    if (!world.is_killed(deed, step)) break;
    const bool is_new = test::bytes_of(file) == "other\n";
    if (is_new) ++replaced;
    test::write_file(file, "somebody else's");
    world.must({"list_allowed_directories", Json::object()});
    EXPECT_EQ(test::bytes_of(file), "somebody else's");
    EXPECT_FALSE(world.kept().empty()) << "what was there before is kept";
    world.must({"write_file", {{"path", "a/b/two"}, {"content", "again"}}});
  }
  EXPECT_GT(replaced, 0);
}

INSTANTIATE_TEST_SUITE_P(KillNine, EveryDeed, testing::Range(std::size_t{0}, deeds().size()));

}  // namespace
