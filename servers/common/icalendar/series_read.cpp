/// How VEVENTs become a Series.
#include <algorithm>
#include <charconv>
#include <utility>

#include "protocol/mcp/handler.hpp"
#include "servers/common/icalendar/recurrence.hpp"
#include "servers/common/icalendar/series.hpp"

namespace icalendar {
namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::local_seconds;
using std::chrono::seconds;
using std::chrono::sys_seconds;

local_days day_of(local_seconds local) {
  return std::chrono::floor<days>(local);
}

std::int64_t sequence_of(const Component& event) {
  const Line* line = event.find("SEQUENCE");
  std::int64_t sequence = 0;
  if (line != nullptr) {
    const std::string_view value = line->value();
    std::from_chars(value.data(), value.data() + value.size(), sequence);
  }
  return sequence;
}

/// An empty value counts as none.
std::vector<const Line*> find_values(const Component& event, std::string_view property) {
  std::vector<const Line*> lines = event.find_all(property);
  std::erase_if(lines, [](const Line* line) {
    return line->value().find_first_not_of(' ') == std::string_view::npos;
  });
  return lines;
}

bool is_cancelled(const Component& event) {
  const Line* line = event.find("STATUS");
  return line != nullptr && to_upper(line->value()) == "CANCELLED";
}

}  // namespace

Series::Series(Component calendar, std::shared_ptr<const ZoneBook> zones)
    : calendar_(std::move(calendar)), zones_(std::move(zones)) {
  std::vector<Part> changed;
  for (std::size_t i = 0; i < calendar_.parts.size(); ++i) {
    if (calendar_.parts[i].name != "VEVENT") continue;
    Part part = read_part(i);
    if (part.recurrence) {
      changed.push_back(std::move(part));
    } else if (!master_ || part.sequence >= master_->sequence) {
      master_ = std::move(part);
    }
  }
  if (!master_ && changed.empty()) throw mcp::ToolError("the calendar has no VEVENT");
  if (master_) read_repetition(calendar_.parts[master_->index]);
  repeats_ = !rules_.empty() || !dates_.empty() || !changed.empty();
  for (Part& part : changed) add_override(std::move(part));
}

Series::Part Series::read_part(std::size_t index) const {
  const Component& event = calendar_.parts[index];
  const Line* start = event.find("DTSTART");
  if (start == nullptr) {
    throw mcp::ToolError("line " + std::to_string(event.number) + ": the event has no DTSTART");
  }
  const Moment moment = read_moment(*start);
  Part part{.index = index, .start = moment, .zone = zones_->zone_of(moment)};
  part.length = read_length(event, moment, part.zone);
  part.sequence = sequence_of(event);
  part.cancelled = is_cancelled(event);
  if (const Line* recurrence = event.find("RECURRENCE-ID")) {
    part.recurrence = read_moment(*recurrence);
    part.following = to_upper(read_parameter(*recurrence, "RANGE")) == "THISANDFUTURE";
  }
  return part;
}

Series::Length Series::read_length(const Component& event, const Moment& start,
                                   const common::Zone& zone) const {
  const bool whole_days = start.kind == Moment::Kind::Date;
  if (const Line* end = event.find("DTEND")) {
    const Moment moment = read_moment(*end);
    if (whole_days) return {.local = day_of(moment.local) - day_of(start.local)};
    if (moment.kind == Moment::Kind::Date) {
      return {.local = std::max<seconds>(moment.local - start.local, seconds(0))};
    }
    return {.exact =
                std::max<seconds>(zones_->instant(moment) - zone.to_utc(start.local), seconds(0))};
  }
  if (const Line* length = event.find("DURATION")) {
    const Duration duration = read_duration(*length);
    if (whole_days) return {.local = duration.days + std::chrono::floor<days>(duration.time)};
    return {.local = duration.days, .exact = duration.time};
  }
  return {.local = whole_days ? days(1) : days(0)};
}

void Series::read_repetition(const Component& event) {
  for (const Line* line : find_values(event, "RRULE")) {
    rules_.push_back(read_rule(*line));
    if (all_day() && rules_.back().frequency > Frequency::Daily) {
      refuse(*line, "an event of whole days cannot repeat within a day");
    }
    check_density(rules_.back());
  }
  for (const Line* line : find_values(event, "EXRULE")) exclusions_.push_back(read_rule(*line));
  for (const Line* line : find_values(event, "RDATE")) {
    for (const Period& date : read_periods(*line)) {
      zones_->instant(date.start);  // Unknown zones are refused here, not when somebody looks.
      if (date.end) zones_->instant(*date.end);
      dates_.push_back(date);
    }
  }
  for (const Line* line : find_values(event, "EXDATE")) {
    for (const Moment& moment : read_moments(*line)) {
      if (moment.kind == Moment::Kind::Date) excluded_days_.insert(day_of(moment.local));
      excluded_.insert(key_of(moment));
    }
  }
}

void Series::check_density(const Rule& rule) const {
  if (rule.frequency <= Frequency::Daily && rule.hours.size() * rule.minutes.size() == 0) return;
  Recurrence recurrence(rule, master_->start.local, all_day());
  std::optional<local_seconds> first;
  for (std::size_t count = 0; count <= kPerDayMax; ++count) {
    const local_seconds last = first ? *first + days(1) : master_->start.local + days(366);
    const std::optional<local_seconds> next = recurrence.next(last);
    if (!next) return;
    if (!first) first = next;
  }
  throw mcp::ToolError("an event that repeats more than " + std::to_string(kPerDayMax) +
                       " times a day is not kept");
}

void Series::add_override(Part part) {
  const Key key = key_of(*part.recurrence);
  const auto known = overrides_.find(key);
  if (known != overrides_.end() && known->second.sequence > part.sequence) return;
  if (is_outdated(part)) return;
  if (part.following) following_.insert_or_assign(key, part);
  overrides_.insert_or_assign(key, std::move(part));
}

/// Of an earlier version of the rule, which gave an occurrence that the present one does not.
bool Series::is_outdated(const Part& part) const {
  if (!master_ || part.sequence >= master_->sequence) return false;
  const Key key = key_of(*part.recurrence);
  const std::vector<Original> near = originals(key - days(1), key + days(1));
  return std::ranges::none_of(near, [&](const Original& at) { return at.key == key; });
}

bool Series::all_day() const {
  return start().kind == Moment::Kind::Date;
}

Moment Series::start() const {
  return master_ ? master_->start : overrides_.begin()->second.start;
}

std::int64_t Series::sequence() const {
  return master_ ? master_->sequence : overrides_.begin()->second.sequence;
}

const common::Zone& Series::zone() const {
  return master_ ? master_->zone : overrides_.begin()->second.zone;
}

Occurrence Series::extent() const {
  if (!master_) {
    const auto& [key, changed] = *overrides_.begin();
    return make(changed, changed.start.local, changed.length, key);
  }
  return make(*master_, master_->start.local, master_->length, key_of(master_->start));
}

std::size_t Series::master_part() const {
  return master_ ? master_->index : overrides_.begin()->second.index;
}

/// The moment as a wall time of the series.
local_seconds Series::wall_of(const Moment& moment) const {
  if (!master_ || moment.kind == master_->start.kind || moment.kind == Moment::Kind::Floating) {
    const bool elsewhere =
        master_ && moment.kind == Moment::Kind::Zoned && moment.tzid != master_->start.tzid;
    return elsewhere ? master_->zone.to_local(zones_->instant(moment)) : moment.local;
  }
  if (all_day()) return day_of(moment.local);
  if (moment.kind == Moment::Kind::Date) {
    return moment.local + (master_->start.local - day_of(master_->start.local));
  }
  return master_->zone.to_local(zones_->instant(moment));
}

Series::Key Series::key_of(const Moment& moment) const {
  if (!master_) {
    return moment.kind == Moment::Kind::Date ? Key(moment.local.time_since_epoch())
                                             : zones_->instant(moment);
  }
  const local_seconds wall = wall_of(moment);
  return all_day() ? Key(day_of(wall).time_since_epoch()) : master_->zone.to_utc(wall);
}

std::string Series::text_of(Key key) const {
  Moment moment{.local = local_seconds(key.time_since_epoch()), .kind = Moment::Kind::Utc};
  const Moment first = start();
  if (first.kind == Moment::Kind::Date) {
    moment.kind = Moment::Kind::Date;
  } else if (first.kind == Moment::Kind::Floating) {
    moment = {.local = zone().to_local(key), .kind = Moment::Kind::Floating};
  }
  const std::string line = moment_line("", moment).text;
  return line.substr(line.rfind(':') + 1);
}

}  // namespace icalendar
