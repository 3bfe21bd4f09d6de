#include "servers/common/options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace {

using common::Leave;
using common::Options;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

class OptionsTest : public testing::Test {
 protected:
  void SetUp() override {
    ::setenv("XDG_DATA_HOME", "/home/ann/data", 1);
    ::setenv("TZ", "Europe/Warsaw", 1);
  }
  void TearDown() override {
    ::unsetenv("XDG_DATA_HOME");
    ::unsetenv("TZ");
  }

  std::variant<Options, Leave> parsed(std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), "adjutant-files");
    return common::parse_options(spec_, static_cast<int>(arguments.size()), arguments.data());
  }
  Options options(const std::vector<const char*>& arguments) {
    return std::get<Options>(parsed(arguments));
  }
  Leave left(const std::vector<const char*>& arguments) {
    return std::get<Leave>(parsed(arguments));
  }

  common::OptionsSpec spec_{.program = "adjutant-files", .description = "Files.", .folders = true};
};

TEST_F(OptionsTest, HaveDefaults) {
  const Options given = options({});
  EXPECT_EQ(given.data, "/home/ann/data/adjutant");
  EXPECT_EQ(given.zone, "Europe/Warsaw");
  EXPECT_FALSE(given.read_only);
  EXPECT_TRUE(given.tools.empty());
  EXPECT_EQ(given.log_level, "warning");
}

TEST_F(OptionsTest, AreAllRead) {
  const Options given = options({"--stdio", "--data", "/d", "--read-only", "--tools", "a,b",
                                 "--root", "/r", "--root", "/s", "--zone", "UTC", "--now",
                                 "2026-03-16", "--clock", "/c", "--log-level", "debug"});
  EXPECT_EQ(given.data, "/d");
  EXPECT_TRUE(given.read_only);
  EXPECT_THAT(given.tools, ElementsAre("a", "b"));
  EXPECT_THAT(given.roots, ElementsAre("/r", "/s"));
  EXPECT_EQ(given.zone, "UTC");
  EXPECT_EQ(given.now, "2026-03-16");
  EXPECT_EQ(given.clock, "/c");
  EXPECT_EQ(given.log_level, "debug");
}

TEST_F(OptionsTest, TakeFoldersWhereTheServerDoes) {
  EXPECT_THAT(options({"/a", "/b", "--data", "/d"}).roots, ElementsAre("/a", "/b"));
  EXPECT_THAT(options({"--root", "/r", "/a"}).roots, UnorderedElementsAre("/r", "/a"));
  spec_.folders = false;
  EXPECT_NE(left({"/a"}).status, 0);
}

TEST_F(OptionsTest, TakeToolsAndFoldersInAnyOrder) {
  for (const std::vector<const char*>& words :
       {std::vector<const char*>{"--tools", "read_text_file,list_directory", "/a", "--root", "/b"},
        std::vector<const char*>{"--root", "/a", "/b", "--tools",
                                 "read_text_file,list_directory"}}) {
    const Options given = options(words);
    EXPECT_THAT(given.tools, ElementsAre("read_text_file", "list_directory"));
    EXPECT_THAT(given.roots, UnorderedElementsAre("/a", "/b"));
  }
}

TEST_F(OptionsTest, TakeAMaildirWhereTheServerDoes) {
  EXPECT_NE(left({"--mail", "/m"}).status, 0);
  spec_.mail = true;
  EXPECT_EQ(options({"--mail", "/m"}).mail, "/m");
}

TEST_F(OptionsTest, SayWhatTheyAre) {
  const Leave help = left({"--help"});
  EXPECT_EQ(help.status, 0);
  for (const char* name : {"--stdio", "--data", "--read-only", "--tools", "--root", "--zone",
                           "--now", "--clock", "--log-level", "--version", "folders"}) {
    EXPECT_THAT(help.text, HasSubstr(name));
  }
  EXPECT_EQ(left({"--version"}).text, "adjutant-files " + std::string(common::version()) + "\n");
}

TEST_F(OptionsTest, RefuseWhatIsUnknown) {
  for (const char* argument : {"--colour", "--log-level=loud"}) {
    const Leave refused = left({argument});
    EXPECT_NE(refused.status, 0) << argument;
    EXPECT_THAT(refused.text, HasSubstr(std::string(argument).substr(0, 8)));
  }
}

TEST_F(OptionsTest, FindTheFolderOfTheUsersData) {
  ::unsetenv("XDG_DATA_HOME");
  const char* home = std::getenv("HOME");
  ASSERT_NE(home, nullptr);
  EXPECT_EQ(common::default_data_folder(), std::filesystem::path(home) / ".local/share/adjutant");
  ::setenv("XDG_DATA_HOME", "relative", 1);  // to be ignored, says the XDG specification
  EXPECT_EQ(common::default_data_folder(), std::filesystem::path(home) / ".local/share/adjutant");
}

}  // namespace
