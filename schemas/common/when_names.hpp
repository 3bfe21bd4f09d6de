#pragma once

#include <optional>
#include <string_view>

#include "schemas/common/when_tree.hpp"

/// The words that name one thing each. All take lower case.
namespace common::words {

std::optional<Weekday> weekday_named(std::string_view word);  ///< "tue", "tuesday", "tuesdays"
std::optional<int> month_named(std::string_view word);        ///< 1 to 12
std::optional<Unit> unit_named(std::string_view word);        ///< "hour", "hrs", "h"
std::optional<int> number_named(std::string_view word);  ///< "zero" 0, "twelve" 12, "ninety" 90
std::optional<int> vague_number_named(std::string_view word);  ///< "couple" 2, "few" 3
std::optional<int> ordinal_named(std::string_view word);  ///< "first" 1 to "thirty-first"'s parts
std::optional<Part> part_named(std::string_view word);
std::optional<Which> which_named(std::string_view word);       ///< "this", "coming", "past"
std::optional<int> season_named(std::string_view word);        ///< As in Season
std::optional<int> relative_day_named(std::string_view word);  ///< "tomorrow" 1
std::optional<Third> third_named(std::string_view word);  ///< "early", "beginning", "mid", "end"
std::optional<Place> place_named(std::string_view word);  ///< "utc", "cest", "eastern"
std::string_view month_name(int month);
std::string_view weekday_name(Weekday day);

/// Is "st", "nd", "rd" or "th".
bool is_ordinal_ending(std::string_view word);

}  // namespace common::words
