#pragma once

#include <optional>

#include "schemas/common/when_tree.hpp"

namespace common::words {

/// One point in time as far as its words say: constraints that hold together, each said at most
/// once, in whatever order. Two moments side by side are one, if nothing in them contradicts
/// (`joined`); `tree_of` makes of it what can be resolved.
struct Moment {
  std::optional<Date> date{};  ///< The calendar fields, merged.
  Tree day{};                  ///< Any other kind of day or period; beside `date`, what holds it.
  std::optional<ClockTime> clock{};
  std::optional<Part> part{};
  std::optional<Place> place{};
  std::optional<int> number{};  ///< "9", an end of a range, of which the other end says what it is.

  bool has_day() const { return date.has_value() || day != nullptr; }
  bool has_time() const { return clock.has_value() || part.has_value(); }
};

/// Both ends of a range, before they are told what the other one says: "3-4pm", "10 - 22 August".
struct Range {
  Moment from{};
  Moment to{};
};

/// The two as one; nothing where both say something of the same kind, or what cannot go together.
std::optional<Moment> joined(const Moment& left, const Moment& right);
/// What is said beside a range holds for both ends: "9 to 10 on friday".
std::optional<Range> joined(const Range& range, const Moment& beside);

/// The range, if its ends can be told what they are. Two bare numbers can, as times of day, once a
/// day is joined: `beside`.
std::optional<Range> range_of(Moment from, Moment to);

/// False for a day that no calendar has: 30 February.
bool exists(const Date& date);
/// The date is nothing but a weekday, month or year.
bool only_weekday(const Date& date);
bool only_month(const Date& date);
bool only_year(const Date& date);
/// A day node that is one day, rather than a longer period or an instant.
bool is_one_day(const Tree& day);

/// "9 o'clock", of which nobody said whether it is before noon.
ClockTime o_clock(int hour, int minute = 0);
/// With the part of the day that was said beside it: "8" in the evening is 20:00.
ClockTime settled(ClockTime clock, Part part);

Tree tree_of(const Moment& moment);
/// Null if its ends cannot be dated.
Tree tree_of(const Range& range);
/// A range of two bare numbers, of which nothing says what they are: two hours, or where they
/// cannot be, a month and a day. Null if neither.
Tree tree_of_numbers(const Range& range);

}  // namespace common::words
