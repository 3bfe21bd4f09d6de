#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <iostream>
#include <map>

#include "tests/oracle/calendar/calendar_server.hpp"

/// Local times at changes of offset, through import_ics and list_events.
namespace oracle {
namespace {

std::string event_of(const std::string& uid, const Json& row) {
  return "BEGIN:VEVENT\r\nUID:" + uid + "\r\nDTSTART;TZID=" + row.at("zone").get<std::string>() +
         ":" + row.at("local").get<std::string>() + "\r\nEND:VEVENT\r\n";
}

/// The change is in the system's zone files, as the C library reads them; the list is older than
/// they.
bool still_holds(const Json& row) {
  std::tm utc{};
  const std::string at = row.at("transition_utc");
  strptime(at.c_str(), "%Y%m%dT%H%M%SZ", &utc);
  const std::time_t time = timegm(&utc);
  setenv("TZ", row.at("zone").get<std::string>().c_str(), 1);
  tzset();
  const auto minutes_at = [](std::time_t instant) {
    std::tm local{};
    localtime_r(&instant, &local);
    return local.tm_gmtoff / 60;
  };
  return minutes_at(time - 1) == row.at("offset_before_min") &&
         minutes_at(time) == row.at("offset_after_min");
}

TEST(ZoneTransitions, AreReadByRfc5545) {
  const std::optional<Json> data = read_data("calendar-rrule/tz_edges.json");
  if (!data) GTEST_SKIP() << "not run: ../shared/data/calendar-rrule is absent";
  const Json& rows = data->at("rows");
  std::string ics = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n";
  for (std::size_t i = 0; i < rows.size(); ++i) ics += event_of(std::to_string(i), rows[i]);
  CalendarServer server("UTC");
  const Json imported = server.call("import_ics", {{"ics", ics + "END:VCALENDAR\r\n"}});
  EXPECT_EQ(imported.at("added"), rows.size());
  std::map<std::string, std::string> starts;
  for (const Row& row : server.list({{"start", "2018-01-01"}, {"end", "2030-01-01"}})) {
    starts[row.uid] = row.start_utc;
  }
  std::size_t right = 0;
  std::size_t outdated = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool holds = still_holds(rows[i]);
    outdated += holds ? 0U : 1U;
    const bool same = starts[std::to_string(i)] == rows[i].at("rfc5545_utc");
    right += same ? 1U : 0U;
    EXPECT_TRUE(same || !holds) << rows[i] << " got " << starts[std::to_string(i)];
  }
  std::cout << right << " of " << rows.size() << " right; " << outdated
            << " are not in the zone files of this machine\n";
  EXPECT_GE(right, rows.size() * 9 / 10);
}

}  // namespace
}  // namespace oracle
