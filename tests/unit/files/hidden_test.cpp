#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schemas/files/directory_tree.hpp"
#include "schemas/files/get_file_info.hpp"
#include "schemas/files/list_directory.hpp"
#include "schemas/files/list_directory_with_sizes.hpp"
#include "schemas/files/read_media_file.hpp"
#include "schemas/files/read_multiple_files.hpp"
#include "schemas/files/read_text_file.hpp"
#include "schemas/files/search_file_contents.hpp"
#include "schemas/files/search_files.hpp"
#include "tests/unit/files/world.hpp"

/// What Adjutant keeps itself, where a root lies above it: the home folder, say.
namespace {

namespace fs = std::filesystem;
using test::FilesWorld;
using test::Hand;
using test::refusal;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr const char* kSecret = "seal-7341";

class HiddenTest : public testing::Test {
 protected:
  void SetUp() override {
    test::write_file(own_ / "host/audit.key", kSecret);
    world_.plant("home/note.txt", "seen");
    fs::create_directory_symlink(own_, world_.root / "link");
    world_.options.data = own_;
    world_.own = own_ / "files";
    hide(own_);
  }
  void hide(const fs::path& hidden) {
    world_.roots = common::Roots({world_.root, world_.far.path()}, hidden);
  }

  /// All that the reading tools say of a path, refusals included.
  std::vector<std::string> told_of(const std::string& path) {
    Hand ann(world_);
    files::Context& context = *ann.context;
    mcp::Call call("read", "ann");
    std::vector<std::string> all;
    const auto tell = [&](auto&& work) {
      try {
        all.push_back(work());
      } catch (const mcp::ToolError& error) {
        all.emplace_back(error.what());
      }
    };
    tell([&] { return files::read_text_file(context, {.path = path}, call).content; });
    tell([&] { return files::read_multiple_files(context, {.paths = {path}}, call).content; });
    tell([&] { return files::list_directory(context, {.path = path}, call).content; });
    tell([&] { return files::list_directory_with_sizes(context, {.path = path}, call).content; });
    tell([&] { return files::directory_tree(context, {.path = path}, call).content; });
    tell([&] {
      return files::search_files(context, {.path = path, .pattern = "**"}, call).content;
    });
    tell([&] { return files::get_file_info(context, {.path = path}, call).content; });
    tell([&] {
      const auto found = files::search_file_contents(context, {.path = path, .query = "e"}, call);
      std::string text;
      for (const files::Match& match : found.matches) text += match.path + ": " + match.text + "\n";
      return text;
    });
    return all;
  }
  std::string everything(const std::string& path) {
    std::string text;
    for (const std::string& one : told_of(path)) text += one + "\n";
    return text;
  }

  FilesWorld world_{};
  fs::path own_{world_.root / "home/.local/kept-by-us"};
};

TEST_F(HiddenTest, IsInNoListTreeOrSearchOfAFolderAbove) {
  for (const char* path : {".", "home", "home/.local"}) {
    EXPECT_THAT(everything(path), Not(HasSubstr("kept-by-us"))) << path;
    EXPECT_THAT(everything(path), Not(HasSubstr(kSecret))) << path;
  }
  EXPECT_THAT(everything("."), HasSubstr("note.txt"));
  hide({});  // the control
  EXPECT_THAT(everything("."), HasSubstr("audit.key"));
  EXPECT_THAT(everything("."), HasSubstr(kSecret));
}

TEST_F(HiddenTest, IsReadByNoPathOrLink) {
  const std::vector<std::string> ways = {"home/.local/kept-by-us/host/audit.key",
                                         "home/../home/.local/kept-by-us/host/audit.key",
                                         own_ / "host/audit.key", "link/host/audit.key"};
  for (const std::string& path : ways) {
    EXPECT_THAT(everything(path), Not(HasSubstr(kSecret))) << path;
    for (const std::string& told : told_of(path)) EXPECT_THAT(told, HasSubstr("Access denied"));
  }
  hide({});  // the control
  for (const std::string& path : ways) EXPECT_THAT(everything(path), HasSubstr(kSecret)) << path;
}

TEST_F(HiddenTest, SaysTheSameOfWhatIsThereAndWhatIsNot) {
  const auto renamed = [&](const std::string& folder, const std::string& name) {
    std::vector<std::string> told = told_of(folder + name);
    for (std::string& one : told) {
      for (std::size_t at = 0; (at = one.find(name, at)) != std::string::npos;) {
        one.replace(at, name.size(), "NAME");
      }
    }
    return told;
  };
  for (const std::string folder : {"home/.local/kept-by-us/", "link/"}) {
    const auto there = renamed(folder, "host/audit.key");
    EXPECT_EQ(renamed(folder, "host"), there);
    EXPECT_EQ(renamed(folder, "nowhere"), there);
    EXPECT_EQ(renamed(folder, "host/audit.key/x"), there);
  }
  hide({});  // the control
  EXPECT_NE(renamed("link/", "nowhere"), renamed("link/", "host/audit.key"));
}

TEST_F(HiddenTest, IsNotCopiedWithAFolderAbove) {
  Hand ann(world_);
  EXPECT_THAT(refusal([&] { ann.copy("home", "copy"); }), StartsWith("Access denied"));
  EXPECT_THAT(refusal([&] { ann.copy("link/host/audit.key", "copy"); }),
              StartsWith("Access denied"));
  EXPECT_FALSE(fs::exists(world_.root / "copy"));
}

TEST_F(HiddenTest, IsKnownByWhatItIsAndNotByItsName) {
  fs::rename(own_, world_.root / "home/renamed");
  fs::create_directory_symlink(world_.root / "home/renamed", own_);
  hide(own_);  // which resolves it
  EXPECT_THAT(everything("home"), Not(HasSubstr("renamed")));
  EXPECT_THAT(everything("home/.local/kept-by-us/host/audit.key"), Not(HasSubstr(kSecret)));
}

}  // namespace
