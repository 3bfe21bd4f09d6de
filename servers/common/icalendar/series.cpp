#include "servers/common/icalendar/series.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "protocol/mcp/handler.hpp"
#include "servers/common/icalendar/recurrence.hpp"

namespace icalendar {
namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::local_seconds;
using std::chrono::seconds;
using std::chrono::sys_seconds;

/// A local time and its instant differ by less than this.
constexpr days kOffsetMax{2};
/// The calendar repeats after 400 years: a rule that gives nothing in that time never will.
constexpr days kCycle{146'097};

local_days day_of(local_seconds local) {
  return std::chrono::floor<days>(local);
}

bool overlaps(const Occurrence& occurrence, sys_seconds from, sys_seconds to) {
  if (occurrence.start >= to) return false;
  return occurrence.end > from || (occurrence.end == occurrence.start && occurrence.start >= from);
}

local_seconds to_local(sys_seconds instant) {
  return local_seconds(instant.time_since_epoch());
}

}  // namespace

Occurrence Series::make(const Part& part, local_seconds start, const Length& length,
                        Key key) const {
  Occurrence made{.key = repeats_ ? text_of(key) : std::string(), .part = part.index};
  made.all_day = part.start.kind == Moment::Kind::Date;
  if (made.all_day) {
    made.first_day = day_of(start);
    made.end_day = std::max(day_of(start + length.local), made.first_day + days(1));
    made.start = part.zone.to_utc(made.first_day);
    made.end = part.zone.to_utc(made.end_day);
  } else {
    made.start = part.zone.to_utc(start);
    const bool moves = length.local != seconds(0);
    made.end = (moves ? part.zone.to_utc(start + length.local) : made.start) + length.exact;
    made.end = std::max(made.start, made.end);
  }
  return made;
}

std::optional<Occurrence> Series::occurrence_of(const Original& original) const {
  if (overrides_.contains(original.key)) return std::nullopt;
  const auto after = following_.upper_bound(original.key);
  if (after == following_.begin()) {
    if (master_->cancelled) return std::nullopt;
    return make(*master_, original.local, original.length.value_or(master_->length), original.key);
  }
  const Part& changed = std::prev(after)->second;
  if (changed.cancelled) return std::nullopt;
  const seconds shift = changed.start.local - wall_of(*changed.recurrence);
  return make(changed, original.local + shift, changed.length, original.key);
}

std::optional<Occurrence> Series::occurrence_of(Key key, const Part& override) const {
  if (override.cancelled || excluded(key)) return std::nullopt;
  Occurrence made = make(override, override.start.local, override.length, key);
  made.changed = true;
  return made;
}

seconds Series::longest() const {
  seconds longest = days(1);
  const auto consider = [&](const Length& length) {
    longest = std::max(longest, length.local + length.exact);
  };
  if (master_) consider(master_->length);
  for (const auto& [key, part] : following_) {
    consider(part.length);
    const seconds shift = part.start.local - wall_of(*part.recurrence);
    longest = std::max(longest, shift + part.length.local + part.length.exact);
  }
  return longest;
}

std::vector<Occurrence> Series::expand(sys_seconds from, sys_seconds to) const {
  std::vector<Occurrence> found;
  const auto keep = [&](std::optional<Occurrence> occurrence) {
    if (occurrence && overlaps(*occurrence, from, to)) found.push_back(std::move(*occurrence));
  };
  if (master_) {
    seconds earlier(0);
    for (const auto& [key, part] : following_) {
      earlier = std::max<seconds>(earlier, wall_of(*part.recurrence) - part.start.local);
    }
    for (const Original& original : originals(from - longest(), to + earlier)) {
      keep(occurrence_of(original));
    }
  }
  for (const auto& [key, part] : overrides_) keep(occurrence_of(key, part));
  std::ranges::stable_sort(found, {}, [](const Occurrence& occurrence) {
    return std::pair(occurrence.start, occurrence.end);
  });
  return found;
}

std::optional<Occurrence> Series::find(std::string_view key) const {
  if (!repeats_) return key.empty() ? first() : std::nullopt;
  for (const auto& [id, part] : overrides_) {
    if (text_of(id) == key) return occurrence_of(id, part);
  }
  if (!master_) return std::nullopt;
  const std::optional<Moment> moment = find_moment({.text = "DTSTART:" + std::string(key)});
  if (!moment) return std::nullopt;
  const sys_seconds at = zones_->instant(*moment);
  for (const Original& original : originals(at - kOffsetMax, at + kOffsetMax)) {
    if (text_of(original.key) == key) return occurrence_of(original);
  }
  return std::nullopt;
}

std::optional<Occurrence> Series::first() const {
  std::optional<Occurrence> earliest;
  const auto consider = [&](std::optional<Occurrence> other) {
    if (other && (!earliest || other->start < earliest->start)) earliest = std::move(other);
  };
  for (const auto& [key, part] : overrides_) consider(occurrence_of(key, part));
  if (!master_) return earliest;
  // A year's worth of a rule, then ten, then a cycle: the first rarely is far away.
  const sys_seconds start = zones_->instant(master_->start);
  for (const days span : {days(366), days(3660), kCycle}) {
    for (const Original& original : originals(begins() - days(1), start + span)) {
      consider(occurrence_of(original));
      if (earliest) return earliest;
    }
  }
  return earliest;
}

sys_seconds Series::begins() const {
  sys_seconds earliest = sys_seconds::max();
  const auto consider = [&](const Part& part) {
    earliest = std::min(earliest, part.zone.to_utc(part.start.local));
  };
  if (master_) consider(*master_);
  for (const auto& [key, part] : overrides_) consider(part);
  for (const auto& [key, part] : following_) {
    const seconds shift = part.start.local - wall_of(*part.recurrence);
    if (master_) earliest = std::min(earliest, zones_->instant(master_->start) + shift);
    consider(part);
  }
  for (const Period& date : dates_) earliest = std::min(earliest, zones_->instant(date.start));
  return earliest - days(1);
}

std::optional<sys_seconds> Series::ends() const {
  sys_seconds latest = sys_seconds::min();
  const auto consider = [&](sys_seconds at) { latest = std::max(latest, at); };
  for (const Rule& rule : rules_) {
    if (!rule.count && !rule.until) return std::nullopt;
    if (rule.until) {
      consider(zones_->instant(*rule.until));
      continue;
    }
    Recurrence recurrence(rule, master_->start.local, all_day());
    int left = *rule.count;
    while (const std::optional<local_seconds> next =
               recurrence.next(master_->start.local + kCycle)) {
      consider(master_->zone.to_utc(*next));
      --left;
    }
    if (left > 0) return std::nullopt;
  }
  for (const Period& date : dates_) {
    consider(zones_->instant(date.start));
    if (date.end) consider(zones_->instant(*date.end));
    if (date.length) consider(zones_->instant(date.start) + date.length->days + date.length->time);
  }
  if (master_) consider(zones_->instant(master_->start));
  for (const auto& [key, part] : overrides_) {
    consider(part.zone.to_utc(part.start.local + part.length.local) + part.length.exact);
  }
  return latest + longest() + kOffsetMax;
}

std::vector<Series::Original> Series::originals(sys_seconds from, sys_seconds to) const {
  const local_seconds first = to_local(from) - kOffsetMax;
  const local_seconds last = to_local(to) + kOffsetMax;
  std::vector<Original> found;
  if (rules_.empty()) {
    found.push_back({.key = key_of(master_->start), .local = master_->start.local});
  }
  for (const Rule& rule : rules_) collect(rule, first, last, found);
  for (const Period& date : dates_) {
    Original original{.key = key_of(date.start), .local = wall_of(date.start)};
    if (date.length) original.length = Length{date.length->days, date.length->time};
    if (date.end) {
      original.length = Length{.exact = zones_->instant(*date.end) - zones_->instant(date.start)};
    }
    found.push_back(original);
  }
  std::vector<Original> left_out;
  for (const Rule& rule : exclusions_) collect(rule, first, last, left_out);
  std::set<Key> away;
  for (const Original& original : left_out) away.insert(original.key);
  std::erase_if(found, [&](const Original& original) {
    return original.local < first || original.local > last || away.contains(original.key) ||
           excluded(original.key);
  });
  std::ranges::stable_sort(found, {}, &Original::key);
  const auto same = std::ranges::unique(found, {}, &Original::key);
  found.erase(same.begin(), same.end());
  return found;
}

void Series::collect(const Rule& rule, local_seconds from, local_seconds to,
                     std::vector<Original>& out) const {
  Recurrence recurrence(rule, master_->start.local, all_day());
  recurrence.skip_to(from);
  std::size_t count = 0;
  while (const std::optional<local_seconds> next = recurrence.next(to)) {
    if (ended(rule, *next)) return;
    if (*next < from) continue;
    if (++count > kOccurrencesMax) {
      throw mcp::ToolError("an event has more than " + std::to_string(kOccurrencesMax) +
                           " occurrences in this time; ask for a shorter one");
    }
    Moment moment = master_->start;
    moment.local = *next;
    out.push_back({.key = key_of(moment), .local = *next});
  }
}

bool Series::ended(const Rule& rule, local_seconds local) const {
  if (!rule.until) return false;
  const Moment& until = *rule.until;
  if (all_day()) return day_of(local) > day_of(until.local);
  if (until.kind == Moment::Kind::Utc) {
    return master_->zone.to_utc(local) > sys_seconds(until.local.time_since_epoch());
  }
  return local > until.local;
}

bool Series::excluded(Key key) const {
  if (excluded_.contains(key)) return true;
  if (excluded_days_.empty()) return false;
  return excluded_days_.contains(day_of(all_day() ? to_local(key) : zone().to_local(key)));
}

}  // namespace icalendar
