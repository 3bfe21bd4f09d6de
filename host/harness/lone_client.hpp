#pragma once

#include <chrono>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "host/tools/toolbox.hpp"
#include "protocol/transport/child_process.hpp"

namespace harness {

/// A client that does one thing at a time on the caller's thread, so that what it measures is the
/// server and not threads that wait for each other. What fails is thrown as std::runtime_error.
class LoneClient final {
 public:
  /// Starts the server and introduces itself.
  LoneClient(transport::Spawner& spawner, host::ServerSpec spec);

  /// The result of a request; `took` is from before it was written until its answer was read.
  nlohmann::json request(std::string_view method, const nlohmann::json& params,
                         std::chrono::nanoseconds* took = nullptr);

  /// The entry of tools/list; null if there is none.
  nlohmann::json find_tool(const std::string& name);

  const host::ServerSpec& spec() const { return spec_; }
  const nlohmann::json& introduction() const { return introduction_; }
  std::chrono::nanoseconds start_time() const { return start_time_; }
  pid_t pid() const { return process_.pid(); }

 private:
  std::string answer_to(const std::string& id, std::string_view method);
  bool is_answer(const std::string& line, const std::string& id);

  host::ServerSpec spec_;
  std::chrono::steady_clock::time_point begun_{std::chrono::steady_clock::now()};
  transport::ChildProcess process_;
  std::int64_t last_id_{};
  nlohmann::json introduction_;
  std::chrono::nanoseconds start_time_{};
};

}  // namespace harness
