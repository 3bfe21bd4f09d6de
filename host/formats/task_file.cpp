#include "host/formats/task_file.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace host {

namespace {

constexpr std::array<std::pair<std::string_view, char>, 4> kUnits{
    {{"FREQ=DAILY", 'd'}, {"FREQ=WEEKLY", 'w'}, {"FREQ=MONTHLY", 'm'}, {"FREQ=YEARLY", 'y'}}};
constexpr std::string_view kInterval = ";INTERVAL=";

}  // namespace

std::int64_t usual_importance(tasks::Priority priority) {
  constexpr std::array<std::int64_t, 4> kByPriority{0, 1, 3, 5};
  return kByPriority.at(static_cast<std::size_t>(priority));
}

std::optional<PlainRepeat> plain_repeat(const common::Repeat& repeat) {
  if (!repeat.until.empty()) return std::nullopt;
  std::string_view rule = repeat.rrule;
  const auto unit =
      std::ranges::find_if(kUnits, [&](const auto& each) { return rule.starts_with(each.first); });
  if (unit == kUnits.end()) return std::nullopt;
  rule.remove_prefix(unit->first.size());
  PlainRepeat plain{.unit = unit->second};
  if (rule.empty()) return plain;
  if (!rule.starts_with(kInterval)) return std::nullopt;
  rule.remove_prefix(kInterval.size());
  const char* end = rule.data() + rule.size();
  const auto [stop, error] = std::from_chars(rule.data(), end, plain.interval);
  const bool whole = error == std::errc() && stop == end && plain.interval > 1;
  return whole ? std::optional(plain) : std::nullopt;
}

common::Repeat repeat_of(const PlainRepeat& plain) {
  const auto unit =
      std::ranges::find(kUnits, plain.unit, [](const auto& each) { return each.second; });
  std::string rule(unit->first);
  if (plain.interval > 1) rule += std::string(kInterval) + std::to_string(plain.interval);
  return {.rrule = rule};
}

std::optional<common::Time> read_time(std::string_view text) {
  common::Time time;
  if (common::parse(text, time)) return std::nullopt;
  return time;
}

}  // namespace host
