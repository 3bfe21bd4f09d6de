#include "servers/common/icalendar/zone_book.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "protocol/mcp/handler.hpp"
#include "servers/common/icalendar/recurrence.hpp"
#include "servers/common/icalendar/windows_zones.hpp"
#include "servers/common/icalendar/zone_table.hpp"

namespace icalendar {
namespace {

using common::Zone;
using common::ZoneTable;
using std::chrono::local_seconds;
using std::chrono::seconds;
using std::chrono::sys_seconds;

sys_seconds as_utc(local_seconds local) {
  return sys_seconds(local.time_since_epoch());
}

/// The system's zone of that name, or of what follows a vendor's prefix
/// ("/freeassociation.sourceforge.net/Europe/Berlin").
std::optional<Zone> find_system(std::string_view tzid) {
  std::optional<Zone> zone = Zone::find(tzid);
  if (zone || !tzid.starts_with('/')) return zone;
  for (std::size_t slash = 0; !zone && slash != std::string_view::npos;) {
    zone = Zone::find(tzid.substr(slash + 1));
    slash = tzid.find('/', slash + 1);
  }
  return zone;
}

/// The changes to one offset: a STANDARD or DAYLIGHT part.
class Observance {
 public:
  Observance(const Component& part, const Line& start, const Line& from, const Line& to)
      : part_(part), start_(read_moment(start)), from_(read_offset(from)), to_(read_offset(to)) {}

  sys_seconds first() const { return as_utc(start_.local) - from_; }
  seconds from() const { return from_; }

  void append_to(ZoneTable& table) const {
    append(first(), table);
    for (const Line* rule : part_.find_all("RRULE")) append_rule(read_rule(*rule), table);
    for (const Line* dates : part_.find_all("RDATE")) {
      for (const Moment& date : read_moments(*dates)) {
        const bool utc = date.kind == Moment::Kind::Utc;
        append(as_utc(date.local) - (utc ? seconds(0) : from_), table);
      }
    }
  }

 private:
  void append(sys_seconds at, ZoneTable& table) const {
    if (table.onsets.size() >= common::kZoneOnsetsMax) {
      throw mcp::ToolError("line " + std::to_string(part_.number) +
                           ": a VTIMEZONE with more than " +
                           std::to_string(common::kZoneOnsetsMax) + " changes cannot be read");
    }
    table.onsets.push_back({.at = at, .offset = to_});
  }

  void append_rule(const Rule& rule, ZoneTable& table) const {
    const local_seconds end =
        std::chrono::local_days(std::chrono::year(common::kZoneYearsEnd) / 12 / 31);
    Recurrence recurrence(rule, start_.local, start_.kind == Moment::Kind::Date);
    while (const std::optional<local_seconds> next = recurrence.next(end)) {
      if (rule.until) {
        const bool utc = rule.until->kind == Moment::Kind::Utc;
        const sys_seconds last =
            as_utc(rule.until->local) + (rule.until->kind == Moment::Kind::Date
                                             ? std::chrono::hours(24) - seconds(1)
                                             : seconds(0));
        if ((utc ? as_utc(*next) - from_ : as_utc(*next)) > last) return;
      }
      append(as_utc(*next) - from_, table);
    }
  }

  const Component& part_;
  Moment start_;
  seconds from_;
  seconds to_;
};

/// Nothing if there is no usable STANDARD or DAYLIGHT part.
std::optional<Zone> read_zone(const std::string& id, const Component& vtimezone) {
  auto table = std::make_shared<ZoneTable>(ZoneTable{.id = id});
  sys_seconds earliest = sys_seconds::max();
  for (const Component& part : vtimezone.parts) {
    const Line* start = part.find("DTSTART");
    const Line* from = part.find("TZOFFSETFROM");
    const Line* to = part.find("TZOFFSETTO");
    if (start == nullptr || from == nullptr || to == nullptr) continue;
    const Observance observance(part, *start, *from, *to);
    observance.append_to(*table);
    if (observance.first() < earliest) {
      earliest = observance.first();
      table->before = observance.from();
    }
  }
  if (table->onsets.empty()) return std::nullopt;
  std::ranges::stable_sort(table->onsets, {}, &ZoneTable::Onset::at);
  return Zone(std::move(table));
}

}  // namespace

ZoneBook::ZoneBook(const Component& calendar, Zone floating) : floating_(std::move(floating)) {
  for (const Component& part : calendar.parts) {
    const Line* tzid = part.name == "VTIMEZONE" ? part.find("TZID") : nullptr;
    if (tzid == nullptr) continue;
    const std::string id = read_text(*tzid);
    if (find_system(id)) continue;
    try {
      const std::optional<Zone> zone = read_zone(id, part);
      if (zone) own_.emplace(id, *zone);
    } catch (const mcp::ToolError& error) {  // Concerns the events that use it, not the others.
      broken_.emplace(id, error.what());
    }
  }
}

bool ZoneBook::is_own(const std::string& tzid) const {
  return own_.contains(tzid);
}

Zone ZoneBook::find(const std::string& tzid) const {
  std::optional<Zone> zone = find_system(tzid);
  if (zone) return *zone;
  const auto own = own_.find(tzid);
  if (own != own_.end()) return own->second;
  zone = Zone::find(iana_of_windows(tzid));
  if (zone) return *zone;
  const auto broken = broken_.find(tzid);
  if (broken != broken_.end()) throw mcp::ToolError(broken->second);
  throw mcp::ToolError("unknown time zone \"" + tzid +
                       "\": it is no IANA or Windows name and the calendar does not define it");
}

Zone ZoneBook::zone_of(const Moment& moment) const {
  if (moment.kind == Moment::Kind::Zoned) return find(moment.tzid);
  return moment.kind == Moment::Kind::Utc ? Zone::utc() : floating_;
}

sys_seconds ZoneBook::instant(const Moment& moment) const {
  return zone_of(moment).to_utc(moment.local);
}

}  // namespace icalendar
