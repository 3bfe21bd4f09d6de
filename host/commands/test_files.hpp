#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "host/commands/options.hpp"
#include "host/commands/report_output.hpp"

namespace host {

/// `adjutant test [SERVER] FILE.test.toml...`
struct TestFilesOptions {
  std::string server{};  ///< Instead of the one that a file names; empty for that one.
  std::vector<std::filesystem::path> files{};
  bool update{};
  std::string only{};
  ReportOutput output{};
};

/// Runs the files and prints what came of them. Returns the exit status: 0, 1 or 2.
int test_files(const Options& global, const TestFilesOptions& options);

}  // namespace host
