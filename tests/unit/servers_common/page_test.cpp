#include "servers/common/page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::ThrowsMessage;

const mcp::Call kList("list_tasks", "ann");

TEST(Cursor, NamesTheKeyOfTheLastRow) {
  const std::string key = "2026-03-16 09:00\tt7";
  EXPECT_EQ(common::key_in(common::cursor_of(key, kList), kList), key);
  EXPECT_THAT(common::key_in("", kList), IsEmpty());
}

TEST(Cursor, IsRefusedWithOneByteChanged) {
  const std::string cursor = common::cursor_of("2026-03-16 09:00\tt7", kList);
  for (std::size_t i = 0; i < cursor.size(); ++i) {
    std::string changed = cursor;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_THAT([&] { common::key_in(changed, kList); },
                ThrowsMessage<mcp::ToolError>(HasSubstr("/cursor: expected the next_cursor")))
        << changed;
  }
}

TEST(Cursor, IsRefusedMadeUpOrCutOrOfAnotherTool) {
  const std::string cursor = common::cursor_of("t7", kList);
  const mcp::Call other("list_events", "ann");
  EXPECT_THROW(common::key_in("t7", kList), mcp::ToolError);
  EXPECT_THROW(common::key_in("2", kList), mcp::ToolError);
  EXPECT_THROW(common::key_in(cursor.substr(0, 8), kList), mcp::ToolError);
  EXPECT_THROW(common::key_in(cursor, other), mcp::ToolError);
}

}  // namespace
