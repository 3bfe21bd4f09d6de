#include "servers/memory/formats/profile.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "servers/common/icalendar/zones.hpp"

namespace memory {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kItemsMax = 50;
constexpr std::size_t kTextMax = 500;  ///< Bytes.

enum class Holds : std::uint8_t { Text, Texts, Hours, ListOfHours, Zone, Choice, Minutes, Flag };

struct Key {
  std::string_view name{};
  Holds holds{};
  std::string_view choices{};  ///< Of a Choice, one blank apart.
  std::int64_t most{};         ///< Of Minutes.
};

constexpr auto kKeys = std::to_array<Key>({
    {"identity.name", Holds::Text},
    {"identity.role", Holds::Text},
    {"identity.expertise", Holds::Texts},
    {"identity.working_hours", Holds::Hours},
    {"identity.timezone", Holds::Zone},
    {"preferences.communication.email_summary_frequency", Holds::Choice,
     "each hourly daily weekly never"},
    {"preferences.communication.meeting_reminders", Holds::Minutes, {}, 1440},
    {"preferences.communication.notification_style", Holds::Choice, "brief detailed silent"},
    {"preferences.scheduling.preferred_meeting_times", Holds::ListOfHours},
    {"preferences.scheduling.buffer_between_meetings", Holds::Minutes, {}, 240},
    {"preferences.scheduling.focus_blocks", Holds::ListOfHours},
    {"preferences.productivity.task_prioritization", Holds::Choice,
     "score deadline importance shortest"},
    {"preferences.productivity.break_reminders", Holds::Flag},
    {"preferences.productivity.focus_mode", Holds::Flag},
    {"goals.short_term", Holds::Texts},
    {"goals.long_term", Holds::Texts},
    {"goals.metrics", Holds::Texts},
});

const Key* find_key(std::string_view name) {
  const auto found = std::ranges::find(kKeys, name, &Key::name);
  return found == kKeys.end() ? nullptr : &*found;
}

bool is_under(std::string_view name, std::string_view group) {
  return group.empty() || name == group ||
         (name.starts_with(group) && name.substr(group.size()).starts_with('.'));
}

bool is_clock(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return false;
  for (const std::size_t digit : {0U, 1U, 3U, 4U}) {
    if (text[digit] < '0' || text[digit] > '9') return false;
  }
  return text.substr(0, 2) < "24" && text[3] < '6';
}

/// "09:00-17:00", which ends after it begins.
bool is_hours(std::string_view text) {
  return text.size() == 11 && text[5] == '-' && is_clock(text.substr(0, 5)) &&
         is_clock(text.substr(6)) && text.substr(0, 5) < text.substr(6);
}

bool is_choice(std::string_view choices, std::string_view text) {
  const std::string padded = " " + std::string(choices) + " ";
  return !text.empty() && text.find(' ') == std::string_view::npos &&
         padded.find(" " + std::string(text) + " ") != std::string::npos;
}

bool is_text(const Json& value) {
  return value.is_string() && !value.get_ref<const std::string&>().empty() &&
         value.get_ref<const std::string&>().size() <= kTextMax;
}

bool is_list(const Json& value, bool (*holds)(const Json&)) {
  return value.is_array() && value.size() <= kItemsMax && std::ranges::all_of(value, holds);
}

std::string expected(const Key& key) {
  switch (key.holds) {
    case Holds::Text:
      return "text of at most " + std::to_string(kTextMax) + " bytes";
    case Holds::Texts:
      return "a JSON list of at most " + std::to_string(kItemsMax) +
             " texts, such as [\"one\", \"two\"]";
    case Holds::Hours:
      return "hours such as 09:00-17:00";
    case Holds::ListOfHours:
      return "a JSON list of hours such as [\"09:30-11:00\"]";
    case Holds::Zone:
      return "an IANA time zone such as Europe/Warsaw";
    case Holds::Choice:
      return "one of " + std::string(key.choices);
    case Holds::Minutes:
      return "whole minutes from 0 to " + std::to_string(key.most);
    case Holds::Flag:
      return "true or false";
  }
  return {};
}

bool fits(const Key& key, const Json& value) {
  switch (key.holds) {
    case Holds::Text:
      return is_text(value);
    case Holds::Texts:
      return is_list(value, is_text);
    case Holds::Hours:
      return is_hours(value.get<std::string>());
    case Holds::ListOfHours:
      return is_list(value, [](const Json& item) {
        return item.is_string() && is_hours(item.get_ref<const std::string&>());
      });
    case Holds::Zone:
      return common::Zone::find(value.get<std::string>()).has_value();
    case Holds::Choice:
      return is_choice(key.choices, value.get<std::string>());
    case Holds::Minutes:
      return value.is_number_integer() && value >= 0 && value <= key.most;
    case Holds::Flag:
      return value.is_boolean();
  }
  return false;
}

bool is_plain_text(Holds holds) {
  return holds == Holds::Text || holds == Holds::Hours || holds == Holds::Zone ||
         holds == Holds::Choice;
}

Json parsed(std::string_view text) {
  return Json::parse(text, nullptr, false);
}

std::string spoken(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_array()) return value.dump();
  std::string text;
  for (const Json& item : value) text += (text.empty() ? "" : "; ") + item.get<std::string>();
  return text;
}

}  // namespace

std::vector<std::string> keys_under(std::string_view key) {
  std::vector<std::string> names;
  for (const Key& one : kKeys) {
    if (is_under(one.name, key)) names.emplace_back(one.name);
  }
  return names;
}

std::optional<std::string> read_value(std::string_view key, std::string_view text,
                                      common::Json& value) {
  const Key* rule = find_key(key);
  if (rule == nullptr) return "no key " + std::string(key) + " in the profile";
  const Json json = is_plain_text(rule->holds) ? Json(text) : parsed(text);
  if (json.is_discarded() || !fits(*rule, json)) {
    return "expected " + expected(*rule) + ", got " + std::string(text.substr(0, kTextMax));
  }
  value.text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  return std::nullopt;
}

common::Json profile_json(std::span<const Entry> entries, std::string_view key) {
  Json tree = find_key(key) == nullptr ? Json::object() : Json();
  for (const Entry& entry : entries) {
    if (!is_under(entry.key, key)) continue;
    if (entry.key == key) {
      tree = parsed(entry.value.text);
      continue;
    }
    std::string path = "/" + entry.key.substr(key.empty() ? 0 : key.size() + 1);
    std::ranges::replace(path, '.', '/');
    tree[Json::json_pointer(path)] = parsed(entry.value.text);
  }
  return {tree.dump()};
}

std::string in_words(std::string_view key, const common::Json& value) {
  std::string text;
  std::string_view rest = key;
  while (!rest.empty()) {
    const std::size_t end = rest.find('.');
    const std::string_view name = rest.substr(0, end);
    if (name != "preferences") text += std::string(name) + ": ";
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  }
  std::ranges::replace(text, '_', ' ');
  return text + spoken(parsed(value.text));
}

}  // namespace memory
