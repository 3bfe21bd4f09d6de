#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "schemas/common/time.hpp"

/// What the words of a date say, as a tree of small nodes. Nothing here knows what time it is.
namespace common::words {

enum class Unit : std::uint8_t { Second, Minute, Hour, Day, Week, Month, Quarter, Year };

struct Amount {
  std::int64_t count{};
  Unit unit{};
};
/// "1 day 2 hours": the sum of its amounts. Never empty in a tree.
using Duration = std::vector<Amount>;

enum class Part : std::uint8_t { Morning, Lunch, Afternoon, Evening, Night };
enum class Which : std::uint8_t { This, Next, Last };
/// `Since` looks back ("since monday"), `From` ahead ("from monday on").
enum class Side : std::uint8_t { Since, From, After, Until, Before };
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
/// "Q3", with a year or not.
struct QuarterOf {
  int number{};
  std::optional<int> year{};
};
/// 0 spring (from 1 March) to 3 winter, of the northern half; named by the year it begins in.
struct Season {
  int number{};
  std::optional<int> year{};
};
struct Weekend {};
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
/// The nth of something inside a period: "first monday of april", "last day of 2026"; -1 is the
/// last. `of` is a Date, or a Cycle that stands for its unit.
struct Nth {
  int n{};
  Tree of{};
  Tree within{};
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
/// A ClockTime or DayPart on a day.
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
/// "the last 7 days", "next 2 hours": up to now, or from now on.
struct Rolling {
  Duration by{};
  bool back{};
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
/// Open on one side: "since monday", "until friday".
struct Open {
  Side side{};
  Tree of{};
};
/// A time told in another zone's clock: "3pm UTC", RFC 3339 with an offset.
struct AtOffset {
  Tree of{};
  std::chrono::seconds offset{};
};

struct Node {
  std::variant<Now, Anchor, RelativeDay, Date, QuarterOf, Season, Weekend, Cycle, Turn, Nth,
               ThirdOf, Around, ClockTime, DayPart, On, Shift, Rolling, Between, Lasting, Open,
               AtOffset>
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
