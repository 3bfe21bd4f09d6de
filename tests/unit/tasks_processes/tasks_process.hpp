#pragma once

#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/temp_folder.hpp"
#include "tests/wire/server_process.hpp"

namespace test {

using Json = nlohmann::json;

/// A folder in memory where there is one: these tests are about processes, not about disks.
class DataFolder final {
 public:
  const std::filesystem::path& path() const { return folder_.path(); }

 private:
  struct InMemory {
    InMemory() {
      if (::access("/dev/shm", W_OK) == 0) ::setenv("TMPDIR", "/dev/shm", 1);
    }
  };
  InMemory in_memory_{};
  TempFolder folder_{};
};

/// A running tasks server on a data folder, with an initialised client's end of its pipes.
class TasksProcess final {
 public:
  TasksProcess(const std::filesystem::path& program, const std::filesystem::path& data,
               const std::string& client = "ann")
      : process_(program, {"--data", data, "--now", "2026-03-16T09:00:00+01:00", "--zone", "UTC"},
                 data / "errors.log") {
    send("initialize", {{"protocolVersion", "2025-11-25"},
                        {"capabilities", Json::object()},
                        {"clientInfo", {{"name", client}, {"version", "1"}}}});
    process_.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n");
    receive();
  }

  /// Sends without waiting for the answer.
  void send_call(const std::string& tool, const Json& arguments) {
    send("tools/call", {{"name", tool}, {"arguments", arguments}});
  }
  /// The next answer's result.
  Json receive() {
    const std::optional<std::string> line = process_.receive();
    if (!line) throw std::runtime_error("the server gave no answer");
    return Json::parse(*line).at("result");
  }
  Json call(const std::string& tool, const Json& arguments = Json::object()) {
    send_call(tool, arguments);
    return receive();
  }
  int finish() { return process_.finish(); }

 private:
  void send(const std::string& method, const Json& params) {
    const Json request = {
        {"jsonrpc", "2.0"}, {"id", ++last_id_}, {"method", method}, {"params", params}};
    process_.send(request.dump() + "\n");
  }

  wire::ServerProcess process_;
  int last_id_{};
};

inline Json one_task(const std::string& title) {
  return {{"tasks", {{{"title", title}}}}};
}

inline const std::filesystem::path kTasks =
    std::filesystem::path(ADJUTANT_BIN_DIR) / "adjutant-tasks";
inline const std::filesystem::path kTasksWithHooks = ADJUTANT_TASKS_WITH_HOOKS;

}  // namespace test
