#pragma once

#include <chrono>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "host/harness/memory.hpp"
#include "host/tools/toolbox.hpp"
#include "protocol/transport/spawner.hpp"

namespace harness {

/// One call, made over and over.
struct BenchPlan {
  std::string tool{};
  nlohmann::json arguments = nlohmann::json::object();
  std::chrono::milliseconds time{3000};  ///< For each server; the run ends after it,
  std::optional<std::size_t> calls{};    ///< or after so many calls to each.
  std::size_t warm_up{20};               ///< Calls that do not count.
  bool writes{};                         ///< Tools that are not marked read-only may be called.
};

/// What one server needed. Times are those of one call, as the client sees it.
struct BenchFigures {
  std::string server{};  ///< As the command line named it.
  std::string name{};    ///< Its own word about itself, as is the next.
  std::string version{};
  std::size_t calls{};
  std::size_t errors{};  ///< Of them, answered by an error.
  double calls_per_second{};
  std::chrono::nanoseconds start{};  ///< From the process to its introduction.
  std::chrono::nanoseconds p50{};
  std::chrono::nanoseconds p90{};
  std::chrono::nanoseconds p99{};
  std::chrono::nanoseconds max{};
  MemoryUse at_start{};  ///< Before the first call.
  MemoryUse at_end{};
  std::size_t memory_peak{};  ///< Bytes: the most that each process had, looked at between calls.
};

/// Starts the servers and calls each in turn, in changing order, one call at a time, so that
/// whatever else the machine does hits all of them alike. Throws std::runtime_error, its text a
/// sentence, if a server does not start, has no such tool, fails the first call, does not answer,
/// or the tool is not marked read-only and the plan does not allow that.
std::vector<BenchFigures> bench(transport::Spawner& spawner,
                                const std::vector<host::ServerSpec>& servers,
                                const BenchPlan& plan);

/// The value that `share` (0 to 1) of the sorted values do not exceed; by nearest rank. 0 for none.
std::chrono::nanoseconds percentile(const std::vector<std::chrono::nanoseconds>& sorted,
                                    double share);

}  // namespace harness
