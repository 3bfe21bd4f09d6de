#include "servers/files/text.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>

#include "tests/temp_folder.hpp"
#include "tests/unit/servers_common/write_file.hpp"

namespace {

using files::kTextBytes;

class Text : public testing::Test {
 protected:
  transport::Descriptor file(std::string_view bytes) {
    test::write_file(folder_ / "file", bytes);
    return transport::Descriptor(::open((folder_ / "file").c_str(), O_RDONLY | O_CLOEXEC));
  }
  std::optional<std::string> lines(std::string_view bytes, std::int64_t first,
                                   std::optional<std::int64_t> count) {
    return files::lines(file(bytes), first, count);
  }
  std::optional<std::string> last(std::string_view bytes, std::int64_t count) {
    return files::last_lines(file(bytes), count);
  }

  test::TempFolder folder_{};
};

TEST_F(Text, IsWholeUpToTheLimit) {
  EXPECT_EQ(files::whole(file("a\r\nb")), "a\r\nb");
  EXPECT_EQ(files::whole(file("")), "");
  const std::string full(kTextBytes, 'x');
  EXPECT_EQ(files::whole(file(full)), full);
  EXPECT_EQ(files::whole(file(full + "x")), std::nullopt);
}

TEST_F(Text, HasFirstLines) {
  EXPECT_EQ(lines("a\nb\nc\n", 1, 2), "a\nb");
  EXPECT_EQ(lines("a\nb\nc\n", 1, 3), "a\nb\nc");
  EXPECT_EQ(lines("a\nb\nc\n", 1, 9), "a\nb\nc");
  EXPECT_EQ(lines("a\nb\nc", 1, 9), "a\nb\nc");
  EXPECT_EQ(lines("\n\n\n", 1, 2), "\n");
  EXPECT_EQ(lines("", 1, 2), "");
}

TEST_F(Text, HasLinesInTheMiddle) {
  EXPECT_EQ(lines("a\nb\nc\n", 2, 1), "b");
  EXPECT_EQ(lines("a\nb\nc\n", 2, std::nullopt), "b\nc\n");
  EXPECT_EQ(lines("a\nb\nc\n", 4, 1), "");
  EXPECT_EQ(lines("a\nb\nc\n", 99, 1), "");
}

TEST_F(Text, HasLastLines) {
  EXPECT_EQ(last("a\nb\nc", 2), "b\nc");
  EXPECT_EQ(last("a\nb\nc\n", 2), "c\n");  // the line after the last end counts
  EXPECT_EQ(last("a\r\nb\r\n", 9), "a\nb\n");
  EXPECT_EQ(last("", 3), "");
}

TEST_F(Text, IsReadInPartsHoweverLongItIs) {
  std::string text;
  for (int i = 1; i <= 50'000; ++i) text += "line " + std::to_string(i) + "\n";
  EXPECT_EQ(files::whole(file(text)), std::nullopt);
  EXPECT_EQ(lines(text, 1, 50'000), std::nullopt);
  EXPECT_EQ(last(text, 50'000), std::nullopt);
  EXPECT_EQ(lines(text, 40'000, 2), "line 40000\nline 40001");
  EXPECT_EQ(last(text, 3), "line 49999\nline 50000\n");
  EXPECT_EQ(lines(text, 50'000, std::nullopt), "line 50000\n");
}

TEST_F(Text, PartsMayBeJustAsLongAsAnAnswer) {
  const std::string full(kTextBytes, 'x');
  EXPECT_EQ(lines(full + "\nnext", 1, 1), full);
  EXPECT_EQ(lines(full + "\n", 1, 2), full);
  EXPECT_EQ(lines(full + "x\nnext", 1, 1), std::nullopt);
  EXPECT_EQ(lines(full + "\nnext", 1, 2), std::nullopt);
  EXPECT_EQ(last("before\n" + full, 1), full);
  EXPECT_EQ(last("before\n" + full + "x", 1), std::nullopt);
}

}  // namespace
