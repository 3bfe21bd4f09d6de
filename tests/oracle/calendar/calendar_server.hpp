#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tests/temp_folder.hpp"
#include "tests/wire/server_process.hpp"

namespace oracle {

using Json = nlohmann::ordered_json;

/// Where the given vectors lie; absent on most machines.
std::filesystem::path data_folder();
/// A JSON file of the vectors, or nothing.
std::optional<Json> read_data(const std::string& file);

/// One occurrence as list_events gives it; times in compact form: "20260316T090000" (the zone's
/// local time) or "20260316".
struct Row {
  std::string uid{};
  std::string title{};
  std::string start{};
  std::string end{};
  std::string start_utc{};
  std::string end_utc{};
};

/// The real program on a data folder of its own. Each answer is checked against the tool's schema.
class CalendarServer final {
 public:
  explicit CalendarServer(const std::string& zone);

  /// structuredContent of a call, or the test fails.
  Json call(const std::string& tool, const Json& arguments);
  /// All pages.
  std::vector<Row> list(Json arguments);

 private:
  Json request(const std::string& method, const Json& params);

  test::TempFolder folder_;
  wire::ServerProcess process_;
  int last_id_{};
};

}  // namespace oracle
