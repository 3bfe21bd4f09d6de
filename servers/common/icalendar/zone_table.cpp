#include "servers/common/icalendar/zone_table.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

namespace common {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

/// A wall time as seconds since 1970, as if in UTC.
sys_seconds wall(const icaltimetype& time) {
  const auto date = std::chrono::year(time.year) /
                    std::chrono::month(static_cast<unsigned>(time.month)) /
                    std::chrono::day(static_cast<unsigned>(time.day));
  return std::chrono::sys_days(date) + std::chrono::hours(time.hour) +
         std::chrono::minutes(time.minute) + seconds(time.second);
}

/// One STANDARD or DAYLIGHT part: each local onset is read with `from` and brings in `to`.
struct Observance {
  icaltimetype start{};
  seconds from{};
  seconds to{};
};

std::optional<Observance> read_observance(icalcomponent* part) {
  icalproperty* start = icalcomponent_get_first_property(part, ICAL_DTSTART_PROPERTY);
  icalproperty* from = icalcomponent_get_first_property(part, ICAL_TZOFFSETFROM_PROPERTY);
  icalproperty* to = icalcomponent_get_first_property(part, ICAL_TZOFFSETTO_PROPERTY);
  if (start == nullptr || from == nullptr || to == nullptr) return std::nullopt;
  const Observance observance{.start = icalproperty_get_dtstart(start),
                              .from = seconds(icalproperty_get_tzoffsetfrom(from)),
                              .to = seconds(icalproperty_get_tzoffsetto(to))};
  if (icaltime_is_null_time(observance.start) || !icaltime_is_valid_time(observance.start)) {
    return std::nullopt;
  }
  return observance;
}

/// Appends the onsets of one rule; false if there are too many of them.
bool append_rule(const Observance& observance, icalrecurrencetype rule, ZoneTable& table) {
  // The iterator compares UNTIL with local times; here it is mostly in UTC, so we compare
  // ourselves.
  const icaltimetype until = std::exchange(rule.until, icaltime_null_time());
  const std::unique_ptr<icalrecur_iterator, decltype(&icalrecur_iterator_free)> iterator(
      icalrecur_iterator_new(rule, observance.start), icalrecur_iterator_free);
  if (!iterator) return true;
  while (true) {
    const icaltimetype next = icalrecur_iterator_next(iterator.get());
    if (icaltime_is_null_time(next) || next.year > kZoneYearsEnd) return true;
    const sys_seconds onset = wall(next) - observance.from;
    if (!icaltime_is_null_time(until)) {
      const sys_seconds last =
          until.is_date ? wall(until) + std::chrono::days(1) - seconds(1) : wall(until);
      if ((icaltime_is_utc(until) ? onset : wall(next)) > last) return true;
    }
    if (table.onsets.size() >= kZoneOnsetsMax) return false;
    table.onsets.push_back({.at = onset, .offset = observance.to});
  }
}

bool append_observance(icalcomponent* part, const Observance& observance, ZoneTable& table) {
  table.onsets.push_back({.at = wall(observance.start) - observance.from, .offset = observance.to});
  for (icalproperty* rule = icalcomponent_get_first_property(part, ICAL_RRULE_PROPERTY);
       rule != nullptr; rule = icalcomponent_get_next_property(part, ICAL_RRULE_PROPERTY)) {
    if (!append_rule(observance, icalproperty_get_rrule(rule), table)) return false;
  }
  for (icalproperty* date = icalcomponent_get_first_property(part, ICAL_RDATE_PROPERTY);
       date != nullptr; date = icalcomponent_get_next_property(part, ICAL_RDATE_PROPERTY)) {
    const icaltimetype time = icalproperty_get_rdate(date).time;
    if (icaltime_is_null_time(time) || !icaltime_is_valid_time(time)) continue;
    const seconds from = icaltime_is_utc(time) ? seconds(0) : observance.from;
    table.onsets.push_back({.at = wall(time) - from, .offset = observance.to});
  }
  return table.onsets.size() <= kZoneOnsetsMax;
}

}  // namespace

seconds ZoneTable::offset_at(sys_seconds instant) const {
  const auto next = std::ranges::upper_bound(onsets, instant, {}, &Onset::at);
  return next == onsets.begin() ? before : std::prev(next)->offset;
}

std::optional<ZoneTable> read_zone(std::string id, icalcomponent* vtimezone) {
  ZoneTable table{.id = std::move(id)};
  sys_seconds earliest = sys_seconds::max();
  for (icalcomponent* part = icalcomponent_get_first_component(vtimezone, ICAL_ANY_COMPONENT);
       part != nullptr; part = icalcomponent_get_next_component(vtimezone, ICAL_ANY_COMPONENT)) {
    const icalcomponent_kind kind = icalcomponent_isa(part);
    if (kind != ICAL_XSTANDARD_COMPONENT && kind != ICAL_XDAYLIGHT_COMPONENT) continue;
    const std::optional<Observance> observance = read_observance(part);
    if (!observance) continue;
    if (!append_observance(part, *observance, table)) return std::nullopt;
    const sys_seconds onset = wall(observance->start) - observance->from;
    if (onset < earliest) {
      earliest = onset;
      table.before = observance->from;
    }
  }
  if (table.onsets.empty()) return std::nullopt;
  std::ranges::stable_sort(table.onsets, {}, &ZoneTable::Onset::at);
  return table;
}

}  // namespace common
