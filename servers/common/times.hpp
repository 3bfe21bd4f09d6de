#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "schemas/common/repeat.hpp"
#include "schemas/common/time.hpp"
#include "schemas/common/when.hpp"
#include "servers/common/clock.hpp"
#include "servers/common/icalendar/zones.hpp"

/// Words of time become instants. How they are read:
///
/// - A weekday alone is the next one and never today, for today has a name of its own; with a time
/// of
///   day it is today while that time is still to come. "this friday" is today or later, "next
///   friday" the one of next week (weeks begin on Monday), "last friday" the latest before today.
/// - A day of the month, a month, a date without year: today (this month) or the next one.
/// - A time of day alone is today, or tomorrow where it has passed. "at 3" is 15:00, "at 8" is
/// 08:00:
///   from 1 to 6 o'clock in the afternoon, else in the morning, unless other words say so.
/// - Toward::Past turns all of that around: for what happened, not what will.
/// - "in 3 days" is that whole day; "in 3 hours" an instant. "last 7 days" begins at midnight and
///   ends now; "next 7 days" are the seven after today, and as a filter begin now.
/// - "since" looks back; "until friday" includes Friday, "before friday" does not; "after friday"
///   begins on Saturday.
/// - "end of month" and its like are the last third of the period as a range, and its last day as a
///   point; a part of the day ("morning") is a range, and as a point its usual hour (09:00, 12:00,
///   14:00, 18:00, 20:00).
/// - Local times that a change of offset repeats or skips are read by RFC 5545 (Zone::to_utc).
/// Hours
///   and minutes are added on the time line, days and more on the calendar.
namespace common {

namespace words {
struct Extent;
}  // namespace words

enum class Toward : std::uint8_t { Future, Past };

/// When an event is. All-day: both are dates, and `end` is the day after the last.
struct Span {
  Time start{};
  Time end{};
  bool all_day{};
};

/// From the first instant (inclusive) to the last (exclusive); absent is open.
struct Range {
  std::optional<std::chrono::sys_seconds> from{};
  std::optional<std::chrono::sys_seconds> to{};

  bool holds(std::chrono::sys_seconds at) const {
    return (!from || at >= *from) && (!to || at < *to);
  }
};

/// What a `When` argument depends on.
struct Asked {
  std::string_view pointer{"/start"};  ///< Of the argument, for complaints.
  std::optional<Time> anchor{};  ///< What incomplete words are understood from, instead of now.
  Toward toward{Toward::Future};
};

/// The same for the two arguments of a span or range.
struct AskedBoth {
  std::string_view start{"/start"};
  std::string_view end{"/end"};
  std::optional<Time> anchor{};  ///< For `start`; `end` is understood from `start`.
  Toward toward{Toward::Future};
};

/// What the words of a sentence say about time, for people and tests.
struct Understood {
  enum class Kind : std::uint8_t { None, Instant, Interval, OpenAfter, OpenBefore };
  Kind kind{};
  std::optional<Time> start{};  ///< Of an open one, its only end.
  std::optional<Time> end{};    ///< Of an interval, exclusive.
  bool has_time{};              ///< A time of day was said; else only the dates count.
  std::string match{};          ///< The words that were read.
  std::size_t match_begin{};    ///< Their bytes in the text.
  std::size_t match_end{};
  std::string problem{};  ///< Why they could not be resolved; then kind is None.
};

/// Resolves words of time against a clock and a zone. Immutable: threads may share one. Throws
/// mcp::ToolError that begins with the argument's pointer and says what the words could mean.
class Times final {
 public:
  /// The clock outlives it.
  Times(const Clock& clock, Zone zone) : clock_(clock), zone_(std::move(zone)) {}

  Time now() const;
  Time today() const;
  const Zone& zone() const { return zone_; }
  /// The same clock, read in another zone.
  Times in(Zone zone) const { return Times(clock_, std::move(zone)); }

  /// The time of an event. A day alone makes it all-day (and `duration_minutes` is not asked); a
  /// day to a day is all-day through the last; else `end`, else the duration after the start.
  Span span(const When& start, const std::optional<When>& end,
            std::optional<std::int64_t> duration_minutes, const AskedBoth& asked = {}) const;

  /// A filter. A day or period given as `start` alone is the whole of it; an instant alone is open.
  Range range(const std::optional<When>& start, const std::optional<When>& end,
              const AskedBoth& asked = {}) const;

  /// One time: an instant, or a date where no time of day was said.
  Time point(const When& when, const Asked& asked = {}) const;

  /// The first instant of a Time: itself, or midnight of the date in this zone.
  std::chrono::sys_seconds begin_of(const Time& time) const;
  /// "Fri 2026-03-13T15:00:00+01:00": as complaints and summaries name a time.
  static std::string spoken(const Time& time);

  /// The repeat with its last day dated: an `until` in words becomes UNTIL, understood from the
  /// anchor (the first time, where there is one) and inclusive. Others come back as they are.
  Repeat settled(const Repeat& repeat, const Asked& asked = {.pointer = "/repeat"}) const;

  /// Reads the first date in a text, which may be a whole sentence. To take a date out of a
  /// sentence and resolve it as an argument, use find_when (schemas/common/when.hpp), then point()
  /// or span().
  Understood understand(std::string_view text) const;

 private:
  void show(const words::Extent& extent, Understood& understood) const;

  const Clock& clock_;
  Zone zone_;
};

}  // namespace common
