#include "servers/common/icalendar/zones.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <thread>
#include <vector>

namespace {

using common::Zone;
using std::chrono::hours;
using std::chrono::local_days;
using std::chrono::minutes;
using std::chrono::sys_days;
using namespace std::chrono_literals;

Zone zone(std::string_view iana) {
  const std::optional<Zone> found = Zone::find(iana);
  if (!found) throw std::runtime_error("no zone " + std::string(iana));
  return *found;
}

/// "20190310T023000", read as seconds of whichever clock.
template <class Seconds>
Seconds parse_compact(const std::string& text) {
  const auto number = [&](std::size_t at, std::size_t digits) {
    return std::stoi(text.substr(at, digits));
  };
  const auto date = std::chrono::year(number(0, 4)) /
                    std::chrono::month(static_cast<unsigned>(number(4, 2))) /
                    std::chrono::day(static_cast<unsigned>(number(6, 2)));
  return Seconds(sys_days(date).time_since_epoch() + hours(number(9, 2)) + minutes(number(11, 2)) +
                 std::chrono::seconds(number(13, 2)));
}

TEST(Zone, IsFoundByItsIanaNameAlone) {
  EXPECT_EQ(zone("Europe/Warsaw").id(), "Europe/Warsaw");
  EXPECT_TRUE(Zone::find("UTC"));
  EXPECT_TRUE(Zone::find("US/Eastern"));
  EXPECT_FALSE(Zone::find("Europe/Nowhere"));
  EXPECT_FALSE(Zone::find(""));
  EXPECT_FALSE(Zone::find("../zoneinfo/UTC"));
  EXPECT_FALSE(Zone::find("/usr/share/zoneinfo/UTC"));
  EXPECT_FALSE(Zone::find("right/Europe/Warsaw"));
  EXPECT_FALSE(Zone::find("tzdata.zi"));
}

TEST(Zone, ReadsALocalTimeThatOccursTwiceAsItsFirstOccurrence) {
  const auto local = local_days(2026y / 10 / 25) + 2h + 30min;
  EXPECT_EQ(zone("Europe/Warsaw").to_utc(local), sys_days(2026y / 10 / 25) + 0h + 30min);
}

TEST(Zone, ReadsASkippedLocalTimeWithTheOffsetBefore) {
  const auto local = local_days(2026y / 3 / 29) + 2h + 30min;
  const auto instant = zone("Europe/Warsaw").to_utc(local);
  EXPECT_EQ(instant, sys_days(2026y / 3 / 29) + 1h + 30min);
  EXPECT_EQ(zone("Europe/Warsaw").at(instant).offset, 2h);
}

TEST(Zone, KeepsItsRulesBeyondTheEndOfTheZoneFile) {
  EXPECT_EQ(zone("Europe/Warsaw").offset_at(sys_days(2090y / 7 / 1)), 2h);
  EXPECT_EQ(zone("Europe/Warsaw").offset_at(sys_days(2090y / 1 / 1)), 1h);
}

TEST(Zone, IsSharedByThreadsThatFindItAtOnce) {
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([] {
      for (const char* name : {"Asia/Tokyo", "America/Lima", "Africa/Cairo", "Asia/Kolkata"}) {
        EXPECT_TRUE(Zone::find(name));
      }
    });
  }
}

/// What the C library reads in the same zone files.
std::chrono::seconds offset_by_libc(const std::string& iana, std::chrono::sys_seconds at) {
  setenv("TZ", iana.c_str(), 1);
  tzset();
  const std::time_t time = std::chrono::system_clock::to_time_t(at);
  std::tm local{};
  localtime_r(&time, &local);
  return std::chrono::seconds(local.tm_gmtoff);
}

TEST(Zone, HasEveryTransitionOfTheGivenList) {
  std::ifstream file(ADJUTANT_SOURCE_DIR "/../shared/data/calendar-rrule/tz_edges.json");
  if (!file) GTEST_SKIP() << "not run: ../shared/data/calendar-rrule is absent";
  const nlohmann::json rows = nlohmann::json::parse(file).at("rows");
  std::map<std::string, std::size_t> changed_since;
  for (const nlohmann::json& row : rows) {
    const auto name = row.at("zone").get<std::string>();
    const Zone edge = zone(name);
    const auto at = parse_compact<std::chrono::sys_seconds>(row.at("transition_utc"));
    ASSERT_EQ(edge.offset_at(at - 1s), offset_by_libc(name, at - 1s)) << row;
    ASSERT_EQ(edge.offset_at(at), offset_by_libc(name, at)) << row;
    // The list is of tzdata 2025b; governments have changed their minds since.
    if (edge.offset_at(at - 1s) != minutes(row.at("offset_before_min")) ||
        edge.offset_at(at) != minutes(row.at("offset_after_min"))) {
      ++changed_since[name];
      continue;
    }
    const auto local = parse_compact<std::chrono::local_seconds>(row.at("local"));
    EXPECT_EQ(edge.to_utc(local), parse_compact<std::chrono::sys_seconds>(row.at("rfc5545_utc")))
        << row;
  }
  std::size_t stale = 0;
  for (const auto& [name, count] : changed_since) {
    std::cout << name << ": " << count << " transitions of the list are not in this tzdata\n";
    stale += count;
  }
  EXPECT_GE(rows.size(), 374U);
  EXPECT_LT(stale, rows.size() / 10);
}

}  // namespace
