#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/wire/server_process.hpp"

namespace wire {

using Json = nlohmann::ordered_json;

/// Where and when every server of these tests runs: a data folder and a clock that stands still.
constexpr std::string_view kMorning = "2026-03-16T09:00:00+01:00";
constexpr std::string_view kZone = "Europe/Warsaw";

/// Puts `time` into the clock file of `folder`.
void set_clock(const std::filesystem::path& folder, std::string_view time);

/// A running server and a client's end of the conversation with it. Everything lies in `folder`:
/// data/, clock, errors.log.
class Session final {
 public:
  Session(std::string server, const std::filesystem::path& folder,
          const std::vector<std::string>& options = {});

  const std::string& server() const { return server_; }
  ServerProcess& process() { return process_; }

  /// The handshake of 2025-11-25.
  Json initialize();

  /// One request, its one answer (with the right id, else the test fails).
  Json request(const std::string& method, const Json& params);

  /// tools/call; the result object, its shape checked against the tool's schema. Fails the test if
  /// the answer is a protocol error.
  Json call(const std::string& tool, const Json& arguments);

  /// The line as it is; the answer, if one must come.
  std::optional<Json> exchange(const std::string& line);

 private:
  std::string server_;
  ServerProcess process_;
  int last_id_{};
};

/// The five servers, and what each needs on its command line to have something to work on, made in
/// `folder` from the sample day.
const std::vector<std::string>& servers();
std::vector<std::string> sample_options(const std::string& server,
                                        const std::filesystem::path& folder);

}  // namespace wire
