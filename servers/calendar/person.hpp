#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/calendar/rows.hpp"
#include "servers/common/icalendar/content.hpp"
#include "servers/common/settings.hpp"

/// Who takes part in an event, and which of them is the user.
namespace calendar {

/// The user's own e-mail addresses, in lower case: `addresses` in settings.toml.
struct Self {
  std::vector<std::string> addresses{};
};

Self read_self(const common::Settings& settings);

std::vector<Attendee> attendees_of(const icalendar::Component& event);
/// An address, with the name where there is one: "Anna Nowak <anna@example.com>".
std::string organizer_of(const icalendar::Component& event);
/// True if `who`, a name or address, is organizer or attendee.
bool takes_part(const icalendar::Component& event, std::string_view who);

/// What the user answered. The user is the attendee with an own address; where none is known, the
/// only attendee beside the organizer; else what record_answer wrote beside them.
std::optional<Response> answer_of(const icalendar::Component& event, const Self& self);
void record_answer(icalendar::Component& event, const Self& self, Response response);

}  // namespace calendar
