#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "servers/common/icalendar/content.hpp"
#include "servers/common/icalendar/rule.hpp"
#include "servers/common/icalendar/values.hpp"
#include "servers/common/icalendar/zone_book.hpp"

namespace icalendar {

constexpr std::size_t kOccurrencesMax = 100'000;  ///< Of one series in one call.
constexpr std::size_t kPerDayMax = 1'000;         ///< Denser rules are refused.

/// One time that an event takes place.
struct Occurrence {
  /// Which of its series, by the time it had at first: "20260316T080000Z", "20260316T090000" of a
  /// floating series, "20260316" of whole days. Empty for an event that does not repeat.
  std::string key{};
  std::chrono::sys_seconds start{};  ///< Of whole days: midnight in the floating zone.
  std::chrono::sys_seconds end{};    ///< Exclusive.
  bool all_day{};
  std::chrono::local_days first_day{};  ///< Of whole days.
  std::chrono::local_days end_day{};    ///< The day after the last.
  std::size_t part{};                   ///< Which VEVENT of Series::calendar() describes it.
  bool changed{};                       ///< That VEVENT is of this occurrence (RECURRENCE-ID).
};

/// An event: all VEVENTs of one UID, with what they say about repetition (RRULE, RDATE, EXDATE,
/// EXRULE, RECURRENCE-ID with RANGE). Immutable.
///
/// Decided where calendars in use differ from RFC 5545: a DTSTART that does not fit its RRULE is no
/// occurrence; an EXDATE or RECURRENCE-ID that is a date means that day of the series; an
/// occurrence changed by RECURRENCE-ID exists though the rule does not give it, unless EXDATE names
/// it; an end before the start counts as none; what is cancelled does not take place. Of VEVENTs
/// that stand for the same, the highest SEQUENCE counts, then the last.
class Series final {
 public:
  /// `calendar` is a VCALENDAR with the VEVENTs of one UID. Throws mcp::ToolError if what they mean
  /// cannot be known.
  Series(Component calendar, std::shared_ptr<const ZoneBook> zones);

  /// What takes place between the two instants, however short the overlap, earliest first. Throws
  /// mcp::ToolError above kOccurrencesMax.
  std::vector<Occurrence> expand(std::chrono::sys_seconds from, std::chrono::sys_seconds to) const;
  std::optional<Occurrence> find(std::string_view key) const;
  /// The earliest that takes place, if any.
  std::optional<Occurrence> first() const;

  /// Before which nothing begins, and after which nothing goes on (nothing: it goes on for ever).
  std::chrono::sys_seconds begins() const;
  std::optional<std::chrono::sys_seconds> ends() const;

  bool repeats() const { return repeats_; }
  const Component& calendar() const { return calendar_; }
  /// The VEVENT that describes the whole: the one without RECURRENCE-ID, if there is one.
  std::size_t master_part() const;
  /// The zone that the series keeps its local time in; of whole days and floating times, the
  /// floating one.
  const common::Zone& zone() const;
  Moment start() const;
  std::int64_t sequence() const;
  /// When master_part() itself begins and ends, cancelled or not.
  Occurrence extent() const;

 private:
  struct Length {
    std::chrono::seconds local{};  ///< Added to the wall time.
    std::chrono::seconds exact{};  ///< Added to the instant, after that.
  };
  /// One VEVENT, read.
  struct Part {
    std::size_t index{};
    Moment start{};
    common::Zone zone;
    Length length{};
    std::int64_t sequence{};
    bool cancelled{};
    std::optional<Moment> recurrence{};
    bool following{};  ///< RANGE=THISANDFUTURE
  };
  /// A start that the series has by itself, before overrides.
  struct Original {
    std::chrono::sys_seconds key{};
    std::chrono::local_seconds local{};
    std::optional<Length> length{};  ///< Of a PERIOD.
  };
  using Key = std::chrono::sys_seconds;

  Part read_part(std::size_t index) const;
  Length read_length(const Component& event, const Moment& start, const common::Zone& zone) const;
  void read_repetition(const Component& event);
  void check_density(const Rule& rule) const;
  void add_override(Part part);
  bool is_outdated(const Part& part) const;

  bool all_day() const;
  std::chrono::local_seconds wall_of(const Moment& moment) const;
  Key key_of(const Moment& moment) const;
  std::string text_of(Key key) const;
  bool excluded(Key key) const;
  bool ended(const Rule& rule, std::chrono::local_seconds local) const;
  void collect(const Rule& rule, std::chrono::local_seconds from, std::chrono::local_seconds to,
               std::vector<Original>& out) const;
  std::vector<Original> originals(std::chrono::sys_seconds from, std::chrono::sys_seconds to) const;
  std::chrono::seconds longest() const;
  Occurrence make(const Part& part, std::chrono::local_seconds start, const Length& length,
                  Key key) const;
  std::optional<Occurrence> occurrence_of(const Original& original) const;
  std::optional<Occurrence> occurrence_of(Key key, const Part& override) const;

  Component calendar_;
  std::shared_ptr<const ZoneBook> zones_;
  std::optional<Part> master_;
  std::map<Key, Part> overrides_;
  std::map<Key, Part> following_;  ///< Overrides that go on.
  std::vector<Rule> rules_;
  std::vector<Rule> exclusions_;
  std::vector<Period> dates_;
  std::set<Key> excluded_;
  std::set<std::chrono::local_days> excluded_days_;
  bool repeats_{};
};

}  // namespace icalendar
