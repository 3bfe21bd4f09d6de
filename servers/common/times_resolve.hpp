#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>

#include "schemas/common/when_tree.hpp"
#include "servers/common/icalendar/zones.hpp"
#include "servers/common/times.hpp"
#include "servers/common/times_days.hpp"

namespace common::words {

/// What a tree means: a stretch of the time line, empty for an instant.
struct Extent {
  std::chrono::sys_seconds begin{};
  std::chrono::sys_seconds end{};
  bool timed{};          ///< A time of day was said; else the days count.
  bool stretch{};        ///< Said as from-to rather than as one unit.
  Unit unit{Unit::Day};  ///< The size of what was said.
  std::optional<std::chrono::sys_seconds> usual{};  ///< As one time, where it is not `begin`.
  std::optional<Side> open{};
  bool due{};  ///< "within 2 hours": of the stretch only the end was meant.
  /// "in 3 days" or "2 weeks ago", said of a day, is also about this time of that day: its hour.
  std::optional<std::chrono::sys_seconds> hour{};
  /// "next 7 days" are the seven after today, but a filter by them also takes what is left of
  /// today.
  std::optional<std::chrono::sys_seconds> filter_from{};

  bool empty() const { return begin == end; }
  std::chrono::sys_seconds one() const { return usual.value_or(begin); }
};

/// From where words are understood.
struct View {
  std::chrono::sys_seconds now{};
  std::chrono::sys_seconds from{};  ///< Where incomplete words are looked for: now, or the anchor.
  bool anchored{};                  ///< `from` is not now: its own day counts, and comes first.
  Toward toward{Toward::Future};
  /// A weekday that contradicts its date is passed over, which the resolver's doubt() says, rather
  /// than refused.
  bool lenient{};
  const Zone* zone{};
  std::optional<Place> place{};  ///< Instead of the zone.
};

/// Why a tree has no meaning, as a sentence: "tomorrow is not a Friday".
struct Unclear {
  std::string why{};
};

/// Walks a tree. One object resolves one tree.
class Resolver final {
 public:
  explicit Resolver(View view) : view_(view) {}
  std::variant<Extent, Unclear> resolve(const Tree& tree);
  const std::string& doubt() const { return doubt_; }

 private:
  using Meaning = std::optional<Extent>;  ///< Nothing: why_ says why.

  Meaning meaning(const Tree& tree);
  Meaning of(const Now& node);
  Meaning of(const Anchor& node);
  Meaning of(const RelativeDay& node);
  Meaning of(const Date& node);
  Meaning of(const Holiday& node);
  Meaning of(const WeekNumber& node);
  Meaning of(const QuarterOf& node);
  Meaning of(const Season& node);
  Meaning of(const Weekend& node);
  Meaning of(const WeekendAt& node);
  Meaning of(const Cycle& node);
  Meaning of(const Turn& node);
  Meaning of(const SeasonTurn& node);
  Meaning of(const Nth& node);
  Meaning of(const NthFrom& node);
  Meaning of(const Closest& node);
  Meaning of(const HalfOf& node);
  Meaning of(const RestOf& node);
  Meaning of(const PartOf& node);
  Meaning of(const ThirdOf& node);
  Meaning of(const Around& node);
  Meaning of(const ClockTime& node);
  Meaning of(const DayPart& node);
  Meaning of(const On& node);
  Meaning of(const Shift& node);
  Meaning of(const Rolling& node);
  Meaning of(const Between& node);
  Meaning of(const Lasting& node);
  Meaning of(const Open& node);
  Meaning of(const AtPlace& node);

  std::chrono::sys_seconds utc(std::chrono::local_seconds local) const;
  std::chrono::local_seconds local(std::chrono::sys_seconds at) const;
  std::chrono::local_days day_of(std::chrono::sys_seconds at) const;
  Extent whole(const Days& days, Unit unit, bool stretch = false) const;
  Days days_of(const Extent& extent) const;
  Meaning unclear(std::string why);
  Meaning contradicted(const Days& days, Weekday weekday);

  std::optional<Days> pick(const Date& date, bool today_too) const;
  Meaning recurring(const Node& period, const std::optional<int>& year, Unit unit, bool stretch);
  Meaning holiday_on(std::size_t which, std::chrono::local_days day) const;
  Meaning nth_to_come(const Nth& node) const;
  Extent units_after_now(const Amount& by, bool only_last) const;
  std::optional<Days> next_match(const Node& of, std::chrono::local_days day, bool back) const;
  Meaning time_on(std::chrono::local_days day, const Tree& time);
  Meaning nearest_time(const Tree& time);
  std::chrono::sys_seconds clock_on(std::chrono::local_days day, const ClockTime& clock) const;
  std::chrono::sys_seconds shifted(std::chrono::sys_seconds at, const Duration& by,
                                   bool back) const;

  View view_;
  std::string why_{};
  std::string doubt_{};
};

}  // namespace common::words
