#include "servers/calendar/compose.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <utility>

#include "servers/common/icalendar/invitation.hpp"
#include "servers/common/icalendar/values.hpp"

namespace calendar {
namespace {

using common::Time;
using common::Zone;
using icalendar::Component;
using icalendar::Line;
using icalendar::Moment;
using std::chrono::sys_seconds;

Moment utc_moment(sys_seconds at) {
  return {.local = std::chrono::local_seconds(at.time_since_epoch()), .kind = Moment::Kind::Utc};
}

Moment moment_of(const Time& time, const Zone& zone) {
  if (time.date) return {.local = time.local(), .kind = Moment::Kind::Date};
  if (zone.id() == "UTC") return utc_moment(time.at);
  return {.local = zone.to_local(time.at), .kind = Moment::Kind::Zoned, .tzid = zone.id()};
}

Line text_line(std::string_view name, std::string_view text) {
  return {.text = std::string(name) + ":" + icalendar::escape(text)};
}

Component alarm(std::int64_t minutes, const std::string& title) {
  Component alarm{.name = "VALARM"};
  alarm.lines = {{.text = "ACTION:DISPLAY"},
                 text_line("DESCRIPTION", title),
                 {.text = "TRIGGER:-PT" + std::to_string(minutes) + "M"}};
  return alarm;
}

void remove_lines(Component& event, std::string_view name) {
  std::erase_if(event.lines, [&](const Line& line) { return line.name() == name; });
}

std::string text_of(const Component& component, std::string_view property) {
  const Line* line = component.find(property);
  return line == nullptr ? std::string() : line->text;
}

/// A moment of the same kind as the series' start.
Moment like_start(const icalendar::Series& series, sys_seconds at, std::chrono::local_days day) {
  Moment moment = series.start();
  if (moment.kind == Moment::Kind::Date) {
    moment.local = day;
  } else if (moment.kind == Moment::Kind::Utc) {
    moment = utc_moment(at);
  } else {
    moment.local = series.zone().to_local(at);
  }
  return moment;
}

/// The moment that a key of the series stands for.
Moment recurrence_of(const icalendar::Series& series, const std::string& key) {
  const Moment moment = icalendar::read_moment({.text = "DTSTART:" + key});
  if (moment.kind != Moment::Kind::Utc) return moment;
  return like_start(series, sys_seconds(moment.local.time_since_epoch()), {});
}

void set_times(Component& event, const icalendar::Series& series,
               const icalendar::Occurrence& occurrence) {
  for (const std::string_view name : {"DTSTART", "DTEND", "DURATION"}) remove_lines(event, name);
  event.lines.push_back(icalendar::moment_line(
      "DTSTART", like_start(series, occurrence.start, occurrence.first_day)));
  event.lines.push_back(
      icalendar::moment_line("DTEND", like_start(series, occurrence.end, occurrence.end_day)));
}

}  // namespace

Component compose(const NewEvent& event, const std::string& uid, sys_seconds now) {
  const Zone& zone = *event.zone;
  Component made{.name = "VEVENT"};
  made.lines = {text_line("UID", uid), icalendar::moment_line("DTSTAMP", utc_moment(now)),
                icalendar::moment_line("DTSTART", moment_of(event.when.start, zone)),
                icalendar::moment_line("DTEND", moment_of(event.when.end, zone)),
                text_line("SUMMARY", event.title)};
  if (!event.repeat.empty()) made.lines.push_back({.text = "RRULE:" + event.repeat});
  if (!event.location.empty()) made.lines.push_back(text_line("LOCATION", event.location));
  if (!event.notes.empty()) made.lines.push_back(text_line("DESCRIPTION", event.notes));
  for (const std::string& attendee : event.attendees) {
    made.lines.push_back({.text = "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:" + attendee});
  }
  made.lines.push_back({.text = event.busy ? "TRANSP:OPAQUE" : "TRANSP:TRANSPARENT"});
  for (const std::int64_t minutes : event.reminders_minutes) {
    made.parts.push_back(alarm(minutes, event.title));
  }
  Component calendar{.name = "VCALENDAR"};
  calendar.lines = {{.text = "VERSION:2.0"}, {.text = "PRODID:-//Adjutant//EN"}};
  calendar.parts.push_back(std::move(made));
  return calendar;
}

Component starting_at(Component calendar, const icalendar::Occurrence& start,
                      const icalendar::Series& series) {
  set_times(calendar.parts[series.master_part()], series, start);
  return calendar;
}

Component merged(Component stored, const Component& incoming) {
  for (const Component& part : incoming.parts) {
    if (part.name == "VTIMEZONE") {
      const auto same = [&](const Component& old) {
        return old.name == part.name && text_of(old, "TZID") == text_of(part, "TZID");
      };
      if (std::ranges::none_of(stored.parts, same)) {
        stored.parts.insert(stored.parts.begin(), part);
      }
      continue;
    }
    const std::string recurrence = text_of(part, "RECURRENCE-ID");
    std::erase_if(stored.parts, [&](const Component& old) {
      return old.name == "VEVENT" && text_of(old, "RECURRENCE-ID") == recurrence;
    });
    stored.parts.push_back(part);
  }
  return stored;
}

bool is_partial(const Component& calendar) {
  return std::ranges::all_of(calendar.parts, [](const Component& part) {
    return part.name != "VEVENT" || part.find("RECURRENCE-ID") != nullptr;
  });
}

Component cancelled(Component calendar) {
  for (Component& part : calendar.parts) {
    if (part.name != "VEVENT") continue;
    remove_lines(part, "STATUS");
    part.lines.push_back({.text = "STATUS:CANCELLED"});
  }
  return calendar;
}

std::size_t split_off(Component& calendar, const icalendar::Series& series,
                      const icalendar::Occurrence& occurrence) {
  if (!series.repeats() || occurrence.changed) return occurrence.part;
  Component single = calendar.parts[occurrence.part];
  for (const std::string_view name : {"RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID"}) {
    remove_lines(single, name);
  }
  set_times(single, series, occurrence);
  single.lines.push_back(
      icalendar::moment_line("RECURRENCE-ID", recurrence_of(series, occurrence.key)));
  calendar.parts.push_back(std::move(single));
  return calendar.parts.size() - 1;
}

void record_proposal(Component& event, const std::optional<common::Span>& proposed,
                     const common::Times& times) {
  constexpr std::string_view kProposal = "X-ADJUTANT-PROPOSAL";
  remove_lines(event, kProposal);
  if (!proposed) return;
  const auto text = [&](const Time& time) {
    const std::string line = icalendar::moment_line("", utc_moment(times.begin_of(time))).text;
    return line.substr(1);
  };
  event.lines.push_back(
      {.text = std::string(kProposal) + ":" + text(proposed->start) + "/" + text(proposed->end)});
}

std::string new_uid() {
  std::random_device random;
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string uid = "adjutant-";
  for (int i = 0; i < 24; ++i) uid += kDigits[random() % kDigits.size()];
  return uid;
}

}  // namespace calendar
