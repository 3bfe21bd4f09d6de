#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "schemas/common/when_cursor.hpp"
#include "schemas/common/when_tree.hpp"

namespace common::words {

/// One point in time as far as its words say, in whatever order they stand.
struct Moment {
  std::optional<Date> date{};  ///< The calendar fields, merged.
  Tree day{};                  ///< Any other kind of day or period; beside `date`, what holds it.
  std::optional<ClockTime> clock{};
  std::optional<Part> part{};
  std::optional<std::chrono::seconds> offset{};
  std::optional<int> number{};  ///< "9", of which only its neighbours can say what it is.
  bool between_said{};          ///< "friday between 9 ...": "and" follows.
  Tree between{};               ///< "after 4pm" beside a day: its other end follows from the day.

  bool has_day() const { return date.has_value() || day != nullptr; }
  bool has_time() const { return clock.has_value() || part.has_value(); }
  bool empty() const { return !has_day() && !has_time() && !number; }
};

/// The grammar of dates in words: a recursive descent over tokens, in which a production that does
/// not fit gives back what it took. A phrase is an open range, a range, or a moment; a moment is
/// pieces (a day, a time of day, a zone), each at most once, in any order.
class Grammar final {
 public:
  explicit Grammar(std::string_view phrase) : in_(phrase) {}

  /// The tree of the whole phrase; null when it is not one, or is one of several: see complaint().
  Tree whole();

  /// The longest phrase that begins at this token, the token after it, and, where it has several
  /// readings, which.
  struct Found {
    Tree tree{};
    std::size_t next{};
    std::string doubt{};
  };
  std::optional<Found> at(std::size_t token);

  /// After `whole` gave null: what was expected, or what an unclear phrase could mean.
  std::string complaint() const;

 private:
  /// Runs a production; gives back what it took if its answer is empty.
  template <class Production>
  auto attempt(Production production) {
    const std::size_t mark = in_.position();
    const std::string doubt = doubt_;
    auto result = production();
    if (!result) {
      in_.move_to(mark);
      doubt_ = doubt;
    }
    return result;
  }
  /// Why no reading is right, if no other production fits.
  void hint(std::string why);

  // --- phrases, ranges, moments: when_grammar.cpp
  Tree phrase();
  Tree open_phrase();
  Tree range_or_moment();
  std::optional<Moment> moment();
  bool piece(Moment& moment);
  bool filler();
  bool range_lead(Moment& moment);
  std::optional<Side> side();
  Tree range(Moment from, Moment to);
  Tree finish(const Moment& moment);

  // --- pieces that are days or periods: when_dates.cpp, when_periods.cpp
  bool day_piece(Moment& moment);
  bool date_piece(Moment& moment);
  bool stamp_piece(Moment& moment);
  std::optional<Date> calendar_date();
  std::optional<Date> numeric_date();
  std::optional<Date> year_first(std::string_view separator);
  std::optional<Date> year_last(std::string_view separator);
  std::optional<Date> month_and_year();
  std::optional<Date> month_and_day();
  Date slashed(int first, int second, std::optional<int> year, std::size_t begin);
  std::optional<Date> day_of_month();
  std::optional<Date> day_then_month();
  std::optional<Date> month_then_day();
  std::optional<int> ordinal_day();
  std::optional<int> year();
  std::optional<int> year_after_day(std::string_view joint);
  bool clock_follows() const;
  bool relative_day(Moment& moment);
  Tree period();
  Tree which_period();
  Tree which_of(Which which);
  Tree nth_period();
  Tree third_period();
  Tree quarter_period();
  Tree named_period();
  Tree container();
  std::optional<int> ordinal();

  // --- pieces that are times of day, and lengths of time: when_times.cpp
  bool time_piece(Moment& moment);
  bool bounded_time(Moment& moment);
  bool number_piece(Moment& moment, bool after_at);
  std::optional<ClockTime> clock_time();
  std::optional<ClockTime> named_time();
  std::optional<ClockTime> spoken_time();
  std::optional<ClockTime> written_time();
  std::optional<ClockTime> packed_time();
  bool take_meridiem(ClockTime& clock);
  std::optional<std::chrono::seconds> offset();
  Tree shift();
  Tree shift_from(const Duration& by);
  std::optional<Duration> duration();
  std::optional<Duration> amount();
  std::optional<int> count();

  Cursor in_;
  std::string doubt_;  ///< Why the reading under way is one of several; given back with its tokens.
  std::string hint_;
};

/// With the part of the day that was said beside it: "8" in the evening is 20:00.
ClockTime settled(ClockTime clock, Part part);

}  // namespace common::words
