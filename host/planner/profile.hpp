#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "host/planner/hours.hpp"

namespace host {

enum class SummaryFrequency { Each, Hourly, Daily, Weekly, Never };
enum class NotificationStyle { Brief, Detailed, Silent };
enum class TaskOrder { Score, Deadline, Importance, Shortest };

/// What the planner knows of the user: the keys of the memory server's profile that it reads, with
/// what it assumes where a key is not set.
struct Profile {
  std::string name{};                                                  ///< identity.name
  std::optional<common::Zone> zone{};                                  ///< identity.timezone
  Hours working_hours{std::chrono::hours(9), std::chrono::hours(17)};  ///< identity.working_hours
  SummaryFrequency email_summary{SummaryFrequency::Daily};
  /// preferences.communication.meeting_reminders: minutes before; nothing: none.
  std::optional<std::chrono::minutes> meeting_reminder{std::chrono::minutes(10)};
  NotificationStyle notifications{NotificationStyle::Detailed};
  std::vector<Hours> preferred_meeting_times{};  ///< Empty: any working hour is as good.
  std::chrono::minutes buffer{0};                ///< Kept free around meetings.
  std::vector<Hours> focus_blocks{};
  TaskOrder task_order{TaskOrder::Score};
  bool break_reminders{false};
  bool focus_mode{true};             ///< Focus blocks are put into the calendar and kept free.
  std::vector<std::string> goals{};  ///< goals.short_term and goals.long_term
};

}  // namespace host
