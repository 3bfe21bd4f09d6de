#include "schemas/common/when_names.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>

namespace common::words {
namespace {

using namespace std::chrono_literals;

template <class Value>
struct Name {
  std::string_view word{};
  Value value{};
};

template <class Value, std::size_t Size>
std::optional<Value> find(const std::array<Name<Value>, Size>& names, std::string_view word) {
  const auto found = std::ranges::find(names, word, &Name<Value>::word);
  if (found == names.end()) return std::nullopt;
  return found->value;
}

constexpr std::array<std::string_view, 12> kMonths = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<std::string_view, 7> kWeekdays = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

constexpr auto kUnits = std::to_array<Name<Unit>>({
    {"second", Unit::Second},   {"sec", Unit::Second},  {"s", Unit::Second},
    {"minute", Unit::Minute},   {"min", Unit::Minute},  {"m", Unit::Minute},
    {"hour", Unit::Hour},       {"hr", Unit::Hour},     {"h", Unit::Hour},
    {"day", Unit::Day},         {"d", Unit::Day},       {"week", Unit::Week},
    {"wk", Unit::Week},         {"w", Unit::Week},      {"month", Unit::Month},
    {"mon", Unit::Month},       {"mo", Unit::Month},    {"mth", Unit::Month},
    {"quarter", Unit::Quarter}, {"qtr", Unit::Quarter}, {"year", Unit::Year},
    {"yr", Unit::Year},         {"y", Unit::Year},
});
constexpr auto kNumbers = std::to_array<Name<int>>({
    {"zero", 0},     {"one", 1},      {"two", 2},        {"three", 3},     {"four", 4},
    {"five", 5},     {"six", 6},      {"seven", 7},      {"eight", 8},     {"nine", 9},
    {"ten", 10},     {"eleven", 11},  {"twelve", 12},    {"thirteen", 13}, {"fourteen", 14},
    {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19},
    {"twenty", 20},  {"thirty", 30},  {"forty", 40},     {"fourty", 40},   {"fifty", 50},
    {"sixty", 60},   {"seventy", 70}, {"eighty", 80},    {"ninety", 90},
});
constexpr auto kVagueNumbers = std::to_array<Name<int>>(
    {{"couple", 2}, {"pair", 2}, {"few", 3}, {"several", 7}, {"dozen", 12}});
constexpr auto kOrdinals = std::to_array<Name<int>>({
    {"first", 1},        {"second", 2},      {"third", 3},       {"fourth", 4},
    {"fifth", 5},        {"sixth", 6},       {"seventh", 7},     {"eighth", 8},
    {"ninth", 9},        {"tenth", 10},      {"eleventh", 11},   {"twelfth", 12},
    {"thirteenth", 13},  {"fourteenth", 14}, {"fifteenth", 15},  {"sixteenth", 16},
    {"seventeenth", 17}, {"eighteenth", 18}, {"nineteenth", 19}, {"twentieth", 20},
    {"thirtieth", 30},
});
constexpr auto kParts = std::to_array<Name<Part>>({
    {"morning", Part::Morning},       {"morn", Part::Morning},
    {"midmorning", Part::MidMorning}, {"dawn", Part::Dawn},
    {"daybreak", Part::Dawn},         {"sunrise", Part::Dawn},
    {"brunch", Part::Brunch},         {"midafternoon", Part::MidAfternoon},
    {"teatime", Part::Tea},           {"dusk", Part::Dusk},
    {"sunset", Part::Dusk},           {"sundown", Part::Dusk},
    {"twilight", Part::Dusk},         {"bedtime", Part::LateNight},
    {"breakfast", Part::Breakfast},   {"lunch", Part::Lunch},
    {"lunchtime", Part::Lunch},       {"afternoon", Part::Afternoon},
    {"arvo", Part::Afternoon},        {"evening", Part::Evening},
    {"eve", Part::Evening},           {"dinner", Part::Dinner},
    {"dinnertime", Part::Dinner},     {"supper", Part::Dinner},
    {"night", Part::Night},           {"nighttime", Part::Night},
});
constexpr auto kWhich = std::to_array<Name<Which>>({
    {"this", Which::This},
    {"current", Which::This},
    {"next", Which::Next},
    {"nxt", Which::Next},
    {"following", Which::Next},
    {"coming", Which::Next},
    {"upcoming", Which::Next},
    {"last", Which::Last},
    {"past", Which::Last},
    {"previous", Which::Last},
    {"prior", Which::Last},
});
constexpr auto kSeasons = std::to_array<Name<int>>(
    {{"spring", 0}, {"summer", 1}, {"autumn", 2}, {"fall", 2}, {"winter", 3}});
constexpr auto kRelativeDays = std::to_array<Name<int>>({
    {"today", 0},
    {"tomorrow", 1},
    {"tmrw", 1},
    {"tmr", 1},
    {"tmw", 1},
    {"tomoz", 1},
    {"tmoro", 1},
    {"tmrrw", 1},
    {"overmorrow", 2},
    {"yesterday", -1},
    {"yday", -1},
    {"yest", -1},
    {"ereyesterday", -2},
});
constexpr auto kThirds = std::to_array<Name<Third>>({
    {"early", Third::Start},
    {"beginning", Third::Start},
    {"start", Third::Start},
    {"mid", Third::Middle},
    {"middle", Third::Middle},
    {"late", Third::End},
    {"ending", Third::End},
    {"close", Third::End},
    {"end", Third::End},
});
/// Abbreviations that several zones share stand for the one that English mail means most often.
constexpr auto kPlaces = std::to_array<Name<Place>>({
    {"utc", {}},
    {"gmt", {}},
    {"z", {}},
    {"zulu", {}},
    {"wet", {}},
    {"west", {1h}},
    {"bst", {1h}},
    {"cet", {1h}},
    {"cest", {2h}},
    {"eet", {2h}},
    {"eest", {3h}},
    {"sast", {2h}},
    {"msk", {3h}},
    {"gst", {4h}},
    {"pkt", {5h}},
    {"ist", {5h + 30min}},
    {"ict", {7h}},
    {"wib", {7h}},
    {"sgt", {8h}},
    {"hkt", {8h}},
    {"awst", {8h}},
    {"jst", {9h}},
    {"kst", {9h}},
    {"acst", {9h + 30min}},
    {"aest", {10h}},
    {"aedt", {11h}},
    {"nzst", {12h}},
    {"nzdt", {13h}},
    {"brt", {-3h}},
    {"art", {-3h}},
    {"ast", {-4h}},
    {"est", {-5h}},
    {"edt", {-4h}},
    {"cst", {-6h}},
    {"cdt", {-5h}},
    {"mst", {-7h}},
    {"mdt", {-6h}},
    {"pst", {-8h}},
    {"pdt", {-7h}},
    {"akst", {-9h}},
    {"akdt", {-8h}},
    {"hst", {-10h}},
    {"et", {.iana = "America/New_York"}},
    {"eastern", {.iana = "America/New_York"}},
    {"ct", {.iana = "America/Chicago"}},
    {"mt", {.iana = "America/Denver"}},
    {"pt", {.iana = "America/Los_Angeles"}},
    {"pacific", {.iana = "America/Los_Angeles"}},
});

constexpr std::size_t kAbbreviation = 3;

/// The name itself, or the first three letters or more of it ("sept", "thurs").
bool abbreviates(std::string_view word, std::string_view name) {
  if (word.size() < kAbbreviation || word.size() > name.size()) return false;
  return std::ranges::equal(word, name.substr(0, word.size()), [](char a, char b) {
    return a == b || (b >= 'A' && b <= 'Z' && a == b - 'A' + 'a');
  });
}

std::optional<int> position(std::span<const std::string_view> names, std::string_view word) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (abbreviates(word, names[i])) return static_cast<int>(i);
  }
  return std::nullopt;
}

/// Without a plural or possessive ending.
std::string_view singular(std::string_view word) {
  for (const std::string_view ending : {"'s", "s"}) {
    if (word.size() > ending.size() + 1 && word.ends_with(ending)) {
      return word.substr(0, word.size() - ending.size());
    }
  }
  return word;
}

}  // namespace

std::optional<Weekday> weekday_named(std::string_view word) {
  std::optional<int> day = position(kWeekdays, word);
  if (!day) day = position(kWeekdays, singular(word));
  if (!day) return std::nullopt;
  return static_cast<Weekday>(*day);
}

std::optional<int> month_named(std::string_view word) {
  std::optional<int> month = position(kMonths, word);
  if (!month) month = position(kMonths, singular(word));
  if (!month) return std::nullopt;
  return *month + 1;
}

std::optional<Unit> unit_named(std::string_view word) {
  const std::optional<Unit> unit = find(kUnits, word);
  return unit ? unit : find(kUnits, singular(word));
}

std::optional<int> number_named(std::string_view word) {
  return find(kNumbers, word);
}
std::optional<int> vague_number_named(std::string_view word) {
  return find(kVagueNumbers, word);
}
std::optional<int> ordinal_named(std::string_view word) {
  return find(kOrdinals, word);
}
std::optional<Part> part_named(std::string_view word) {
  constexpr std::string_view kRoughly = "ish";  // "afternoonish"
  if (word.ends_with(kRoughly)) word.remove_suffix(kRoughly.size());
  const std::optional<Part> part = find(kParts, word);
  return part ? part : find(kParts, singular(word));
}
std::optional<Which> which_named(std::string_view word) {
  return find(kWhich, word);
}
std::optional<int> season_named(std::string_view word) {
  return find(kSeasons, word);
}
std::optional<Third> third_named(std::string_view word) {
  return find(kThirds, word);
}

std::optional<int> relative_day_named(std::string_view word) {
  const std::optional<int> days = find(kRelativeDays, word);
  return days ? days : find(kRelativeDays, singular(word));
}

std::optional<Place> place_named(std::string_view word) {
  return find(kPlaces, word);
}

std::string_view month_name(int month) {
  return kMonths.at(static_cast<std::size_t>(month - 1));
}
std::string_view weekday_name(Weekday day) {
  return kWeekdays.at(static_cast<std::size_t>(day));
}

bool is_ordinal_ending(std::string_view word) {
  return word == "st" || word == "nd" || word == "rd" || word == "th";
}

}  // namespace common::words
