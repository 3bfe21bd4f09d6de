#include <gtest/gtest.h>
#include <libical/ical.h>

#include <chrono>
#include <iostream>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "servers/common/icalendar/recurrence.hpp"
#include "servers/common/icalendar/rule.hpp"

/// Rules at random, expanded over ten years by our code and by libical's iterator. What libical is
/// known to get wrong is in tests/oracle/differences.md; those rules are made too, and counted.
namespace oracle {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::local_days;
using std::chrono::local_seconds;
using std::chrono::year_month_day;

constexpr int kRules = 500;
constexpr days kTenYears{3652};

std::string written(local_seconds at) {
  const local_days day = floor<days>(at);
  const year_month_day date(day);
  const std::chrono::hh_mm_ss time(at - day);
  char text[32];
  std::snprintf(text, sizeof text, "%04d%02u%02uT%02d%02d%02d", int(date.year()),
                unsigned(date.month()), unsigned(date.day()), int(time.hours().count()),
                int(time.minutes().count()), int(time.seconds().count()));
  return text;
}

icalendar::Rule read(const std::string& rrule) {
  return icalendar::read_rule({.text = "RRULE:" + rrule});
}

std::vector<std::string> ours(const std::string& rrule, local_seconds start) {
  icalendar::Recurrence recurrence(read(rrule), start, false);
  std::vector<std::string> times;
  while (const auto at = recurrence.next(start + kTenYears)) times.push_back(written(*at));
  return times;
}

std::vector<std::string> libicals(const std::string& rrule, local_seconds start) {
  const icalrecurrencetype rule = icalrecurrencetype_from_string(rrule.c_str());
  const std::unique_ptr<icalrecur_iterator, decltype(&icalrecur_iterator_free)> iterator(
      icalrecur_iterator_new(rule, icaltime_from_string(written(start).c_str())),
      &icalrecur_iterator_free);
  std::vector<std::string> times;
  const std::string last = written(start + kTenYears);
  while (iterator) {
    const icaltimetype next = icalrecur_iterator_next(iterator.get());
    if (icaltime_is_null_time(next)) break;
    const std::string time = icaltime_as_ical_string(next);
    if (time > last) break;
    times.push_back(time);
  }
  return times;
}

class RandomRules final {
 public:
  explicit RandomRules(unsigned seed) : random_(seed) {}

  local_seconds start() {
    const local_days day(std::chrono::year(2020) / 1 / 1);
    return day + days(below(2000)) + std::chrono::minutes(30 * below(48));
  }

  std::string rrule() {
    const int kind = below(10);
    std::string rule = kind < 3   ? yearly()
                       : kind < 6 ? monthly()
                       : kind < 8 ? weekly()
                       : kind < 9 ? daily()
                                  : hourly();
    if (chance(40)) rule += ";INTERVAL=" + std::to_string(2 + below(3));
    if (chance(20)) rule += ";COUNT=" + std::to_string(1 + below(40));
    return rule;
  }

 private:
  int below(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }
  bool chance(int percent) { return below(100) < percent; }

  std::string list(const char* name, int low, int high, bool from_end) {
    std::string text = std::string(";") + name + "=";
    for (int i = 0; i <= below(3); ++i) {
      const int number = low + below(high - low + 1);
      text += (i == 0 ? "" : ",") + std::to_string(from_end && chance(25) ? -number : number);
    }
    return text;
  }
  std::string weekdays(int nth_max) {
    static const char* const kDays[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    std::string text = ";BYDAY=";
    const int first = below(7);
    for (int i = 0; i <= below(3); ++i) {
      text += i == 0 ? "" : ",";
      if (nth_max > 0)
        text += std::to_string(chance(30) ? -1 - below(nth_max) : 1 + below(nth_max));
      text += kDays[(first + 2 * i) % 7];
    }
    return text;
  }

  std::string yearly() {
    std::string rule = "FREQ=YEARLY";
    switch (below(6)) {
      case 0:
        return rule;
      case 1:
        return rule + list("BYMONTH", 1, 12, false);
      case 2:
        return rule + list("BYMONTH", 1, 12, false) + list("BYMONTHDAY", 1, 28, true);
      case 3:
        return rule + list("BYMONTH", 1, 12, false) + weekdays(4);
      case 4:
        return rule + list("BYYEARDAY", 1, 365, true);
      default:
        return rule + list("BYWEEKNO", 1, 52, false) + weekdays(0);
    }
  }
  std::string monthly() {
    const std::string rule = "FREQ=MONTHLY";
    switch (below(4)) {
      case 0:
        return rule;
      case 1:
        return rule + list("BYMONTHDAY", 1, 31, true);
      case 2:
        return rule + weekdays(4);
      default:
        return rule + weekdays(0) + list("BYSETPOS", 1, 3, true);
    }
  }
  std::string weekly() {
    const std::string rule = "FREQ=WEEKLY";
    if (chance(25)) return rule;
    return rule + weekdays(0) + (chance(30) ? ";WKST=SU" : "");
  }
  std::string daily() {
    const std::string rule = "FREQ=DAILY";
    if (chance(40)) return rule;
    return rule + (chance(50) ? weekdays(0) : list("BYMONTH", 1, 12, false));
  }
  std::string hourly() { return "FREQ=HOURLY" + list("BYHOUR", 0, 23, false) + weekdays(0); }

  std::mt19937 random_;
};

/// Why libical is not asked to agree, or empty; the entries of differences.md.
std::string known_difference(const std::string& rrule) {
  const auto has = [&](const char* part) { return rrule.find(part) != std::string::npos; };
  if (has("FREQ=HOURLY") && has("BYHOUR=")) return "hourly with BYHOUR";
  if (has("BYWEEKNO=") && has("INTERVAL=")) return "weeks of every other year";
  return "";
}

TEST(RandomRecurrence, IsThatOfLibicalOverTenYears) {
  RandomRules random(20260316);
  std::map<std::string, int> different;
  int same = 0;
  int off_by_one = 0;
  for (int compared = 0; compared < kRules;) {
    const std::string rrule = random.rrule();
    // A start that fits the rule: for any other, RFC 5545 leaves the times undefined.
    const local_seconds from = random.start();
    const auto first = icalendar::Recurrence(read(rrule), from, false).next(from + kTenYears);
    if (!first) continue;
    ++compared;
    const std::vector<std::string> mine = ours(rrule, *first);
    const std::vector<std::string> theirs = libicals(rrule, *first);
    const std::string known = known_difference(rrule);
    if (mine == theirs) {
      ++same;
      if (theirs != libicals(rrule + ";INTERVAL=9", *first)) ++off_by_one;
    } else if (known.empty()) {
      ADD_FAILURE() << rrule << " from " << written(*first) << ": ours " << mine.size()
                    << " times, libical's " << theirs.size();
    } else {
      ++different[known];
    }
  }
  std::cout << kRules << " rules over ten years: " << same << " as libical has them";
  for (const auto& [why, count] : different) std::cout << ", " << count << " " << why;
  std::cout << "\n";
  EXPECT_GT(same, kRules * 9 / 10);
  EXPECT_GT(off_by_one, 0) << "any rule would have passed";
}

}  // namespace
}  // namespace oracle
