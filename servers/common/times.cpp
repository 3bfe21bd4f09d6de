#include "servers/common/times.hpp"

#include <array>
#include <utility>
#include <variant>

#include "protocol/mcp/handler.hpp"
#include "schemas/common/when_names.hpp"
#include "servers/common/times_resolve.hpp"

namespace common {

using namespace std::chrono;
using words::Extent;
using words::Side;
using words::Unit;

namespace {

/// "22:00" to "01:00" ends on the next day; "15:00" to "14:00" is a mistake.
constexpr hours kOverMidnightMax{12};
constexpr std::int64_t kDurationMinutes = 60;

Understood::Kind kind_of(const Extent& extent) {
  using Kind = Understood::Kind;
  if (extent.due) return Kind::Instant;
  if (extent.open == Side::By) return Kind::Interval;
  if (!extent.open) return extent.stretch ? Kind::Interval : Kind::Instant;
  return *extent.open == Side::Until || *extent.open == Side::Before ? Kind::OpenBefore
                                                                     : Kind::OpenAfter;
}

/// Where an open range begins or ends; where any other begins.
sys_seconds edge_of(const Extent& extent) {
  if (extent.due) return *extent.usual;
  const bool at_end = extent.open == Side::After || extent.open == Side::Until;
  return at_end ? extent.end : extent.begin;
}

/// What an argument means, seen from its anchor.
class Reading final {
 public:
  /// `times` and `when` outlive it.
  Reading(const Times& times, const When& when, const Asked& asked)
      : times_(times), when_(when), pointer_(asked.pointer) {
    const sys_seconds now = times.now().at;
    words::Resolver resolver({.now = now,
                              .from = asked.anchor ? times.begin_of(*asked.anchor) : now,
                              .anchored = asked.anchor.has_value(),
                              .toward = asked.toward,
                              .zone = &times.zone()});
    const auto meaning = resolver.resolve(when.tree());
    if (const auto* unclear = std::get_if<words::Unclear>(&meaning)) reject(unclear->why);
    extent_ = std::get<Extent>(meaning);
  }

  const Extent& extent() const { return extent_; }
  Time instant(sys_seconds at) const { return times_.zone().at(at); }
  Time date(sys_seconds at) const {
    return whole_day(year_month_day{floor<days>(times_.zone().to_local(at))});
  }
  /// The last day of it.
  Time last_date() const { return date(extent_.end - seconds{1}); }

  [[noreturn]] void reject(const std::string& why) const {
    throw mcp::ToolError(std::string(pointer_) + ": \"" + when_.text() + "\" is unclear: " + why);
  }
  void must_be_closed() const {
    if (extent_.open) reject("it is open on one side; give one time, such as \"fri 15:00\"");
  }
  /// Refuses several days, unless one of them is meant.
  void must_be_one_day() const {
    if (extent_.timed || extent_.usual || date(extent_.begin) == last_date()) return;
    reject("it is " + Times::spoken(date(extent_.begin)) + " to " + Times::spoken(last_date()) +
           ": name the day");
  }

  bool says_its_end() const { return extent_.timed && extent_.stretch && !extent_.usual; }
  bool begins_open() const {
    return extent_.open && *extent_.open != Side::Until && *extent_.open != Side::Before &&
           *extent_.open != Side::By;
  }

  Span whole_days() const;
  Span span_to(const When& end, std::string_view pointer) const;
  Range range() const;
  /// Where something ends that lasts until this.
  sys_seconds upper_bound() const {
    return extent_.open == Side::Before ? extent_.begin : extent_.end;
  }

 private:
  const Times& times_;
  const When& when_;
  std::string_view pointer_;
  Extent extent_{};
};

/// A day, or the days that were said as from-to; a week or more is too vague for an event.
Span Reading::whole_days() const {
  if (!extent_.stretch) must_be_one_day();
  if (!extent_.usual) return {date(extent_.begin), date(extent_.end), true};
  return {date(*extent_.usual), date(extent_.end), true};
}

Span Reading::span_to(const When& end, std::string_view pointer) const {
  must_be_one_day();
  const Time start = extent_.timed ? instant(extent_.one()) : date(extent_.one());
  const Reading to(times_, end, {.pointer = pointer, .anchor = start});
  if (says_its_end()) to.reject("the start, \"" + when_.text() + "\", already says when it ends");
  if (to.begins_open()) to.reject("it says when something begins");
  const Extent& last = to.extent_;
  if (!extent_.timed && last.timed) {
    to.reject(
        "the start is a whole day and the end has a time of day; give both a time, or neither");
  }
  sys_seconds finish = to.upper_bound();
  const sys_seconds begin = times_.begin_of(start);
  const bool same_day = last.timed && date(finish) == date(begin);
  if (finish <= begin && same_day && finish + days{1} - begin <= kOverMidnightMax) {
    finish = times_.zone().to_utc(times_.zone().to_local(finish) + days{1});
  }
  if (finish <= begin) {
    to.reject("it is " + Times::spoken(instant(finish)) + ", not after the start, " +
              Times::spoken(instant(begin)));
  }
  if (extent_.timed) return {start, instant(finish), false};
  return {start, date(finish), true};
}

Range Reading::range() const {
  if (!extent_.open) {
    Range range{.from = extent_.filter_from.value_or(extent_.begin)};
    if (!extent_.empty()) range.to = extent_.end;
    return range;
  }
  if (!begins_open()) return {.from = extent_.filter_from, .to = upper_bound()};
  return {.from = edge_of(extent_)};
}

/// "The deadline was midnight": what is told of the past is looked for there.
bool tells_of_the_past(std::string_view before) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t last = before.find_last_not_of(kBlanks);
  if (last == std::string_view::npos) return false;
  before = before.substr(0, last + 1);
  const std::size_t blank = before.find_last_of(kBlanks);
  const std::string_view word = blank == std::string_view::npos ? before : before.substr(blank + 1);
  return word == "was" || word == "were";
}

}  // namespace

Time Times::now() const {
  return zone_.at(clock_.now());
}

Time Times::today() const {
  return whole_day(year_month_day{floor<days>(zone_.to_local(clock_.now()))});
}

sys_seconds Times::begin_of(const Time& time) const {
  return time.date ? zone_.to_utc(time.local()) : time.at;
}

std::string Times::spoken(const Time& time) {
  const std::string_view name = words::weekday_name(weekday_of(time));
  return std::string(name.substr(0, 3)) + " " + to_string(time);
}

Time Times::point(const When& when, const Asked& asked) const {
  const Reading reading(*this, when, asked);
  reading.must_be_closed();
  reading.must_be_one_day();
  const Extent& extent = reading.extent();
  return extent.timed ? reading.instant(extent.one()) : reading.date(extent.one());
}

Span Times::span(const When& start, const std::optional<When>& end,
                 std::optional<std::int64_t> duration_minutes, const AskedBoth& asked) const {
  const Asked about_start{.pointer = asked.start, .anchor = asked.anchor, .toward = asked.toward};
  const Reading from(*this, start, about_start);
  from.must_be_closed();
  if (end) return from.span_to(*end, asked.end);
  const Extent& extent = from.extent();
  if (!extent.timed) return from.whole_days();
  if (from.says_its_end()) return {from.instant(extent.begin), from.instant(extent.end)};
  const minutes length{duration_minutes.value_or(kDurationMinutes)};
  return {from.instant(extent.one()), from.instant(extent.one() + length)};
}

Range Times::range(const std::optional<When>& start, const std::optional<When>& end,
                   const AskedBoth& asked) const {
  Range range;
  std::optional<Time> anchor = asked.anchor;
  if (start) {
    const Reading from(*this, *start,
                       {.pointer = asked.start, .anchor = anchor, .toward = asked.toward});
    range = from.range();
    if (end && range.from) {
      range.to.reset();
      anchor = zone_.at(*range.from);
    }
  }
  if (!end) return range;
  const Reading to(*this, *end, {.pointer = asked.end, .anchor = anchor, .toward = asked.toward});
  if (to.begins_open()) to.reject("it says when something begins");
  range.to = to.upper_bound();
  if (range.from && *range.to < *range.from) {
    to.reject("it is " + spoken(zone_.at(*range.to)) + ", before the start, " +
              spoken(zone_.at(*range.from)));
  }
  return range;
}

Repeat Times::settled(const Repeat& repeat, const Asked& asked) const {
  if (repeat.until.empty()) return repeat;
  When until;
  if (const auto expected = parse(repeat.until, until)) {
    throw mcp::ToolError(std::string(asked.pointer) + ": until: " + *expected);
  }
  const Reading reading(*this, until, asked);
  if (reading.begins_open()) reading.reject("it says when something begins");
  const Time last =
      reading.extent().timed ? reading.date(reading.upper_bound()) : reading.last_date();
  std::string day = to_string(last);
  std::erase(day, '-');
  Repeat settled = repeat;
  settled.until.clear();
  settled.rrule += ";UNTIL=" + day;
  return settled;
}

Understood Times::understand(std::string_view text) const {
  const std::optional<FoundWhen> found = find_when(text);
  if (!found) {
    When when;
    const auto expected = parse(text, when);
    return {.problem = expected.value_or("\"" + std::string(text) +
                                         "\" alone may be anything: write \"in " +
                                         std::string(text) + "\", or name the day")};
  }
  Understood understood{.match = found->when.text(),
                        .match_begin = found->begin,
                        .match_end = found->end,
                        .problem = found->doubt};
  const sys_seconds now = clock_.now();
  const bool past = tells_of_the_past(text.substr(0, found->begin));
  words::Resolver resolver({.now = now,
                            .from = now,
                            .toward = past ? Toward::Past : Toward::Future,
                            .lenient = true,
                            .zone = &zone_});
  const auto meaning = resolver.resolve(found->when.tree());
  if (understood.problem.empty()) understood.problem = resolver.doubt();
  if (const auto* unclear = std::get_if<words::Unclear>(&meaning)) {
    understood.problem = unclear->why;
    return understood;
  }
  show(std::get<Extent>(meaning), understood);
  return understood;
}

void Times::show(const words::Extent& extent, Understood& understood) const {
  const auto shown = [&](sys_seconds at) {
    if (extent.timed) return zone_.at(at);
    return whole_day(year_month_day{floor<days>(zone_.to_local(at))});
  };
  understood.kind = kind_of(extent);
  understood.has_time = extent.timed;
  understood.start = shown(edge_of(extent));
  if (extent.hour) {
    understood.start = zone_.at(*extent.hour);
    understood.has_time = true;
  }
  if (understood.kind == Understood::Kind::Interval) understood.end = shown(extent.end);
  if (extent.open == Side::By) {  // from now until then
    understood.start = now();
    understood.end = zone_.at(extent.empty() ? extent.begin : extent.end);
    understood.has_time = true;
  }
}

}  // namespace common
