#include "servers/common/options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <variant>
#include <vector>

namespace common {
namespace {

using testing::ElementsAre;

std::variant<Options, Leave> parsed(std::vector<const char*> words) {
  words.insert(words.begin(), "adjutant-files");
  return parse_options({.program = "adjutant-files", .description = "Files.", .folders = true},
                       static_cast<int>(words.size()), words.data());
}

TEST(Options, TakeToolsAndFoldersInAnyOrder) {
  for (const std::vector<const char*>& words :
       {std::vector<const char*>{"--tools", "read_text_file,list_directory", "/a", "--root", "/b"},
        std::vector<const char*>{"--root", "/a", "/b", "--tools",
                                 "read_text_file,list_directory"}}) {
    const auto options = std::get<Options>(parsed(words));
    EXPECT_THAT(options.tools, ElementsAre("read_text_file", "list_directory"));
    EXPECT_THAT(options.roots, testing::UnorderedElementsAre("/a", "/b"));
  }
}

TEST(Options, LeaveWithAMessageOnAMistakeAndWithoutOneOnHelp) {
  const auto mistake = std::get<Leave>(parsed({"--folder", "/a"}));
  EXPECT_NE(mistake.status, 0);
  EXPECT_THAT(mistake.text, testing::HasSubstr("--folder"));
  const auto help = std::get<Leave>(parsed({"--help"}));
  EXPECT_EQ(help.status, 0);
  EXPECT_THAT(help.text, testing::HasSubstr("--read-only"));
}

}  // namespace
}  // namespace common
