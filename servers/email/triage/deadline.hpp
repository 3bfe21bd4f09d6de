#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "schemas/common/time.hpp"
#include "servers/common/icalendar/zones.hpp"

/// By when does a sentence want something?
namespace email::triage {

/// The time that a sentence names as a limit ("by Friday", "before noon", "the deadline is ..."),
/// as it was meant when it was sent; a date where no time of day is said. Nothing, if it names
/// none: a meeting "on Friday" is no deadline.
std::optional<common::Time> deadline_of(std::string_view sentence, std::chrono::sys_seconds sent,
                                        const common::Zone& zone);

}  // namespace email::triage
