#include "tests/wire/session.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/wire/shape.hpp"

namespace wire {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> arguments_in(const fs::path& folder,
                                      const std::vector<std::string>& options) {
  set_clock(folder, kMorning);
  std::vector<std::string> arguments = {"--data",         folder / "data", "--clock",
                                        folder / "clock", "--zone",        std::string(kZone)};
  arguments.insert(arguments.end(), options.begin(), options.end());
  return arguments;
}

/// A line that is no notification must be answered, be it a request or rubbish. No test sends a
/// long notification.
bool is_answered(const std::string& line) {
  if (line.size() > 1'000'000) return true;
  const Json message = Json::parse(line, nullptr, false);
  return !message.is_object() || message.contains("id") || !message.contains("method");
}

}  // namespace

void set_clock(const fs::path& folder, std::string_view time) {
  std::ofstream(folder / "clock.new") << time << "\n";
  fs::rename(folder / "clock.new", folder / "clock");
}

Session::Session(std::string server, const fs::path& folder,
                 const std::vector<std::string>& options)
    : server_(std::move(server)),
      process_(fs::path(ADJUTANT_BIN_DIR) / ("adjutant-" + server_), arguments_in(folder, options),
               folder / "errors.log") {}

std::optional<Json> Session::exchange(const std::string& line) {
  EXPECT_TRUE(process_.send(line + "\n")) << "the server stopped reading";
  if (!is_answered(line)) return std::nullopt;
  const std::optional<std::string> answer = process_.receive();
  EXPECT_TRUE(answer) << "no answer to " << line.substr(0, 200);
  if (!answer) return std::nullopt;
  Json parsed = Json::parse(*answer, nullptr, false);
  EXPECT_FALSE(parsed.is_discarded()) << "not JSON: " << answer->substr(0, 200);
  return parsed;
}

Json Session::request(const std::string& method, const Json& params) {
  const int id = ++last_id_;
  const Json message = {{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", params}};
  Json answer = exchange(message.dump()).value_or(Json::object());
  EXPECT_EQ(answer.value("jsonrpc", ""), "2.0");
  EXPECT_EQ(answer.value("id", Json()), Json(id)) << answer.dump().substr(0, 400);
  return answer;
}

Json Session::initialize() {
  Json answer = request("initialize", {{"protocolVersion", "2025-11-25"},
                                       {"capabilities", Json::object()},
                                       {"clientInfo", {{"name", "wire"}, {"version", "1"}}}});
  exchange(R"({"jsonrpc":"2.0","method":"notifications/initialized"})");
  return answer;
}

Json Session::call(const std::string& tool, const Json& arguments) {
  const Json answer = request("tools/call", {{"name", tool}, {"arguments", arguments}});
  EXPECT_TRUE(answer.contains("result")) << answer.dump();
  if (!answer.contains("result")) return Json::object();
  for (const std::string& complaint : shape_complaints(server_, tool, answer["result"])) {
    ADD_FAILURE() << tool << " " << complaint;
  }
  return answer["result"];
}

const std::vector<std::string>& servers() {
  static const std::vector<std::string> names = {"calendar", "email", "tasks", "files", "memory"};
  return names;
}

std::vector<std::string> sample_options(const std::string& server, const fs::path& folder) {
  const fs::path sample = fs::path(ADJUTANT_SOURCE_DIR) / "examples/day";
  if (server == "calendar") {
    fs::copy(sample / "calendar.ics", folder / "calendar.ics");
    return {"--root", folder};
  }
  if (server == "email") {
    fs::copy(sample / "mail", folder / "mail", fs::copy_options::recursive);
    for (const char* empty : {"tmp", ".Sent/new", ".Sent/tmp"}) {  // Git keeps no empty folders.
      fs::create_directories(folder / "mail" / empty);
    }
    return {"--mail", folder / "mail"};
  }
  if (server == "files") {
    fs::copy(sample / "documents", folder / "documents", fs::copy_options::recursive);
    return {folder / "documents"};
  }
  return {};
}

}  // namespace wire
