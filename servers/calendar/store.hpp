#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "servers/calendar/rows.hpp"
#include "servers/common/database.hpp"
#include "servers/common/icalendar/objects.hpp"
#include "servers/common/times.hpp"

namespace calendar {

/// Where events go when no calendar is named.
constexpr std::string_view kDefaultCalendar = "personal";

/// Which events; what is empty or absent does not restrict.
struct Filter {
  std::vector<std::string> calendars{};
  std::optional<std::chrono::sys_seconds> from{};
  std::optional<std::chrono::sys_seconds> to{};
};

/// What an import did: `changed` holds the events that were added or updated.
struct Imported {
  std::int64_t added{};
  std::int64_t updated{};
  std::int64_t unchanged{};
  std::vector<Kept> changed{};
  std::vector<icalendar::Left> left{};
};

/// The events of one user in SQLite: a row holds a whole iCalendar object, one for each UID of a
/// calendar.
class Store final {
 public:
  Store(const std::filesystem::path& file, const common::Times& times);

  common::Database& database() { return database_; }

  /// The calendars there are: the default one and those that hold events.
  std::vector<std::string> calendars();
  /// The names as they are spelled in the store. Throws mcp::ToolError for one that is not there.
  std::vector<std::string> named(const std::vector<std::string>& calendars);

  /// May hold more than the filter's range asks for, never less.
  std::vector<Kept> load(const Filter& filter);
  std::optional<Kept> find(std::int64_t number);
  std::optional<Kept> find_uid(const std::string& uid);

  Kept add(Stored event, common::Write write);

  /// Makes `edit` of the event's object. Throws mcp::ToolError if it is gone.
  Kept update(std::int64_t number, const std::function<icalendar::Component(const Kept&)>& edit,
              common::Write write);

  /// Adds what is new; takes over what came anew for what has not been changed here. Deletes
  /// nothing. `event` says where new ones go and where they come from.
  Imported import(const icalendar::Objects& objects, const Stored& event, common::Write write);

 private:
  common::Database database_;
  const common::Times& times_;
};

}  // namespace calendar
