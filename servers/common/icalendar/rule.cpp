#include "servers/common/icalendar/rule.hpp"

#include <array>
#include <charconv>
#include <set>
#include <string>
#include <utility>

namespace icalendar {
namespace {

constexpr int kCountMax = 100'000;
constexpr int kIntervalMax = 100'000;

constexpr std::array<std::string_view, 7> kFrequencies = {"YEARLY", "MONTHLY",  "WEEKLY",  "DAILY",
                                                          "HOURLY", "MINUTELY", "SECONDLY"};
constexpr std::array<std::string_view, 7> kWeekdays = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.push_back(trimmed(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

/// A whole number, with or without a sign.
std::optional<int> number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::chrono::weekday> weekday(std::string_view text) {
  for (unsigned day = 0; day < kWeekdays.size(); ++day) {
    if (kWeekdays.at(day) == text) return std::chrono::weekday(day);
  }
  return std::nullopt;
}

/// BYxxx lists of numbers: where they go and what they may be.
struct NumberList {
  std::string_view name;
  std::vector<int> Rule::*member;
  int minimum;
  int maximum;
  bool from_end;  ///< May be negative.
};

constexpr auto kNumberLists = std::to_array<NumberList>({
    {"BYSECOND", &Rule::seconds, 0, 60, false},
    {"BYMINUTE", &Rule::minutes, 0, 59, false},
    {"BYHOUR", &Rule::hours, 0, 23, false},
    {"BYMONTHDAY", &Rule::month_days, 1, 31, true},
    {"BYYEARDAY", &Rule::year_days, 1, 366, true},
    {"BYWEEKNO", &Rule::weeks, 1, 53, true},
    {"BYMONTH", &Rule::months, 1, 12, false},
    {"BYSETPOS", &Rule::positions, 1, 366, true},
});

class RuleReader {
 public:
  explicit RuleReader(const Line& line) : line_(line) {}

  Rule read() {
    const std::string text = to_upper(line_.value());
    std::set<std::string_view> seen;
    for (const std::string_view part : split(text, ';')) {
      if (part.empty()) continue;
      const std::size_t equals = part.find('=');
      if (equals == std::string_view::npos) refuse_part(part, "has no \"=\"");
      const std::string_view name = trimmed(part.substr(0, equals));
      if (!seen.insert(name).second) refuse_part(name, "is given twice");
      set(name, trimmed(part.substr(equals + 1)));
    }
    if (!seen.contains("FREQ")) refuse_part("FREQ", "is missing");
    return rule_;
  }

 private:
  [[noreturn]] void refuse_part(std::string_view name, std::string_view why) const {
    refuse(line_, std::string(name) + " " + std::string(why));
  }

  void set(std::string_view name, std::string_view value) {
    for (const NumberList& list : kNumberLists) {
      if (list.name == name) return set_numbers(list, value);
    }
    if (name == "FREQ") return set_frequency(value);
    if (name == "INTERVAL") {
      rule_.interval = bounded(name, value, kIntervalMax);
    } else if (name == "COUNT") {
      rule_.count = bounded(name, value, kCountMax);
    } else if (name == "UNTIL") {
      rule_.until = read_moment({.text = "DTEND:" + std::string(value), .number = line_.number});
    } else if (name == "WKST") {
      const auto day = weekday(value);
      if (!day) refuse_part(name, "expects a day such as MO");
      rule_.week_start = *day;
    } else if (name == "BYDAY") {
      set_days(value);
    } else if (name == "RSCALE") {
      if (value != "GREGORIAN") refuse_part(name, "other than GREGORIAN is not offered");
    } else if (name == "SKIP") {
      if (value != "OMIT") refuse_part(name, "other than OMIT is not offered");
    } else {
      refuse_part(name, "is no part of a rule");
    }
  }

  int bounded(std::string_view name, std::string_view value, int maximum) const {
    const std::optional<int> read = number(value);
    if (!read || *read < 1 || *read > maximum) {
      refuse_part(name, "expects 1 to " + std::to_string(maximum));
    }
    return *read;
  }

  void set_frequency(std::string_view value) {
    for (std::size_t i = 0; i < kFrequencies.size(); ++i) {
      if (kFrequencies.at(i) == value) {
        rule_.frequency = static_cast<Frequency>(i);
        return;
      }
    }
    refuse_part("FREQ", "expects YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY, MINUTELY or SECONDLY");
  }

  void set_numbers(const NumberList& list, std::string_view value) {
    for (const std::string_view item : split(value, ',')) {
      const std::optional<int> read = number(item);
      const int size = read && list.from_end && *read < 0 ? -*read : read.value_or(-1);
      if (size < list.minimum || size > list.maximum) {
        refuse_part(list.name, "expects " + std::string(list.from_end ? "+-" : "") +
                                   std::to_string(list.minimum) + " to " +
                                   std::to_string(list.maximum));
      }
      (rule_.*list.member).push_back(*read);
    }
  }

  void set_days(std::string_view value) {
    for (const std::string_view item : split(value, ',')) {
      const std::size_t name = item.size() < 2 ? 0 : item.size() - 2;
      const auto day = weekday(item.substr(name));
      const std::optional<int> nth = name == 0 ? 0 : number(item.substr(0, name));
      if (!day || !nth || (name > 0 && *nth == 0) || *nth < -53 || *nth > 53) {
        refuse_part("BYDAY", "expects days such as MO, 2TU or -1FR");
      }
      rule_.days.push_back({.nth = *nth, .day = *day});
    }
  }

  const Line& line_;
  Rule rule_;
};

}  // namespace

Rule read_rule(const Line& line) {
  return RuleReader(line).read();
}

}  // namespace icalendar
