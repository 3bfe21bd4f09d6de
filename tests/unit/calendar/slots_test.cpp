#include "servers/calendar/slots.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace calendar {
namespace {

using std::chrono::minutes;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using namespace std::chrono_literals;

common::Zone utc() {
  return common::Zone::utc();
}

/// Of Monday, 16 March 2026.
sys_seconds monday(std::chrono::minutes clock) {
  return sys_days(2026y / 3 / 16) + clock;
}

SlotSearch search() {
  return {.within = {.from = monday(0h), .to = monday(24h)},
          .duration = 60min,
          .hours = {.from = 9h, .to = 17h},
          .limit = 3};
}

std::vector<std::string> starts(const std::vector<Slot>& slots) {
  std::vector<std::string> list;
  for (const Slot& slot : slots) list.push_back(common::to_string(slot.start).substr(11, 5));
  return list;
}

TEST(Slots, FollowEachOtherAroundBusyTimesWithinTheHours) {
  const std::vector<Interval> busy = {{monday(9h), monday(10h + 20min)},
                                      {monday(12h), monday(16h)}};
  EXPECT_THAT(starts(find_slots(search(), busy, utc())), ElementsAre("10:30", "16:00"));
}

TEST(Slots, KeepABufferAroundEvents) {
  SlotSearch asked = search();
  asked.buffer = 15min;
  EXPECT_THAT(starts(find_slots(asked, {{monday(9h), monday(10h)}}, utc())),
              ElementsAre("10:15", "11:15", "12:15"));
}

TEST(Slots, LeaveOutWeekendsUnlessAsked) {
  SlotSearch asked = search();
  asked.within = {.from = monday(-48h), .to = monday(0h)};
  EXPECT_THAT(find_slots(asked, {}, utc()), IsEmpty());
  asked.weekends = true;
  EXPECT_THAT(starts(find_slots(asked, {}, utc())), ElementsAre("09:00", "10:00", "11:00"));
}

TEST(Slots, BeginNoEarlierThanTheSearch) {
  SlotSearch asked = search();
  asked.within.from = monday(14h + 7min);
  EXPECT_THAT(starts(find_slots(asked, {}, utc())), ElementsAre("14:15", "15:15"));
}

TEST(Slots, ByPreferencePutPreferredHoursFirst) {
  SlotSearch asked = search();
  asked.by_preference = true;
  asked.preferred = {{.from = 14h, .to = 15h}};
  const std::vector<Slot> slots = find_slots(asked, {}, utc());
  ASSERT_EQ(slots.size(), 3U);
  EXPECT_EQ(starts(slots)[0], "14:00");
  EXPECT_THAT(slots[0].why, HasSubstr("preferred hours 14:00-15:00"));
}

TEST(Slots, ByPreferenceBreakUpTheLeastFreeTime) {
  SlotSearch asked = search();
  asked.by_preference = true;
  asked.limit = 1;
  const std::vector<Interval> busy = {{monday(11h), monday(12h)}, {monday(13h), monday(14h)}};
  const std::vector<Slot> slots = find_slots(asked, busy, utc());
  EXPECT_THAT(starts(slots), ElementsAre("12:00"));
  EXPECT_THAT(slots[0].why, HasSubstr("fills the gap between two events"));
}

TEST(Hours, AreReadInUsualForms) {
  ASSERT_TRUE(parse_hours("9-17:30"));
  EXPECT_EQ(to_string(*parse_hours("9 - 17:30")), "09:00-17:30");
  EXPECT_EQ(to_string(*parse_hours("00:00-24:00")), "00:00-24:00");
  for (const char* wrong : {"", "9", "17-9", "9-25", "9:75-10", "a-b", "9-9"}) {
    EXPECT_FALSE(parse_hours(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace calendar
