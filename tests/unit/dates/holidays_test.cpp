#include "servers/common/holidays.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/unit/dates/dates.hpp"

namespace common {
namespace {

struct Dated {
  std::string_view words{};
  std::string_view day{};
};

/// As almanacs give them; a Jewish holiday by its day, which begins on the evening before.
constexpr Dated kHolidays[] = {
    {"easter 2024", "2024-03-31"},
    {"easter monday 2025", "2025-04-21"},
    {"good friday 2026", "2026-04-03"},
    {"pentecost 2026", "2026-05-24"},
    {"orthodox easter 2024", "2024-05-05"},
    {"orthodox easter 2025", "2025-04-20"},
    {"thanksgiving 2026", "2026-11-26"},
    {"labor day 2026", "2026-09-07"},
    {"memorial day 2026", "2026-05-25"},
    {"martin luther king day 2026", "2026-01-19"},
    {"black friday 2026", "2026-11-27"},
    {"mother's day 2026", "2026-05-10"},
    {"tax day 2027", "2027-04-15"},
    {"victoria day 2026", "2026-05-18"},
    {"rosh hashanah 2023", "2023-09-16"},
    {"yom kippur 2024", "2024-10-12"},
    {"passover 2024", "2024-04-23"},
    {"hanukkah 2025", "2025-12-15"},
    {"purim 2024", "2024-03-24"},
    {"ramadan 2023", "2023-03-23"},
    {"ramadan 2025", "2025-03-01"},
    {"chinese new year 2019", "2019-02-05"},
    {"chinese new year 2020", "2020-01-25"},
    {"chinese new year 2024", "2024-02-10"},
    {"mid-autumn festival 2025", "2025-10-06"},
    {"dragon boat festival 2023", "2023-06-22"},
    {"diwali 2018", "2018-11-07"},
    {"diwali 2019", "2019-10-27"},
    {"diwali 2023", "2023-11-12"},
    {"holi 2019", "2019-03-21"},
    {"raksha bandhan 2018", "2018-08-26"},
    {"ugadi 2018", "2018-03-18"},
    {"vaisakhi 2018", "2018-04-14"},
    {"pongal 2018", "2018-01-14"},
};

TEST(Holidays, FallWhereAlmanacsSay) {
  const At at("2026-03-12T10:00:00+01:00");
  for (const Dated& one : kHolidays) {
    EXPECT_EQ(to_string(at->point(when(one.words))), one.day) << one.words;
  }
}

TEST(Holidays, AreTheNextOneOrTheOneSaid) {
  const At at("2026-03-12T10:00:00+01:00");
  constexpr Dated kCases[] = {
      {"christmas", "2026-12-25"},
      {"last christmas", "2025-12-25"},
      {"next easter", "2026-04-05"},
      {"christmas last year", "2025-12-25"},
      {"thanksgiving of 2020", "2020-11-26"},
      {"3 days before christmas", "2026-12-22"},
      {"the friday after easter", "2026-04-10"},
      {"christmas eve at 6pm", "2026-12-24T18:00:00+01:00"},
  };
  for (const Dated& one : kCases) {
    EXPECT_EQ(to_string(at->point(when(one.words))), one.day) << one.words;
  }
}

TEST(Holidays, AllCanBeDatedInEveryYear) {
  for (std::size_t which = 0; which < words::holiday_count(); ++which) {
    const words::HolidayInfo& info = words::holiday(which);
    if (info.rule.kind == words::HolidayRule::Kind::Once) continue;
    std::size_t days = 0;
    for (int year = 1990; year < 2030; ++year) {
      for (const auto day : words::holiday_days(info.rule, year)) {
        ++days;
        EXPECT_EQ(int{std::chrono::year_month_day{day}.year()}, year) << info.names;
      }
    }
    EXPECT_GE(days, info.names == "leap day" ? 10U : 38U) << info.names;
    EXPECT_LE(days, 42U) << info.names;
  }
}

TEST(Holidays, HoldFarFromToday) {
  for (const int year : {1, 1000, 9998}) {
    for (std::size_t which = 0; which < words::holiday_count(); ++which) {
      EXPECT_LE(words::holiday_days(words::holiday(which).rule, year).size(), 2U);
    }
  }
}

}  // namespace
}  // namespace common
