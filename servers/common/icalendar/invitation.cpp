#include "servers/common/icalendar/invitation.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "protocol/mcp/handler.hpp"
#include "servers/common/icalendar/objects.hpp"

namespace icalendar {
namespace {

using common::Invitation;
using common::InvitationMethod;
using common::Time;
using std::chrono::sys_seconds;

std::string text_of(const Component& event, std::string_view property) {
  const Line* line = event.find(property);
  return line == nullptr ? std::string() : read_text(*line);
}

std::optional<InvitationMethod> method_named(std::string_view method) {
  if (method == "REQUEST") return InvitationMethod::Request;
  if (method == "REPLY") return InvitationMethod::Reply;
  if (method == "COUNTER") return InvitationMethod::Counter;
  if (method == "CANCEL") return InvitationMethod::Cancel;
  return std::nullopt;
}

std::string_view method_text(InvitationMethod method) {
  switch (method) {
    case InvitationMethod::Reply:
      return "REPLY";
    case InvitationMethod::Counter:
      return "COUNTER";
    case InvitationMethod::Cancel:
      return "CANCEL";
    default:
      return "REQUEST";
  }
}

std::string_view partstat(Answer answer) {
  switch (answer) {
    case Answer::Accepted:
      return "ACCEPTED";
    case Answer::Declined:
      return "DECLINED";
    default:
      return "TENTATIVE";
  }
}

/// What the event itself says, be it cancelled or not.
void read_times(const Series& series, const Component& event, const common::Zone& zone,
                Invitation& out) {
  const Moment start = read_moment(*event.find("DTSTART"));
  const Occurrence extent = series.extent();
  if (start.kind == Moment::Kind::Date) {
    const auto day = [](std::chrono::local_days date) {
      return common::whole_day(std::chrono::year_month_day(date));
    };
    out.start = day(extent.first_day);
    out.end = day(extent.end_day);
  } else {
    out.start = zone.at(extent.start);
    out.end = zone.at(extent.end);
    if (start.kind == Moment::Kind::Zoned) out.zone = series.zone().id();
  }
  out.weekday = common::weekday_of(out.start);
}

Moment utc_moment(sys_seconds at) {
  return {.local = std::chrono::local_seconds(at.time_since_epoch()), .kind = Moment::Kind::Utc};
}

Moment moment_of(const Time& time) {
  if (!time.date) return utc_moment(time.at);
  return {.local = time.local(), .kind = Moment::Kind::Date};
}

Line property(std::string_view name, std::string_view text) {
  return {.text = std::string(name) + ":" + escape(text)};
}

Component new_calendar(std::string_view method) {
  Component calendar{.name = "VCALENDAR"};
  calendar.lines = {{.text = "VERSION:2.0"},
                    {.text = "PRODID:-//Adjutant//EN"},
                    {.text = "METHOD:" + std::string(method)}};
  return calendar;
}

void set_line(Component& event, Line line) {
  const std::string name = line.name();
  std::erase_if(event.lines, [&](const Line& old) { return old.name() == name; });
  event.lines.push_back(std::move(line));
}

/// The line of the attendee who answers, with the answer; a new one where the request went to a
/// list.
Line attendee_line(const Component& event, const Reply& reply) {
  const std::string address = address_of(reply.address);
  for (const Line* attendee : event.find_all("ATTENDEE")) {
    if (address_of(attendee->value()) != address) continue;
    const Line plain = with_parameter(*attendee, "RSVP", "");
    return with_parameter(plain, "PARTSTAT", partstat(reply.answer));
  }
  return {.text =
              "ATTENDEE;PARTSTAT=" + std::string(partstat(reply.answer)) + ":mailto:" + address};
}

/// Of a REPLY: what identifies the event, the one attendee, and enough for people to recognise it.
Component reply_event(const Component& request, const Reply& reply) {
  Component event{.name = "VEVENT"};
  for (const std::string_view name : {"UID", "RECURRENCE-ID", "SEQUENCE", "ORGANIZER", "DTSTART",
                                      "DTEND", "DURATION", "SUMMARY"}) {
    if (const Line* line = request.find(name)) event.lines.push_back(*line);
  }
  set_line(event, moment_line("DTSTAMP", utc_moment(reply.now)));
  event.lines.push_back(attendee_line(request, reply));
  return event;
}

/// Of a COUNTER: the whole event, at another time.
Component counter_event(const Series& series, const Component& request, const Reply& reply) {
  if (!reply.start) throw mcp::ToolError("/propose_start: a counter needs the time you propose");
  const Occurrence extent = series.extent();
  const sys_seconds end = reply.end.value_or(*reply.start + (extent.end - extent.start));
  if (end <= *reply.start) throw mcp::ToolError("/propose_end: must be after propose_start");
  Component event = request;
  std::erase_if(event.lines, [](const Line& line) { return line.name() == "DURATION"; });
  std::erase_if(event.parts, [](const Component& part) { return part.name == "VALARM"; });
  set_line(event, moment_line("DTSTART", utc_moment(*reply.start)));
  set_line(event, moment_line("DTEND", utc_moment(end)));
  set_line(event, moment_line("DTSTAMP", utc_moment(reply.now)));
  const Line own = attendee_line(request, reply);
  std::erase_if(event.lines, [&](const Line& line) {
    return line.name() == "ATTENDEE" && address_of(line.value()) == address_of(reply.address);
  });
  event.lines.push_back(own);
  return event;
}

}  // namespace

std::string address_of(std::string_view cal_address) {
  std::string address(cal_address);
  std::ranges::transform(address, address.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  if (address.starts_with("mailto:")) address.erase(0, 7);
  const std::size_t begin = address.find_first_not_of(' ');
  const std::size_t end = address.find_last_not_of(' ');
  return begin == std::string::npos ? std::string() : address.substr(begin, end - begin + 1);
}

std::optional<Invitation> read_invitation(std::string_view text, const common::Zone& zone) {
  const Objects objects = read_objects(text, zone);
  if (objects.events.empty()) return std::nullopt;
  const Object& object = objects.events.front();
  const std::optional<InvitationMethod> method = method_named(object.method);
  if (!method) return std::nullopt;
  const Series series = read_series(write(object.calendar), zone);
  const Component& event = series.calendar().parts[series.master_part()];
  Invitation invitation{.method = *method, .uid = object.uid, .title = text_of(event, "SUMMARY")};
  const std::string sequence = text_of(event, "SEQUENCE");
  std::from_chars(sequence.data(), sequence.data() + sequence.size(), invitation.sequence);
  read_times(series, event, zone, invitation);
  if (const Line* rule = event.find("RRULE")) invitation.repeat = rule->value();
  invitation.location = text_of(event, "LOCATION");
  if (const Line* organizer = event.find("ORGANIZER")) {
    invitation.organizer = address_of(organizer->value());
  }
  for (const Line* attendee : event.find_all("ATTENDEE")) {
    invitation.attendees.push_back(address_of(attendee->value()));
  }
  return invitation;
}

std::string write_invitation(const Invitation& invitation, sys_seconds now) {
  Component event{.name = "VEVENT"};
  event.lines = {property("UID", invitation.uid),
                 moment_line("DTSTAMP", utc_moment(now)),
                 {.text = "SEQUENCE:" + std::to_string(invitation.sequence)},
                 property("SUMMARY", invitation.title)};
  const auto add_time = [&](std::string_view name, const Time& time) {
    const std::optional<common::Zone> zone = common::Zone::find(invitation.zone);
    Moment moment = moment_of(time);
    if (zone && !time.date) {
      moment = {.local = zone->to_local(time.at), .kind = Moment::Kind::Zoned, .tzid = zone->id()};
    }
    event.lines.push_back(moment_line(name, moment));
  };
  add_time("DTSTART", invitation.start);
  add_time("DTEND", invitation.end);
  if (!invitation.repeat.empty()) event.lines.push_back({.text = "RRULE:" + invitation.repeat});
  if (!invitation.location.empty())
    event.lines.push_back(property("LOCATION", invitation.location));
  const auto add_person = [&](std::string_view name, const std::string& address) {
    event.lines.push_back({.text = std::string(name) + ":mailto:" + address_of(address)});
  };
  if (!invitation.organizer.empty()) add_person("ORGANIZER", invitation.organizer);
  for (const std::string& attendee : invitation.attendees) add_person("ATTENDEE", attendee);
  Component calendar = new_calendar(method_text(invitation.method));
  calendar.parts.push_back(std::move(event));
  return write(calendar);
}

std::string_view method_of(Answer answer) {
  return answer == Answer::Counter ? "COUNTER" : "REPLY";
}

std::string write_reply(const Reply& reply, const common::Zone& zone) {
  const Objects objects = read_objects(reply.request, zone);
  if (objects.events.empty()) {
    const std::string why = objects.left.empty() ? std::string() : ": " + objects.left[0].problem;
    throw mcp::ToolError("the invitation holds no event that can be answered" + why);
  }
  const Series series = read_series(write(objects.events.front().calendar), zone);
  const Component& request = series.calendar().parts[series.master_part()];
  if (request.find("ORGANIZER") == nullptr) {
    throw mcp::ToolError("the invitation names no organizer to answer");
  }
  Component calendar = new_calendar(method_of(reply.answer));
  for (const Component& part : series.calendar().parts) {
    if (part.name == "VTIMEZONE") calendar.parts.push_back(part);
  }
  calendar.parts.push_back(reply.answer == Answer::Counter ? counter_event(series, request, reply)
                                                           : reply_event(request, reply));
  return write(calendar);
}

}  // namespace icalendar
