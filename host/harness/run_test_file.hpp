#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "host/harness/report.hpp"
#include "host/harness/test_file.hpp"
#include "host/tools/toolbox.hpp"
#include "protocol/transport/spawner.hpp"

namespace harness {

/// The server that a file is run against.
struct Target {
  host::ServerSpec spec{};  ///< One of our own gets a data folder for each test.
  bool holds_variables{};   ///< `${folder}` and the like in its program and arguments count.
};

/// How test files are run.
struct TestFileRun {
  transport::Spawner& spawner;
  /// Which server a file means; throws std::runtime_error if there is none.
  std::function<Target(const TestFile& file)> target{};
  bool update{};       ///< Write the snapshots instead of comparing them.
  std::string only{};  ///< Only tests whose name holds this.
  /// Told of each result as it comes.
  std::function<void(const CheckResult&)> on_result{};
  /// The command line that runs one test of a file again.
  std::function<std::string(const TestFile& file, const std::string& test)> again{};
};

/// Reads the file and runs its tests one after the other, each with a server and a folder of its
/// own. A step that fails ends its test; tear-down runs whatever happened. Never throws for what is
/// wrong with the file, the server or the snapshots: the report says it.
Report run_test_file(const std::filesystem::path& path, const TestFileRun& run);

}  // namespace harness
