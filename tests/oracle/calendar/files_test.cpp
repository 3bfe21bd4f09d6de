#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <set>

#include "tests/oracle/calendar/calendar_server.hpp"

/// Real calendars and hostile ones, through import_ics and list_events.
namespace oracle {
namespace {

struct Expected {
  std::string start{};
  std::string end{};
  std::string title{};
  std::string uid{};
  friend auto operator<=>(const Expected&, const Expected&) = default;
};

std::ostream& operator<<(std::ostream& out, const Expected& expected) {
  return out << expected.start << " to " << expected.end << " " << expected.title << " ["
             << expected.uid << "]";
}

/// UIDs that we made, for events without one, are empty in the expected lists.
std::string uid_of(const std::string& uid) {
  return uid.starts_with("adjutant-") ? "" : uid;
}

std::vector<Expected> expected_of(const Json& calendar) {
  std::vector<Expected> list;
  for (const Json& occurrence : calendar.at("occurrences")) {
    const auto text = [&](const char* member) {
      return occurrence.at(member).is_string() ? occurrence[member].get<std::string>() : "";
    };
    list.push_back({text("start"), text("end"), text("summary"), text("uid")});
  }
  std::ranges::sort(list);
  return list;
}

/// The server shows UTC, in which floating times are meant here, too.
std::vector<Expected> listed(CalendarServer& server, const std::string& file, const Json& window) {
  const auto midnight = [](const std::string& day) { return day + "T00:00:00Z"; };
  const std::vector<Row> rows = server.list({{"start", midnight(window[0])},
                                             {"end", midnight(window[1])},
                                             {"calendars", Json::array({file})}});
  std::vector<Expected> list;
  for (const Row& row : rows) list.push_back({row.start, row.end, row.title, uid_of(row.uid)});
  std::ranges::sort(list);
  return list;
}

/// Of a list that was cut, all that is given must be there, and the number must agree.
std::vector<std::string> differences(const std::vector<Expected>& got,
                                     std::vector<Expected> expected, const Json& calendar) {
  for (Expected& one : expected) {
    if (one.start.ends_with('Z')) one.start.pop_back();
    if (one.end.ends_with('Z')) one.end.pop_back();
  }
  std::ranges::sort(expected);
  std::vector<std::string> found;
  std::vector<Expected> missing;
  std::ranges::set_difference(expected, got, std::back_inserter(missing));
  for (const Expected& one : missing) found.push_back("missing " + testing::PrintToString(one));
  if (got.size() != calendar.at("n_occurrences").get<std::size_t>()) {
    found.push_back("expected " + calendar["n_occurrences"].dump() + " occurrences, got " +
                    std::to_string(got.size()));
  }
  return found;
}

TEST(RecurringCalendars, GiveExactlyTheExpectedOccurrences) {
  const std::optional<Json> data = read_data("calendar-ics/recurring_expected.json");
  if (!data) GTEST_SKIP() << "not run: ../shared/data/calendar-ics is absent";
  CalendarServer server("UTC");
  std::map<std::string, std::pair<int, int>> table;
  for (const auto& [file, calendar] : data->at("calendars").items()) {
    const Json imported =
        server.call("import_ics", {{"path", "recurring/" + file}, {"calendar", file}});
    if (!calendar.contains("window")) continue;
    const std::string agreement = calendar.value("icaljs", "");
    std::vector<Expected> got;
    if (imported.at("added") > 0) got = listed(server, file, calendar["window"]);
    const std::vector<std::string> found = differences(got, expected_of(calendar), calendar);
    ++(found.empty() ? table[agreement].first : table[agreement].second);
    if (found.empty()) continue;
    std::cout << file << " (" << agreement << "): " << found.front() << "\n";
    EXPECT_NE(agreement, "match") << file << ": " << found.front();
  }
  for (const auto& [agreement, counts] : table) {
    std::cout << agreement << ": " << counts.first << " right, " << counts.second << " differ\n";
  }
  EXPECT_GE(table["match"].first, 30);
}

/// The control: an occurrence more or less is seen.
TEST(RecurringCalendars, ThatDifferWouldBeSeen) {
  const Json calendar = {{"n_occurrences", 1}};
  const std::vector<Expected> one = {{"20260316", "20260317", "Fair", "1"}};
  const std::vector<Expected> other = {{"20260317", "20260318", "Fair", "1"}};
  EXPECT_TRUE(differences(one, one, calendar).empty());
  EXPECT_FALSE(differences(other, one, calendar).empty());
  EXPECT_FALSE(differences({one[0], other[0]}, one, calendar).empty());
}

/// What an import must have done with a file, by the reference's reading of it.
void check_import(const std::string& file, const Json& reference, const Json& imported,
                  const std::set<std::string>& known) {
  const bool faulty = !reference.value("parses", true) || reference.value("property_errors", 0) > 0;
  EXPECT_TRUE(!faulty || imported.contains("failed")) << file << " has faults; none was named";
  const std::string failed = imported.value("failed", Json::array()).dump();
  for (const Json& item : reference.value("items", Json::array())) {
    if (item.at("type") != "VEVENT" || !item.value("uid", Json()).is_string()) continue;
    const std::string uid = item["uid"];
    if (uid.empty()) continue;
    EXPECT_TRUE(known.contains(uid) || failed.find(Json(uid).dump()) != std::string::npos)
        << file << ": " << uid << " is neither in the calendar nor named";
  }
}

TEST(CalendarFiles, AreImportedOrRefusedByName) {
  const std::optional<Json> data = read_data("calendar-ics/corpus_expected.json");
  if (!data) GTEST_SKIP() << "not run: ../shared/data/calendar-ics is absent";
  CalendarServer server("UTC");
  std::map<std::string, int> table;
  for (const Json& reference : data->at("files")) {
    const std::string file = reference.at("file");
    const Json imported =
        server.call("import_ics", {{"path", "corpus/" + file}, {"calendar", file}});
    const bool taken = imported.value("added", 0) + imported.value("updated", 0) > 0;
    const bool named = imported.contains("failed");
    ++table[taken ? named ? "imported in part" : "imported" : named ? "refused" : "empty"];
    std::set<std::string> known;
    if (taken) {
      for (const Row& row : server.list({{"start", "0002-01-01T00:00:00Z"},
                                         {"end", "2101-01-01T00:00:00Z"},
                                         {"calendars", Json::array({file})}})) {
        known.insert(row.uid);
      }
    }
    check_import(file, reference, imported, known);
  }
  for (const auto& [what, count] : table) std::cout << what << ": " << count << "\n";
  EXPECT_LE(table["empty"], 8);  // Calendars without a component, and those that cancel or answer.
}

}  // namespace
}  // namespace oracle
