#include "servers/calendar/person.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "servers/common/icalendar/invitation.hpp"
#include "servers/common/icalendar/values.hpp"
#include "servers/common/words.hpp"

namespace calendar {
namespace {

using icalendar::Component;
using icalendar::Line;

/// The user's answer where no attendee is known to be the user.
constexpr std::string_view kOwnAnswer = "X-ADJUTANT-PARTSTAT";

constexpr auto kAnswers = std::to_array<std::pair<std::string_view, Response>>({
    {"NEEDS-ACTION", Response::NeedsAction},
    {"ACCEPTED", Response::Accepted},
    {"DECLINED", Response::Declined},
    {"TENTATIVE", Response::Tentative},
});

std::optional<Response> response_named(std::string_view partstat) {
  const std::string upper = icalendar::to_upper(partstat);
  for (const auto& [name, response] : kAnswers) {
    if (name == upper) return response;
  }
  return std::nullopt;
}

std::string_view name_of(Response response) {
  return kAnswers.at(static_cast<std::size_t>(response)).first;
}

std::string organizer_address(const Component& event) {
  const Line* organizer = event.find("ORGANIZER");
  return organizer == nullptr ? std::string() : icalendar::address_of(organizer->value());
}

/// The index of the user's ATTENDEE line in event.lines.
std::optional<std::size_t> own_line(const Component& event, const Self& self) {
  const std::string organizer = organizer_address(event);
  std::optional<std::size_t> only;
  std::size_t guests = 0;
  for (std::size_t i = 0; i < event.lines.size(); ++i) {
    if (event.lines[i].name() != "ATTENDEE") continue;
    const std::string address = icalendar::address_of(event.lines[i].value());
    if (std::ranges::find(self.addresses, address) != self.addresses.end()) return i;
    if (address == organizer) continue;
    only = i;
    ++guests;
  }
  return self.addresses.empty() && guests == 1 && !organizer.empty() ? only : std::nullopt;
}

std::string person(const Line& line) {
  const std::string address = icalendar::address_of(line.value());
  const std::string name = icalendar::read_parameter(line, "CN");
  return name.empty() || name == address ? address : name + " <" + address + ">";
}

}  // namespace

Self read_self(const common::Settings& settings) {
  Self self;
  for (const std::string& address : settings.texts("addresses")) {
    self.addresses.push_back(icalendar::address_of(address));
  }
  return self;
}

std::vector<Attendee> attendees_of(const Component& event) {
  std::vector<Attendee> attendees;
  for (const Line* line : event.find_all("ATTENDEE")) {
    Attendee attendee{.email = icalendar::address_of(line->value()),
                      .name = icalendar::read_parameter(*line, "CN"),
                      .response = response_named(icalendar::read_parameter(*line, "PARTSTAT"))};
    attendees.push_back(std::move(attendee));
  }
  return attendees;
}

std::string organizer_of(const Component& event) {
  const Line* organizer = event.find("ORGANIZER");
  return organizer == nullptr ? std::string() : person(*organizer);
}

bool takes_part(const Component& event, std::string_view who) {
  const auto is = [&](const Line* line) { return common::has_words(person(*line), who); };
  const Line* organizer = event.find("ORGANIZER");
  return (organizer != nullptr && is(organizer)) ||
         std::ranges::any_of(event.find_all("ATTENDEE"), is);
}

std::optional<Response> answer_of(const Component& event, const Self& self) {
  if (const Line* own = event.find(kOwnAnswer)) return response_named(own->value());
  const std::optional<std::size_t> line = own_line(event, self);
  if (!line) return std::nullopt;
  return response_named(icalendar::read_parameter(event.lines[*line], "PARTSTAT"))
      .value_or(Response::NeedsAction);
}

void record_answer(Component& event, const Self& self, Response response) {
  std::erase_if(event.lines, [](const Line& line) { return line.name() == kOwnAnswer; });
  if (const std::optional<std::size_t> own = own_line(event, self)) {
    Line& line = event.lines[*own];
    line = icalendar::with_parameter(line, "PARTSTAT", name_of(response));
  } else {
    event.lines.push_back({.text = std::string(kOwnAnswer) + ":" + std::string(name_of(response))});
  }
}

}  // namespace calendar
