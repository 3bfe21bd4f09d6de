#include "tests/oracle/calendar/calendar_server.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>

#include "tests/wire/shape.hpp"

namespace oracle {
namespace {

namespace fs = std::filesystem;

int number(const std::string& text, std::size_t at, std::size_t digits) {
  return std::stoi(text.substr(at, digits));
}

/// "2026-03-16T09:00:00+01:00" without its offset, compact.
std::string compact(const std::string& time) {
  std::string local = time.substr(0, 19);
  std::erase_if(local, [](char c) { return c == '-' || c == ':'; });
  return local;
}

/// The instant of an RFC 3339 time, compact, in UTC; a date as it is.
std::string compact_utc(const std::string& time) {
  if (time.size() == 10) return compact(time);
  using std::chrono::minutes;
  const auto date = std::chrono::year(number(time, 0, 4)) /
                    std::chrono::month(static_cast<unsigned>(number(time, 5, 2))) /
                    std::chrono::day(static_cast<unsigned>(number(time, 8, 2)));
  auto at = std::chrono::sys_days(date) + std::chrono::hours(number(time, 11, 2)) +
            minutes(number(time, 14, 2)) + std::chrono::seconds(number(time, 17, 2));
  if (!time.ends_with('Z')) {
    const minutes offset = std::chrono::hours(number(time, 20, 2)) + minutes(number(time, 23, 2));
    at += time[19] == '-' ? offset : -offset;
  }
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day utc(day);
  const std::chrono::hh_mm_ss clock(at - day);
  char text[32];
  std::snprintf(text, sizeof text, "%04d%02u%02uT%02d%02d%02dZ", static_cast<int>(utc.year()),
                static_cast<unsigned>(utc.month()), static_cast<unsigned>(utc.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text;
}

std::vector<std::string> arguments(const fs::path& folder, const std::string& zone) {
  return {"--data", folder,
          "--zone", zone,
          "--now",  "2026-03-16T09:00:00Z",
          "--root", data_folder() / "calendar-ics"};
}

}  // namespace

fs::path data_folder() {
  return fs::path(ADJUTANT_SOURCE_DIR) / "../shared/data";
}

std::optional<Json> read_data(const std::string& file) {
  std::ifstream in(data_folder() / file);
  if (!in) return std::nullopt;
  return Json::parse(in);
}

CalendarServer::CalendarServer(const std::string& zone)
    : process_(fs::path(ADJUTANT_BIN_DIR) / "adjutant-calendar", arguments(folder_.path(), zone),
               folder_ / "errors.log") {
  request("initialize", {{"protocolVersion", "2025-11-25"},
                         {"capabilities", Json::object()},
                         {"clientInfo", {{"name", "oracle"}, {"version", "1"}}}});
  process_.send(R"({"jsonrpc":"2.0","method":"notifications/initialized"})"
                "\n");
}

Json CalendarServer::request(const std::string& method, const Json& params) {
  const Json message = {
      {"jsonrpc", "2.0"}, {"id", ++last_id_}, {"method", method}, {"params", params}};
  EXPECT_TRUE(process_.send(message.dump() + "\n"));
  const std::optional<std::string> line = process_.receive();
  EXPECT_TRUE(line) << "no answer to " << message.dump().substr(0, 300);
  const Json answer = Json::parse(line.value_or("{}"));
  EXPECT_TRUE(answer.contains("result")) << answer.dump().substr(0, 300);
  return answer.value("result", Json::object());
}

Json CalendarServer::call(const std::string& tool, const Json& arguments) {
  const Json result = request("tools/call", {{"name", tool}, {"arguments", arguments}});
  EXPECT_FALSE(result.value("isError", false)) << arguments.dump().substr(0, 300) << result.dump();
  for (const std::string& complaint : wire::shape_complaints("calendar", tool, result)) {
    ADD_FAILURE() << tool << " " << complaint;
  }
  return result.value("structuredContent", Json::object());
}

std::vector<Row> CalendarServer::list(Json arguments) {
  arguments["fields"] = {"title", "start", "end", "uid"};
  arguments["limit"] = 500;
  std::vector<Row> rows;
  while (true) {
    const Json page = call("list_events", arguments);
    for (const Json& event : page.value("events", Json::array())) {
      const std::string start = event.at("start");
      const std::string end = event.at("end");
      rows.push_back({.uid = event.value("uid", ""),
                      .title = event.value("title", ""),
                      .start = compact(start),
                      .end = compact(end),
                      .start_utc = compact_utc(start),
                      .end_utc = compact_utc(end)});
    }
    if (!page.contains("next_cursor")) return rows;
    arguments["cursor"] = page["next_cursor"];
  }
}

}  // namespace oracle
