#include "schemas/common/repeat_rule.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <map>
#include <vector>

#include "schemas/common/when.hpp"

namespace common::rrule {
namespace {

constexpr std::string_view kName = "RRULE:";
constexpr int kCountMax = 100'000;
constexpr int kIntervalMax = 100'000;

using Parts = std::map<std::string, std::string, std::less<>>;

/// A part whose value is a list of whole numbers.
struct NumberPart {
  std::string_view name{};
  int low{};
  int high{};
  bool negative{};  ///< -high to -low too.
};

constexpr std::array<NumberPart, 10> kNumberParts = {{
    {"COUNT", 1, kCountMax, false},
    {"INTERVAL", 1, kIntervalMax, false},
    {"BYSECOND", 0, 60, false},
    {"BYMINUTE", 0, 59, false},
    {"BYHOUR", 0, 23, false},
    {"BYMONTHDAY", 1, 31, true},
    {"BYYEARDAY", 1, 366, true},
    {"BYWEEKNO", 1, 53, true},
    {"BYMONTH", 1, 12, false},
    {"BYSETPOS", 1, 366, true},
}};
constexpr std::array<std::string_view, 7> kFrequencies = {"SECONDLY", "MINUTELY", "HOURLY", "DAILY",
                                                          "WEEKLY",   "MONTHLY",  "YEARLY"};
constexpr std::array<std::string_view, 7> kDays = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

template <std::size_t Size>
bool contains(const std::array<std::string_view, Size>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

std::string upper(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](char c) {
    return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  });
  return result;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> pieces;
  while (true) {
    const std::size_t end = text.find(separator);
    pieces.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return pieces;
    text.remove_prefix(end + 1);
  }
}

std::optional<int> number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool fits(std::string_view text, const NumberPart& part) {
  const std::optional<int> value = number(text);
  if (!value) return false;
  if (*value >= part.low && *value <= part.high) return true;
  return part.negative && *value <= -part.low && *value >= -part.high;
}

/// "MO", "-1FR", "2TU".
bool is_day(std::string_view text, bool& numbered) {
  if (text.size() < 2 || !contains(kDays, text.substr(text.size() - 2))) return false;
  text.remove_suffix(2);
  if (text.empty()) return true;
  numbered = true;
  return fits(text, {.low = 1, .high = 53, .negative = true});
}

/// "20260630", "20260630T220000", "20260630T220000Z", of a date that exists.
bool is_until(std::string_view text) {
  if (text.ends_with('Z') && text.size() == 16) text.remove_suffix(1);
  if (text.size() != 8 && text.size() != 15) return false;
  if (text.size() == 15 && text[8] != 'T') return false;
  std::string iso = std::string(text.substr(0, 4)) + "-" + std::string(text.substr(4, 2)) + "-" +
                    std::string(text.substr(6, 2));
  if (text.size() == 15) {
    iso += "T" + std::string(text.substr(9, 2)) + ":" + std::string(text.substr(11, 2)) + ":" +
           std::string(text.substr(13, 2)) + "Z";
  }
  Time time;
  return !parse(iso, time);
}

std::string check_number_part(const NumberPart& part, const std::string& value) {
  const bool single = part.name == "COUNT" || part.name == "INTERVAL";
  const std::vector<std::string> numbers = split(value, ',');
  const bool good =
      (!single || numbers.size() == 1) &&
      std::ranges::all_of(numbers, [&](const auto& text) { return fits(text, part); });
  if (good) return {};
  const std::string range = std::to_string(part.low) + " to " + std::to_string(part.high);
  return std::string(part.name) + ": expected " + range +
         (part.negative ? ", or as many from the end (negative)" : "") + ", got " + value;
}

std::string check_days(const Parts& parts) {
  const auto days = parts.find("BYDAY");
  if (days == parts.end()) return {};
  bool numbered = false;
  for (const std::string& day : split(days->second, ',')) {
    if (!is_day(day, numbered)) return "BYDAY: expected days such as MO, TU or -1FR, got " + day;
  }
  const std::string& frequency = parts.find("FREQ")->second;
  if (numbered && frequency != "MONTHLY" && frequency != "YEARLY") {
    return "BYDAY: a numbered day goes with MONTHLY or YEARLY only";
  }
  if (numbered && parts.contains("BYWEEKNO")) return "BYDAY: no numbers beside BYWEEKNO";
  return {};
}

/// Which parts do not go together, or not with this frequency.
std::string check_together(const Parts& parts) {
  const std::string& frequency = parts.find("FREQ")->second;
  const auto has = [&](std::string_view name) { return parts.contains(name); };
  if (has("COUNT") && has("UNTIL")) return "COUNT and UNTIL do not go together: give one of them";
  if (has("BYWEEKNO") && frequency != "YEARLY") return "BYWEEKNO goes with YEARLY only";
  if (has("BYMONTHDAY") && frequency == "WEEKLY") return "BYMONTHDAY does not go with WEEKLY";
  const bool by_day = frequency == "DAILY" || frequency == "WEEKLY" || frequency == "MONTHLY";
  if (has("BYYEARDAY") && by_day) return "BYYEARDAY does not go with " + frequency;
  const bool any_by = std::ranges::any_of(parts, [](const auto& part) {
    return part.first.starts_with("BY") && part.first != "BYSETPOS";
  });
  if (has("BYSETPOS") && !any_by) return "BYSETPOS needs another BY... part";
  return {};
}

std::string check_part(const std::string& name, const std::string& value) {
  if (name == "FREQ") {
    if (contains(kFrequencies, value)) return {};
    return "FREQ: expected DAILY, WEEKLY, MONTHLY, YEARLY, HOURLY, MINUTELY or SECONDLY, got " +
           value;
  }
  if (name == "UNTIL") {
    if (is_until(value)) return {};
    return "UNTIL: expected a date such as 20260630 or 20260630T215959Z, got " + value;
  }
  if (name == "WKST") return contains(kDays, value) ? "" : "WKST: expected MO to SU, got " + value;
  if (name == "BYDAY") return {};  // needs the frequency: check_days
  for (const NumberPart& part : kNumberParts) {
    if (part.name == name) return check_number_part(part, value);
  }
  return "an RRULE has no part " + name;
}

}  // namespace

bool looks_like(std::string_view text) {
  return upper(text).find("FREQ=") != std::string::npos;
}

std::optional<std::string> checked(std::string_view text, std::string& problem) {
  std::string rule = upper(text);
  if (rule.starts_with(kName)) rule.erase(0, kName.size());
  if (rule.ends_with(';')) rule.pop_back();
  Parts parts;
  std::string rest;
  for (const std::string& piece : split(rule, ';')) {
    const std::size_t equals = piece.find('=');
    if (equals == std::string::npos) {
      problem = "expected NAME=VALUE between the semicolons, got \"" + piece + "\"";
      return std::nullopt;
    }
    const std::string name = piece.substr(0, equals);
    const std::string value = piece.substr(equals + 1);
    problem = check_part(name, value);
    if (problem.empty() && !parts.emplace(name, value).second) problem = name + " is given twice";
    if (!problem.empty()) return std::nullopt;
    if (name != "FREQ") rest += ";" + piece;
  }
  if (!parts.contains("FREQ")) problem = "FREQ is missing";
  if (problem.empty()) problem = check_days(parts);
  if (problem.empty()) problem = check_together(parts);
  if (!problem.empty()) return std::nullopt;
  return "FREQ=" + parts["FREQ"] + rest;
}

}  // namespace common::rrule
