#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "schemas/common/when_cursor.hpp"
#include "schemas/common/when_item.hpp"

namespace common::words {

/// What some tokens are by themselves, and the token after them.
struct Reading {
  Made made;
  std::size_t end{};
};

/// Every reading of the words and numbers that begin at the cursor's token: names, numbers in
/// digits and words, and what is written in digits and signs (dates, times of day, offsets). The
/// cursor comes back where it was. `hint` gets why a date that is written there is none.
std::vector<Reading> readings_at(Cursor& in, Hint& hint);

/// What "2026-03-16T" goes on with: "15:00:00", "150000".
std::optional<ClockTime> stamp_clock(Cursor& in);
/// "UTC", "+01:00", "GMT+2", "Eastern"; the cursor stays where there is none.
std::optional<Place> written_offset(Cursor& in);
/// A year of two digits is of 1970 to 2069.
int full_year(int year, int digits);
/// Up to 23:59:59, or 24:00.
bool is_clock_time(const ClockTime& clock);

void add_names(Cursor& in, std::vector<Reading>& out);              ///< when_lexicon.cpp
void add_numbers(Cursor& in, std::vector<Reading>& out);            ///< when_numbers.cpp
void add_dates(Cursor& in, std::vector<Reading>& out, Hint& hint);  ///< when_written_dates.cpp
void add_clocks(Cursor& in, std::vector<Reading>& out);             ///< when_written_times.cpp

}  // namespace common::words
