#include "servers/calendar/rows.hpp"

#include <utility>

#include "servers/common/columns.hpp"
#include "servers/common/icalendar/values.hpp"

namespace calendar {
namespace {

using icalendar::Component;
using icalendar::Line;
using icalendar::Moment;
using icalendar::Occurrence;

std::string decoded_text_of(const Component& event, std::string_view property) {
  const Line* line = event.find(property);
  return line == nullptr ? std::string() : icalendar::read_text(*line);
}

std::optional<EventStatus> status_of(const Component& event) {
  const std::string status = icalendar::to_upper(decoded_text_of(event, "STATUS"));
  if (status == "CONFIRMED") return EventStatus::Confirmed;
  if (status == "TENTATIVE") return EventStatus::Tentative;
  if (status == "CANCELLED") return EventStatus::Cancelled;
  return std::nullopt;
}

/// Reminders before the start. Others (after it, at a fixed time) stay in the object.
std::vector<std::int64_t> reminders_of(const Component& event) {
  std::vector<std::int64_t> minutes;
  for (const Component& alarm : event.parts) {
    const Line* trigger = alarm.name == "VALARM" ? alarm.find("TRIGGER") : nullptr;
    if (trigger == nullptr || icalendar::find_fault(*trigger)) continue;
    const bool from_end = icalendar::read_parameter(*trigger, "RELATED") == "END";
    if (from_end || trigger->value().find('P') == std::string_view::npos) continue;
    const icalendar::Duration length =
        icalendar::read_duration({.text = "DURATION:" + std::string(trigger->value())});
    const auto before =
        -std::chrono::duration_cast<std::chrono::minutes>(length.days + length.time);
    if (before.count() >= 0) minutes.push_back(before.count());
  }
  return minutes;
}

bool is_transparent(const Component& event) {
  return icalendar::to_upper(decoded_text_of(event, "TRANSP")) == "TRANSPARENT";
}

void set_times(const Kept& kept, const Occurrence& occurrence, const Shown& shown, Event& row) {
  row.all_day = occurrence.all_day;
  if (occurrence.all_day) {
    row.start = common::whole_day(std::chrono::year_month_day(occurrence.first_day));
    row.end = common::whole_day(std::chrono::year_month_day(occurrence.end_day));
  } else {
    row.start = shown.times.zone().at(occurrence.start);
    row.end = shown.times.zone().at(occurrence.end);
    if (kept.series.start().kind == Moment::Kind::Zoned) row.zone = kept.series.zone().id();
  }
  row.weekday = common::weekday_of(row.start);
}

}  // namespace

std::optional<EventId> parse_id(std::string_view id) {
  std::string_view rest;
  const std::optional<std::int64_t> number = common::number_of_id(id, "e", &rest);
  if (!number) return std::nullopt;
  EventId read{.number = *number};
  if (rest.empty()) return read;
  if (!rest.starts_with('-') || rest.size() < 2) return std::nullopt;
  read.key = rest.substr(1);
  return read;
}

std::string id_of(std::int64_t number, std::string_view key) {
  std::string id = "e" + std::to_string(number);
  if (!key.empty()) id += "-" + std::string(key);
  return id;
}

const Component& component_of(const Kept& kept, const Occurrence& occurrence) {
  return kept.series.calendar().parts[occurrence.part];
}

std::string title_of(const Kept& kept, const Occurrence& occurrence) {
  return decoded_text_of(component_of(kept, occurrence), "SUMMARY");
}

Event row_of(const Kept& kept, const Occurrence& occurrence, const Shown& shown) {
  const Component& event = component_of(kept, occurrence);
  const Component& whole = kept.series.calendar().parts[kept.series.master_part()];
  Event row{.id = id_of(kept.stored.number, occurrence.key),
            .title = title_of(kept, occurrence),
            .calendar = kept.stored.calendar,
            .location = decoded_text_of(event, "LOCATION"),
            .attendees = attendees_of(event),
            .organizer = organizer_of(event),
            .response = answer_of(event, shown.self),
            .uid = kept.stored.uid,
            .status = status_of(event),
            .busy = !is_transparent(event),
            .reminders_minutes = reminders_of(event),
            .notes = decoded_text_of(event, "DESCRIPTION"),
            .origin = kept.stored.origin,
            .untrusted = kept.stored.untrusted};
  if (const Line* rule = whole.find("RRULE")) row.repeat = rule->value();
  set_times(kept, occurrence, shown, row);
  return row;
}

Event brief_of(const Event& row) {
  return {.id = row.id,
          .title = row.title,
          .start = row.start,
          .end = row.end,
          .weekday = row.weekday,
          .all_day = row.all_day,
          .calendar = row.calendar,
          .location = row.location,
          .untrusted = row.untrusted};
}

bool is_busy(const Kept& kept, const Occurrence& occurrence, const Self& self) {
  const Component& event = component_of(kept, occurrence);
  return !is_transparent(event) && answer_of(event, self) != Response::Declined;
}

}  // namespace calendar
