#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "schemas/common/rows.hpp"
#include "servers/common/icalendar/zones.hpp"

namespace icalendar {

/// The invitation (RFC 5546) that the text/calendar part of a message holds: its first event, in
/// `zone` where the calendar names none. Nothing if the text has no METHOD that people answer or no
/// event that can be read.
std::optional<common::Invitation> read_invitation(std::string_view text, const common::Zone& zone);

/// An invitation as a calendar that can be imported: one VCALENDAR with METHOD and VEVENT.
std::string write_invitation(const common::Invitation& invitation, std::chrono::sys_seconds now);

enum class Answer : std::uint8_t { Accepted, Declined, Tentative, Counter };

/// What an attendee answers.
struct Reply {
  std::string_view request{};  ///< The text/calendar part that is answered.
  std::string_view address{};  ///< The attendee's own e-mail address.
  Answer answer{};
  std::optional<std::chrono::sys_seconds> start{};  ///< Counter: the time proposed instead.
  std::optional<std::chrono::sys_seconds> end{};    ///< Default: as long as the original.
  std::chrono::sys_seconds now{};
};

/// The iTIP answer as the text/calendar part of a mail: METHOD:REPLY, or METHOD:COUNTER with the
/// whole event at the proposed time. Throws mcp::ToolError if the request holds no event or no
/// organizer, or a counter no time.
std::string write_reply(const Reply& reply, const common::Zone& zone);

/// "reply" or "counter", the `method` parameter of the part's Content-Type, in capitals.
std::string_view method_of(Answer answer);

/// The e-mail address of a CAL-ADDRESS ("mailto:anna@example.com"), in lower case.
std::string address_of(std::string_view cal_address);

}  // namespace icalendar
