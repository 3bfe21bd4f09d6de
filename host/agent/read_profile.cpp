#include "host/agent/read_profile.hpp"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

namespace host {

using Json = nlohmann::json;

namespace {

/// The value at a dotted key; null if there is none.
Json at(const Json& profile, const char* pointer) {
  const Json::json_pointer path(pointer);
  return profile.contains(path) ? profile.at(path) : Json();
}

std::string lower_text(const Json& value) {
  if (!value.is_string()) return "";
  std::string text = value.get<std::string>();
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::vector<std::string> texts(const Json& value) {
  std::vector<std::string> list;
  if (value.is_string()) list.push_back(value.get<std::string>());
  if (!value.is_array()) return list;
  for (const Json& each : value) {
    if (each.is_string()) list.push_back(each.get<std::string>());
  }
  return list;
}

std::vector<Hours> hours(const Json& value) {
  std::vector<Hours> list;
  for (const std::string& text : texts(value)) {
    if (const std::optional<Hours> parsed = parse_hours(text)) list.push_back(*parsed);
  }
  return list;
}

std::optional<std::chrono::minutes> minutes(const Json& value) {
  if (!value.is_number_integer()) return std::nullopt;
  const auto count = value.get<std::int64_t>();
  if (count < 0 || count > 24 * 60) return std::nullopt;
  return std::chrono::minutes(count);
}

template <class Enum>
Enum named(const Json& value, std::initializer_list<std::pair<const char*, Enum>> names,
           Enum otherwise) {
  const std::string text = lower_text(value);
  for (const auto& [name, meaning] : names) {
    if (text == name) return meaning;
  }
  return otherwise;
}

void read_communication(const Json& json, Profile& profile) {
  profile.email_summary = named(at(json, "/preferences/communication/email_summary_frequency"),
                                {{"each", SummaryFrequency::Each},
                                 {"hourly", SummaryFrequency::Hourly},
                                 {"daily", SummaryFrequency::Daily},
                                 {"weekly", SummaryFrequency::Weekly},
                                 {"never", SummaryFrequency::Never}},
                                profile.email_summary);
  const Json reminder = at(json, "/preferences/communication/meeting_reminders");
  if (const auto before = minutes(reminder)) profile.meeting_reminder = before;
  if (reminder == 0 || reminder == false) profile.meeting_reminder.reset();
  profile.notifications = named(at(json, "/preferences/communication/notification_style"),
                                {{"brief", NotificationStyle::Brief},
                                 {"detailed", NotificationStyle::Detailed},
                                 {"silent", NotificationStyle::Silent}},
                                profile.notifications);
}

void read_work(const Json& json, Profile& profile) {
  profile.preferred_meeting_times =
      hours(at(json, "/preferences/scheduling/preferred_meeting_times"));
  profile.buffer =
      minutes(at(json, "/preferences/scheduling/buffer_between_meetings")).value_or(profile.buffer);
  profile.focus_blocks = hours(at(json, "/preferences/scheduling/focus_blocks"));
  profile.task_order = named(at(json, "/preferences/productivity/task_prioritization"),
                             {{"score", TaskOrder::Score},
                              {"deadline", TaskOrder::Deadline},
                              {"importance", TaskOrder::Importance},
                              {"shortest", TaskOrder::Shortest}},
                             profile.task_order);
  const Json breaks = at(json, "/preferences/productivity/break_reminders");
  if (breaks.is_boolean()) profile.break_reminders = breaks.get<bool>();
  const Json focus = at(json, "/preferences/productivity/focus_mode");
  if (focus.is_boolean()) profile.focus_mode = focus.get<bool>();
}

}  // namespace

Profile read_profile(std::string_view text) {
  Profile profile;
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return profile;
  const Json name = at(json, "/identity/name");
  if (name.is_string()) profile.name = name.get<std::string>();
  const Json zone = at(json, "/identity/timezone");
  if (zone.is_string()) profile.zone = common::Zone::find(zone.get<std::string>());
  const std::vector<Hours> working = hours(at(json, "/identity/working_hours"));
  if (!working.empty()) profile.working_hours = working.front();
  read_communication(json, profile);
  read_work(json, profile);
  profile.goals = texts(at(json, "/goals/short_term"));
  const std::vector<std::string> later = texts(at(json, "/goals/long_term"));
  profile.goals.insert(profile.goals.end(), later.begin(), later.end());
  return profile;
}

}  // namespace host
