#include "schemas/common/repeat_speech.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>

namespace common {
namespace {

Repeat repeat_of(const std::string& text) {
  Repeat repeat;
  const auto problem = parse(text, repeat);
  EXPECT_FALSE(problem) << text << ": " << problem.value_or("");
  return repeat;
}

TEST(RepeatInWords, SaysWhatPeopleSay) {
  constexpr std::array<std::array<const char*, 2>, 13> kCases = {{
      {"FREQ=DAILY", "every day"},
      {"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "every 2 weeks on Tuesday"},
      {"FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday"},
      {"FREQ=WEEKLY;BYDAY=MO,TH;COUNT=5", "every Monday and Thursday 5 times"},
      {"FREQ=MONTHLY;BYMONTHDAY=3,17", "every month on the 3rd and the 17th"},
      {"FREQ=MONTHLY;BYMONTHDAY=-1", "every month on the last day"},
      {"FREQ=MONTHLY;BYDAY=-1FR", "every month on the last Friday"},
      {"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "every month on the last weekday"},
      {"FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=16", "every year on 16 March"},
      {"FREQ=YEARLY;BYMONTH=9;BYDAY=1MO", "every year on the first Monday of September"},
      {"FREQ=WEEKLY;UNTIL=20260630", "every week until 30 June 2026"},
      {"FREQ=DAILY;INTERVAL=3 after completion", "every 3 days after completion"},
      {"FREQ=DAILY;BYHOUR=9", nullptr},
  }};
  for (const auto& [rule, words] : kCases) {
    EXPECT_EQ(in_words(repeat_of(rule)).value_or("none"), words == nullptr ? "none" : words)
        << rule;
  }
}

/// Rules of every kind that words can say, at random.
class RandomRules final {
 public:
  explicit RandomRules(unsigned seed) : random_(seed) {}

  std::string next() {
    constexpr std::array kFrequencies = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY", "HOURLY"};
    const std::string frequency = kFrequencies.at(below(kFrequencies.size()));
    std::string rule = "FREQ=" + frequency;
    if (below(2) == 0) rule += ";INTERVAL=" + std::to_string(below(30) + 2);
    if (frequency == "WEEKLY" && below(3) != 0) rule += ";BYDAY=" + days();
    if (frequency == "MONTHLY") rule += days_of_month();
    if (frequency == "YEARLY")
      rule += ";BYMONTH=" + std::to_string(below(12) + 1) + days_of_month();
    if (below(4) == 0) rule += ";UNTIL=2027" + std::string(below(2) == 0 ? "0630" : "1231");
    if (below(4) == 0 && rule.find("UNTIL") == std::string::npos) {
      rule += ";COUNT=" + std::to_string(below(20) + 1);
    }
    const bool limited =
        rule.find("UNTIL") != std::string::npos || rule.find("COUNT") != std::string::npos;
    if (!limited && below(4) == 0) rule += " until june";
    if (below(4) == 0) rule += " after completion";
    return rule;
  }

 private:
  std::size_t below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_);
  }
  std::string days() {
    constexpr std::array kDays = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    std::string text;
    for (const char* day : kDays) {
      if (below(3) == 0) text += (text.empty() ? "" : ",") + std::string(day);
    }
    return text.empty() ? "WE" : text;
  }
  std::string days_of_month() {
    switch (below(6)) {
      case 0:
        return "";
      case 1:
        return ";BYMONTHDAY=" + std::to_string(below(28) + 1);
      case 2:
        return ";BYMONTHDAY=-" + std::to_string(below(5) + 1);
      case 3:
        return ";BYMONTHDAY=" + std::to_string(below(10) + 1) + "," +
               std::to_string(below(10) + 12);
      case 4:
        return ";BYDAY=" + std::to_string(below(5) + 1) + "MO" + (below(2) == 0 ? ",-1FR" : "");
      default:
        return ";BYDAY=MO,TU,WE,TH,FR;BYSETPOS=" + std::string(below(2) == 0 ? "-1" : "2");
    }
  }

  std::mt19937 random_;
};

TEST(RepeatInWords, IsReadBackAsTheSameRule) {
  RandomRules rules(20260316);
  int said = 0;
  for (int i = 0; i < 2000; ++i) {
    const std::string rule = rules.next();
    const Repeat repeat = repeat_of(rule);
    const auto words = in_words(repeat);
    if (!words) continue;
    ++said;
    EXPECT_EQ(to_string(repeat_of(*words)), to_string(repeat)) << rule << " -> " << *words;
    EXPECT_EQ(in_words(repeat_of(*words)), words);
  }
  EXPECT_GT(said, 1900);
}

}  // namespace
}  // namespace common
