#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "schemas/common/time.hpp"

/// What the words of a date say, as a tree of small nodes. Nothing here knows what time it is.
namespace common::words {

/// `Workday` is a day from Monday to Friday; public holidays are not known here.
enum class Unit : std::uint8_t {
  Second,
  Minute,
  Hour,
  Day,
  Workday,
  Week,
  Month,
  Quarter,
  Year,
  Decade,
  Century
};

struct Amount {
  std::int64_t count{};
  Unit unit{};
};
/// "1 day 2 hours": the sum of its amounts. Never empty in a tree.
using Duration = std::vector<Amount>;

/// A part of a day, from the first to the last. `Late...` and `Early...` are the last and first
/// hours of it.
enum class Part : std::uint8_t {
  Morning,
  EarlyMorning,
  MidMorning,
  LateMorning,
  Dawn,
  Breakfast,
  Brunch,
  Lunch,
  AfterLunch,
  Afternoon,
  MidAfternoon,
  LateAfternoon,
  Tea,
  AfterWork,
  Dusk,
  Evening,
  Dinner,
  Night,
  LateNight
};
enum class Which : std::uint8_t { This, Next, Last };
/// `Since` looks back ("since monday"), `From` ahead ("from monday on"); `By` begins now.
enum class Side : std::uint8_t { Since, From, After, Until, Before, By };
enum class Third : std::uint8_t { Start, Middle, End };

struct Node;
using Tree = std::shared_ptr<const Node>;

/// "now": the instant.
struct Now {};
/// What "later" counts from: the start of the same call, or now.
struct Anchor {};
/// "today" 0, "tomorrow" 1, "yesterday" -1.
struct RelativeDay {
  int days{};
};
/// Any part of a calendar date: "friday", "the 3rd", "16 March", "March 2026", "2026".
struct Date {
  std::optional<int> year{};
  std::optional<int> month{};
  std::optional<int> day{};
  std::optional<Weekday> weekday{};
};
/// A holiday, by its place in when_holidays; of that year, or the next one.
struct Holiday {
  std::size_t which{};
  std::optional<int> year{};
};
/// A week by its ISO 8601 number.
struct WeekNumber {
  int number{};
  std::optional<int> year{};
};
/// "Q3", with a year or not.
struct QuarterOf {
  int number{};
  std::optional<int> year{};
};
/// 0 spring (from 20 March), 1 summer (21 June), 2 autumn (23 September), 3 winter (21 December),
/// of the northern half; named by the year it begins in.
struct Season {
  int number{};
  std::optional<int> year{};
};
struct Weekend {};
/// The weekend at a day: "labor day weekend", from the holiday on or through it, or "the weekend of
/// the 21st", the nearest.
struct WeekendAt {
  Tree of{};
};
/// "this week" 0, "next month" 1, "last year" -1: one whole unit, weeks from Monday.
struct Cycle {
  Unit unit{};
  int skip{};
};
/// "next friday", "last summer", "this weekend".
struct Turn {
  Which which{};
  Tree of{};
};
/// "next season": the season that comes so many after the present one.
struct SeasonTurn {
  int skip{};
};
/// The nth of something inside a period: "first monday of april", "last day of 2026"; -1 is the
/// last. `of` is a Date, a Holiday, a Weekend, or a Cycle that stands for its unit.
struct Nth {
  int n{};
  Tree of{};
  Tree within{};
  bool comes_again{};  ///< "the third tuesday": of this month, or of the next one.
};
/// The nth of something after or before a time: "first tuesday after easter", "3 fridays ago".
struct NthFrom {
  int n{};
  bool back{};
  Tree of{};
  Tree from{};
};
/// "the monday closest to 5 October", and with n = 2 the second closest.
struct Closest {
  int n{};
  Tree of{};
  Tree to{};
};
/// "the first half of 2026": half is 1 or 2.
struct HalfOf {
  int half{};
  Tree of{};
};
/// "the rest of the week", "later today": from now to its end. `passed`: "earlier today", from its
/// begin to now.
struct RestOf {
  Tree of{};
  bool passed{};
};
/// "the first two weeks of april", "the last 3 days of march".
struct PartOf {
  Duration length{};
  bool last{};
  Tree of{};
};
/// "end of month", "mid March".
struct ThirdOf {
  Third third{};
  Tree of{};
};
/// "the week of 6 October": the unit that holds it.
struct Around {
  Unit unit{};
  Tree of{};
};
/// A time of day. `open`: from 1 to 12 o'clock, and neither am nor pm was said.
struct ClockTime {
  int hour{};
  int minute{};
  int second{};
  bool open{};
};
struct DayPart {
  Part part{};
};
/// A ClockTime or DayPart on a day; or Now, for the time of day that it is.
struct On {
  Tree day{};
  Tree time{};
};
/// "in 2 hours", "2 days ago", "a week after 3 May".
struct Shift {
  Duration by{};
  bool back{};
  Tree from{};
};
/// "the last 7 days", "next 2 hours": up to now, or the units after the present one. `due`: "within
/// 2 hours", of which the end is what counts.
struct Rolling {
  Duration by{};
  bool back{};
  bool due{};
  bool only_last{};  ///< "two upcoming months": the second month from now.
};
/// "X to Y". `to` is understood from `from`, and counts to its own end.
struct Between {
  Tree from{};
  Tree to{};
};
/// "4pm for 30 minutes".
struct Lasting {
  Tree from{};
  Duration by{};
};
/// Open on one side: "since monday", "until friday". `within`: "tomorrow before 4pm", of which the
/// day is the other side.
struct Open {
  Side side{};
  Tree of{};
  Tree within{};
};
/// Another zone's clock: an offset, or the IANA name of a zone that changes it ("Eastern time").
struct Place {
  std::chrono::seconds offset{};
  std::string_view iana{};  ///< Of a constant; empty: `offset` counts.
};
/// A time told in another zone's clock: "3pm UTC", RFC 3339 with an offset.
struct AtPlace {
  Tree of{};
  Place place{};
};

struct Node {
  std::variant<Now, Anchor, RelativeDay, Date, Holiday, WeekNumber, QuarterOf, Season, Weekend,
               WeekendAt, Cycle, Turn, SeasonTurn, Nth, NthFrom, Closest, HalfOf, RestOf, PartOf,
               ThirdOf, Around, ClockTime, DayPart, On, Shift, Rolling, Between, Lasting, Open,
               AtPlace>
      what{};
};

template <class What>
Tree make(What what) {
  return std::make_shared<const Node>(Node{.what = std::move(what)});
}

/// The node as `What`, or null.
template <class What>
const What* as(const Tree& tree) {
  return tree == nullptr ? nullptr : std::get_if<What>(&tree->what);
}

}  // namespace common::words
