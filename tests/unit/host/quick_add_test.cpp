#include "host/commands/quick_add.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schemas/tasks/add_tasks_types.hpp"
#include "tests/unit/servers_common/hand_clock.hpp"

namespace host {
namespace {

/// What a line means on Mon 2026-03-16 at 9 in Warsaw, as the arguments of add_tasks.
std::string quick(std::string_view line) {
  const test::HandClock clock;
  const common::Times times(clock, *common::Zone::find("Europe/Warsaw"));
  const tasks::NewTask task = read_quick(line, times).task;
  return mcp::fields::encode(mcp::fields::type_of<tasks::NewTask>(), &task);
}

TEST(QuickAdd, ReadsPriorityProjectAndEstimate) {
  EXPECT_EQ(quick("Pay rent fri p1 #home ~30m"),
            R"({"title":"Pay rent","project":"home","due":"2026-03-20","priority":"high",)"
            R"("estimate_minutes":30})");
  EXPECT_EQ(quick("~1h30m !low Call #work #phone @anna@example.org"),
            R"({"title":"Call","project":"work","priority":"low","tags":["phone"],)"
            R"("assignee":"anna@example.org","estimate_minutes":90})");
  EXPECT_EQ(quick("a ~1.5h"), R"({"title":"a","estimate_minutes":90})");
  EXPECT_EQ(quick("a ~90"), R"({"title":"a","estimate_minutes":90})");
}

TEST(QuickAdd, LeavesWordsThatOnlyLookLikeIt) {
  EXPECT_EQ(quick("Buy # of ~ things p5 !now ~soon"),
            R"({"title":"Buy # of ~ things p5 !now ~soon"})");
}

TEST(QuickAdd, FindsTheDateInTheSentence) {
  EXPECT_EQ(quick("Call the bank tomorrow 3pm about the card"),
            R"({"title":"Call the bank about the card","due":"2026-03-17T15:00:00+01:00"})");
  EXPECT_EQ(quick("Send the report by friday"),
            R"({"title":"Send the report","due":"2026-03-20"})");
}

TEST(QuickAdd, TakesAShortWeekdayForOne) {
  EXPECT_EQ(quick("Meet Ben wed 3pm in town"),
            R"({"title":"Meet Ben in town","due":"2026-03-18T15:00:00+01:00"})");
  EXPECT_EQ(quick("Mow the lawn sat"), R"({"title":"Mow the lawn","due":"2026-03-21"})");
  EXPECT_EQ(quick("The cat sat there"), R"({"title":"The cat sat there"})");
}

TEST(QuickAdd, FindsTheRepeatAndItsFirstTime) {
  EXPECT_EQ(quick("Water plants every friday"),
            R"({"title":"Water plants","due":"2026-03-20","repeat":"FREQ=WEEKLY;BYDAY=FR"})");
  EXPECT_EQ(quick("Stretch daily"),
            R"({"title":"Stretch","due":"2026-03-16","repeat":"FREQ=DAILY"})");
  EXPECT_EQ(quick("Cut hair every 6 weeks after completion"),
            R"({"title":"Cut hair","due":"2026-03-16",)"
            R"("repeat":"FREQ=WEEKLY;INTERVAL=6 after completion"})");
}

TEST(QuickAdd, NeedsATitle) {
  EXPECT_THROW(quick("p1 #home"), std::runtime_error);
}

}  // namespace
}  // namespace host
