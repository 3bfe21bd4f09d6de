#include "schemas/common/when_tags.hpp"

#include <array>

namespace common::words {
namespace {

template <class What>
const What* value_of(const Item& item) {
  return std::get_if<What>(&item.made.value);
}

bool number_within(const Item& item, int low, int high) {
  const auto* quantity = value_of<Quantity>(item);
  if (quantity == nullptr || quantity->denominator != 1) return false;
  if (quantity->part_of_clock || quantity->vague) return false;
  return quantity->numerator >= low && quantity->numerator <= high && quantity->digits <= 2;
}

bool is_timeless(const Item& item) {
  const auto* moment = value_of<Moment>(item);
  return moment != nullptr && moment->has_day() && !moment->has_time();
}

const Date* date_alone(const Item& item) {
  const auto* moment = value_of<Moment>(item);
  if (moment == nullptr || moment->has_time() || moment->day != nullptr || !moment->date) {
    return nullptr;
  }
  return &*moment->date;
}

bool is_whole_number(const Item& item) {
  const auto* quantity = value_of<Quantity>(item);
  return quantity != nullptr && quantity->denominator == 1 && !quantity->part_of_clock;
}

bool is_day(const Item& item) {
  if (!is_timeless(item) || item.made.weak) return false;
  const auto* moment = value_of<Moment>(item);
  return is_one_day(moment->day) || (moment->date && (moment->date->day || moment->date->weekday));
}

/// A day that a bare number beside it does not complete: "friday 9" is a time, "march 9" is not.
bool is_named_day(const Item& item) {
  const auto* moment = value_of<Moment>(item);
  if (!is_day(item)) return false;
  const bool weekday = moment->date && moment->date->weekday;
  return !moment->date || weekday;
}

bool is_clock(const Item& item) {
  const auto* moment = value_of<Moment>(item);
  return moment != nullptr && moment->clock && !moment->has_day();
}

bool is_part(const Item& item) {
  const auto* moment = value_of<Moment>(item);
  return moment != nullptr && moment->part && !moment->clock;
}

/// What a number in "8 <...>" can be the hour of: "this evening", "in the morning".
bool is_bare_part(const Item& item) {
  const auto* moment = value_of<Moment>(item);
  return is_part(item) && !moment->has_day();
}

bool is_period(const Item& item) {
  if (!is_timeless(item)) return false;
  const auto* moment = value_of<Moment>(item);
  if (moment->date) return !moment->date->day && !moment->date->weekday && moment->day == nullptr;
  return !is_one_day(moment->day) && as<Now>(moment->day) == nullptr &&
         as<Anchor>(moment->day) == nullptr && as<Rolling>(moment->day) == nullptr &&
         as<Shift>(moment->day) == nullptr;
}

/// What comes around: "next <...>".
bool comes_around(const Item& item) {
  const auto* moment = value_of<Moment>(item);
  if (!is_timeless(item) || item.made.weak) return false;
  if (moment->date) {
    return moment->day == nullptr && (only_weekday(*moment->date) || only_month(*moment->date));
  }
  if (const auto* holiday = as<Holiday>(moment->day)) return !holiday->year;
  if (const auto* season = as<Season>(moment->day)) return !season->year;
  if (const auto* quarter = as<QuarterOf>(moment->day)) return !quarter->year;
  return as<Weekend>(moment->day) != nullptr;
}

struct Tag {
  std::string_view name{};
  bool (*fits)(const Item& item){};
};

constexpr auto kTags = std::to_array<Tag>({
    // Numbers. <number> may be a fraction, the others are whole.
    {"number", [](const Item& item) { return value_of<Quantity>(item) != nullptr; }},
    {"count", is_whole_number},
    {"0-24", [](const Item& item) { return number_within(item, 0, 24); }},
    {"1-31", [](const Item& item) { return number_within(item, 1, 31); }},
    {"end",  // Of a range: "13" to 15 July.
     [](const Item& item) {
       const auto* ordinal = value_of<Ordinal>(item);
       return number_within(item, 0, 31) ||
              (ordinal != nullptr && ordinal->n >= 1 && ordinal->n <= 31);
     }},
    {"1-59", [](const Item& item) { return number_within(item, 1, 59); }},
    {"digits",
     [](const Item& item) { return is_whole_number(item) && value_of<Quantity>(item)->digits > 0; }},
    {"2-digits",
     [](const Item& item) { return is_whole_number(item) && value_of<Quantity>(item)->digits == 2; }},
    {"4-digits",
     [](const Item& item) { return is_whole_number(item) && value_of<Quantity>(item)->digits == 4; }},
    {"number-word",
     [](const Item& item) { return is_whole_number(item) && value_of<Quantity>(item)->digits == 0; }},
    {"nth", [](const Item& item) { return value_of<Ordinal>(item) != nullptr; }},
    {"ordinal",
     [](const Item& item) {
       return value_of<Ordinal>(item) != nullptr && value_of<Ordinal>(item)->n > 0;
     }},
    // Single words.
    {"unit", [](const Item& item) { return value_of<Unit>(item) != nullptr && !item.made.weak; }},
    {"any-unit", [](const Item& item) { return value_of<Unit>(item) != nullptr; }},
    {"which", [](const Item& item) { return value_of<Which>(item) != nullptr; }},
    {"third", [](const Item& item) { return value_of<Third>(item) != nullptr; }},
    {"place", [](const Item& item) { return value_of<Place>(item) != nullptr; }},
    {"meridiem", [](const Item& item) { return value_of<Meridiem>(item) != nullptr; }},
    // Lengths of time.
    {"duration", [](const Item& item) { return value_of<Duration>(item) != nullptr; }},
    // Moments, from the smallest to any.
    {"clock", is_clock},
    {"hour",
     [](const Item& item) {
       return number_within(item, 0, 24) ||
              (is_clock(item) && value_of<Moment>(item)->clock->minute == 0);
     }},
    {"part", is_part},
    {"bare-part", is_bare_part},
    {"time-of-day", [](const Item& item) { return is_clock(item) || is_bare_part(item); }},
    {"weekday",
     [](const Item& item) {
       return date_alone(item) != nullptr && only_weekday(*date_alone(item));
     }},
    {"month",
     [](const Item& item) { return date_alone(item) != nullptr && only_month(*date_alone(item)); }},
    {"year",
     [](const Item& item) { return date_alone(item) != nullptr && only_year(*date_alone(item)); }},
    {"day-of-month",
     [](const Item& item) {
       const Date* date = date_alone(item);
       return date != nullptr && date->day && !date->month && !date->year && !date->weekday;
     }},
    {"date-without-year",
     [](const Item& item) {
       const Date* date = date_alone(item);
       return date != nullptr && date->day && date->month && !date->year;
     }},
    {"full-date",
     [](const Item& item) {
       const auto* moment = value_of<Moment>(item);
       return moment != nullptr && moment->date && moment->date->day && moment->date->month &&
              moment->date->year;
     }},
    {"day", is_day},
    {"named-day", is_named_day},
    {"relative-day",
     [](const Item& item) {
       return is_timeless(item) && as<RelativeDay>(value_of<Moment>(item)->day) != nullptr;
     }},
    {"weekend",
     [](const Item& item) {
       return is_timeless(item) && as<Weekend>(value_of<Moment>(item)->day) != nullptr;
     }},
    {"timeless", [](const Item& item) { return is_timeless(item) && !item.made.weak; }},
    {"holiday",
     [](const Item& item) {
       return is_timeless(item) && as<Holiday>(value_of<Moment>(item)->day) != nullptr;
     }},
    {"period", is_period},
    {"comes-around", comes_around},
    {"moment", [](const Item& item) { return value_of<Moment>(item) != nullptr; }},
    {"range", [](const Item& item) { return value_of<Range>(item) != nullptr; }},
    {"time", is_time},
});
static_assert(kTags.size() <= 64);

}  // namespace

std::optional<Tags> tag_named(std::string_view name) {
  for (std::size_t i = 0; i < kTags.size(); ++i) {
    if (kTags[i].name == name) return Tags{1} << i;
  }
  return std::nullopt;
}

Tags tags_of(const Item& item) {
  Tags tags = 0;
  for (std::size_t i = 0; i < kTags.size(); ++i) {
    if (kTags[i].fits(item)) tags |= Tags{1} << i;
  }
  return tags;
}

bool is_time(const Item& item) {
  const auto* range = value_of<Range>(item);  // of two bare numbers it is none yet
  return value_of<Moment>(item) != nullptr || (range != nullptr && !range->from.number) ||
         value_of<Tree>(item) != nullptr;
}

Tree tree_of(const Item& item) {
  if (const auto* moment = value_of<Moment>(item)) return tree_of(*moment);
  if (const auto* range = value_of<Range>(item)) return tree_of(*range);
  const auto* tree = value_of<Tree>(item);
  return tree == nullptr ? nullptr : *tree;
}

}  // namespace common::words
