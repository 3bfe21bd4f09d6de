#include "host/agent/read_profile.hpp"

#include <gtest/gtest.h>

namespace host {
namespace {

TEST(ReadProfile, ReadsEveryKeyThatThePlannerUses) {
  const Profile profile = read_profile(R"({
    "identity": {"name": "Maja", "working_hours": "08:00-16:00", "timezone": "Asia/Tokyo"},
    "preferences": {
      "communication": {"email_summary_frequency": "weekly", "meeting_reminders": 15,
                        "notification_style": "brief"},
      "scheduling": {"preferred_meeting_times": ["13:00-16:00"], "buffer_between_meetings": 10,
                     "focus_blocks": ["09:30-11:00", "nonsense"]},
      "productivity": {"task_prioritization": "deadline", "break_reminders": true,
                       "focus_mode": false}},
    "goals": {"short_term": ["Release"], "long_term": ["Sing"]}})");

  EXPECT_EQ(profile.name, "Maja");
  ASSERT_TRUE(profile.zone);
  EXPECT_EQ(profile.zone->id(), "Asia/Tokyo");
  EXPECT_EQ(to_string(profile.working_hours), "08:00-16:00");
  EXPECT_EQ(profile.email_summary, SummaryFrequency::Weekly);
  EXPECT_EQ(profile.meeting_reminder, std::chrono::minutes(15));
  EXPECT_EQ(profile.notifications, NotificationStyle::Brief);
  EXPECT_EQ(profile.preferred_meeting_times, std::vector<Hours>{*parse_hours("13:00-16:00")});
  EXPECT_EQ(profile.buffer, std::chrono::minutes(10));
  EXPECT_EQ(profile.focus_blocks, std::vector<Hours>{*parse_hours("09:30-11:00")});
  EXPECT_EQ(profile.task_order, TaskOrder::Deadline);
  EXPECT_TRUE(profile.break_reminders);
  EXPECT_FALSE(profile.focus_mode);
  EXPECT_EQ(profile.goals, (std::vector<std::string>{"Release", "Sing"}));
}

TEST(ReadProfile, WhatIsAbsentOrOddKeepsTheDefault) {
  for (const char* text :
       {"", "{}", "[]", R"({"identity": {"working_hours": 7, "timezone": "Moon/Base"}})",
        R"({"preferences": {"communication": {"meeting_reminders": -3}}})"}) {
    const Profile profile = read_profile(text);
    EXPECT_EQ(to_string(profile.working_hours), "09:00-17:00") << text;
    EXPECT_FALSE(profile.zone) << text;
    EXPECT_EQ(profile.meeting_reminder, std::chrono::minutes(10)) << text;
  }
}

TEST(ReadProfile, NoMinutesMeansNoReminders) {
  EXPECT_EQ(read_profile(R"({"preferences": {"communication": {"meeting_reminders": 0}}})")
                .meeting_reminder,
            std::nullopt);
}

}  // namespace
}  // namespace host
