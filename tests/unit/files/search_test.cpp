#include <fcntl.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <stop_token>

#include "servers/files/content_search.hpp"
#include "servers/files/find_names.hpp"
#include "servers/files/glob.hpp"
#include "tests/temp_folder.hpp"
#include "tests/unit/servers_common/write_file.hpp"

namespace {

bool glob_matches(std::string_view pattern, std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    parts.push_back(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return files::Glob(pattern).matches(parts);
}

// What minimatch 10.2 does is tried at length in tests/oracle/files; here is what a reader looks
// up.
TEST(Glob, CrossesFoldersWithTwoStarsOnly) {
  EXPECT_TRUE(glob_matches("*.md", "a.md"));
  EXPECT_FALSE(glob_matches("*.md", "docs/a.md"));
  EXPECT_TRUE(glob_matches("**/*.md", "docs/more/a.md"));
  EXPECT_TRUE(glob_matches("docs/**", "docs/a"));
  EXPECT_FALSE(glob_matches("docs/**", "docs"));
  EXPECT_TRUE(glob_matches("a/**/b/**/c", "a/x/b/c"));
  EXPECT_TRUE(glob_matches("**/.*", "x/.hidden"));
}

TEST(Glob, KnowsBracesClassesAndGroups) {
  EXPECT_TRUE(glob_matches("a{1..3}.{txt,md}", "a2.md"));
  EXPECT_TRUE(glob_matches("[[:upper:]x-z]*", "Éa"));
  EXPECT_FALSE(glob_matches("[!a]b", "ab"));
  EXPECT_TRUE(glob_matches("d!(a|b)c", "dxc"));
  EXPECT_FALSE(glob_matches("d!(a|b)c", "dac"));
  EXPECT_TRUE(glob_matches("+(ab|c)", "abcab"));
  EXPECT_TRUE(glob_matches("!*.md", "a.txt"));
  EXPECT_FALSE(glob_matches("#a", "#a"));
}

/// Nested groups and stars that cost a backtracking matcher ages.
TEST(Glob, TakesNoLongerForHostilePatterns) {
  std::string stars;
  for (int i = 0; i < 100; ++i) stars += "*a";
  EXPECT_FALSE(glob_matches(stars + "[b]", std::string(250, 'a')));
  EXPECT_FALSE(glob_matches("+(+(a)|+(a)|+(aa))b", std::string(250, 'a')));
}

class ContentsTest : public testing::Test {
 protected:
  void SetUp() override {
    for (int i = 0; i < kFiles; ++i) {
      test::write_file(folder_ / ("f" + std::to_string(i)), "needle\n");
    }
  }

  files::Searched searched(const mcp::Call& call) {
    const transport::Descriptor folder(
        ::open(folder_.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    const files::ContentSearch search{.query = {.text = "needle"},
                                      .include = files::NameFilter({}),
                                      .exclude = files::NameFilter({}),
                                      .lines_max = 10};
    return files::search_contents(folder, search, call,
                                  [&](files::PathParts path, const std::vector<files::FoundLine>&) {
                                    found_.emplace_back(path.back());
                                    return true;
                                  });
  }

  static constexpr int kFiles = 2000;
  test::TempFolder folder_{};
  std::vector<std::string> found_{};  ///< The names of the files, in the order told.
};

TEST_F(ContentsTest, AreSearchedToTheEndAndToldInOrder) {
  EXPECT_EQ(searched(mcp::Call("search_file_contents", "test")).files, kFiles);
  EXPECT_EQ(found_.size(), kFiles);
  EXPECT_TRUE(std::ranges::is_sorted(found_));
}

TEST_F(ContentsTest, AreLeftOnceTheCallIsCancelled) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_LT(searched(mcp::Call("search_file_contents", "test", stop.get_token())).files, kFiles);
  EXPECT_TRUE(found_.empty());
}

TEST_F(ContentsTest, AreNotEnteredBeyondADepthAndThatIsCounted) {
  std::filesystem::path deepest = folder_.path();
  for (std::size_t i = 0; i < files::kWalkDepthMax; ++i) deepest /= "d";
  test::write_file(deepest / "reached", "needle\n");
  test::write_file(deepest / "beyond1/hidden", "needle\n");
  test::write_file(deepest / "beyond2/hidden", "needle\n");
  EXPECT_EQ(searched(mcp::Call("search_file_contents", "test")).too_deep, 2);
  EXPECT_EQ(found_.front(), "reached");  // "d" comes before "f0"
  EXPECT_EQ(found_.size(), kFiles + 1);
}

}  // namespace
