#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "servers/common/icalendar/content.hpp"
#include "servers/common/icalendar/series.hpp"

namespace icalendar {

/// One event of a calendar, whole: a VCALENDAR that holds its VEVENTs and the VTIMEZONEs that no
/// one else could supply.
struct Object {
  std::string uid{};
  std::string method{};  ///< METHOD of the calendar it came in, in capitals; empty if it had none.
  Component calendar{};
};

/// What could not be taken from a calendar: which event (its UID, else its place) and why.
struct Left {
  std::string id{};
  std::string problem{};
};

struct Objects {
  std::vector<Object> events{};
  std::vector<Left> left{};
};

/// Takes apart any text: calendars of either version, one after the other, or bare VEVENTs. Every
/// event that Series can read is in `events`; all else is named in `left`. An event without UID
/// gets one made of its words, the same each time. Throws mcp::ToolError only where read_content
/// does.
Objects read_objects(std::string_view text, const common::Zone& floating);

/// One stored object as a Series. Throws mcp::ToolError if it is none.
Series read_series(std::string_view object, const common::Zone& floating);

}  // namespace icalendar
