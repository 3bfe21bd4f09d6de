#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "host/harness/prober.hpp"
#include "host/harness/report.hpp"
#include "host/harness/server_under_test.hpp"

namespace harness {

struct CheckOptions {
  std::uint64_t seed{1};
  bool writes{};  ///< Call the tools that are not marked read-only, too.
  Paste paste{};
  std::size_t cases_max{400};  ///< Calls with made-up arguments, of each tool.
  /// Told what is being done, in a few words; may be empty.
  std::function<void(const std::string&)> progress{};
};

/// Starts the server and checks everything that can be checked without a file: the list of tools,
/// and each tool with valid, edge and invalid arguments made from its schema. A server that cannot
/// be started or listed is a report with a `problem`. The server still runs afterwards if it
/// survived.
Report check_server(ServerUnderTest& server, const CheckOptions& options);

}  // namespace harness
