#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schemas/common/repeat.hpp"
#include "schemas/tasks/rows.hpp"
#include "servers/common/icalendar/zones.hpp"

/// How Taskwarrior spells values.
namespace host::taskwarrior {

/// "20260316T140000Z"
std::string stamp(std::chrono::sys_seconds at);
std::optional<std::chrono::sys_seconds> find_stamp(std::string_view text);

/// The time that a stamp stands for: midnight is a whole day.
common::Time time_at(std::chrono::sys_seconds at, const common::Zone& zone);
std::chrono::sys_seconds begin_of(const common::Time& time, const common::Zone& zone);

/// "2weeks", where it is so simple.
std::optional<std::string> recur_of(const common::Repeat& repeat);
/// "weekly", "2wks", "P1M", "weekdays", "quarterly".
std::optional<common::Repeat> find_recur(std::string_view text);

/// A tag as Taskwarrior takes it: no blanks, no commas.
std::string plain_tag(std::string_view tag);

std::string name_of(tasks::Status status);
std::optional<tasks::Status> find_status(std::string_view name);

}  // namespace host::taskwarrior
