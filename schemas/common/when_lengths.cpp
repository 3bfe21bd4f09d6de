#include "schemas/common/when_lengths.hpp"

namespace common::words {
namespace {

struct Smaller {
  Unit unit{};
  std::int64_t count{};
};

/// What a fraction of a unit is counted in. Half a month is two weeks; other parts of it are none.
std::optional<Smaller> smaller(Unit unit) {
  switch (unit) {
    case Unit::Minute:
      return Smaller{Unit::Second, 60};
    case Unit::Hour:
      return Smaller{Unit::Minute, 60};
    case Unit::Day:
      return Smaller{Unit::Hour, 24};
    case Unit::Week:
      return Smaller{Unit::Day, 7};
    case Unit::Quarter:
      return Smaller{Unit::Month, 3};
    case Unit::Year:
      return Smaller{Unit::Month, 12};
    case Unit::Decade:
      return Smaller{Unit::Year, 10};
    case Unit::Century:
      return Smaller{Unit::Year, 100};
    case Unit::Second:
    case Unit::Workday:
    case Unit::Month:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Duration> duration_of(const Quantity& count, Unit unit) {
  constexpr std::int64_t kSmallMax = kCountMax * 1000;  // "2867532 seconds from now"
  const std::int64_t most = unit < Unit::Hour ? kSmallMax : kCountMax;
  if (count.numerator < 0 || count.numerator / count.denominator > most) return std::nullopt;
  const std::int64_t whole = count.numerator / count.denominator;
  const std::int64_t rest = count.numerator % count.denominator;
  if (rest == 0) return Duration{{.count = whole, .unit = unit}};
  const std::optional<Smaller> part = smaller(unit);
  if (!part) return std::nullopt;
  Duration by;
  if (whole != 0) by.push_back({.count = whole, .unit = unit});
  by.push_back({.count = rest * part->count / count.denominator, .unit = part->unit});
  return by;
}

}  // namespace common::words
