#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "host/commands/terminal.hpp"
#include "host/harness/report.hpp"

namespace host {

/// How `adjutant test` shows what it found.
struct ReportOutput {
  bool json{};
  bool tap{};
  std::filesystem::path junit{};  ///< Written beside the rest; empty for none.
};

/// One line for a check, and below a finding what is wrong, what to do and how to see it again.
std::string result_text(const harness::CheckResult& result, const Terminal& terminal);

/// The last lines: what there is, and what could not be run.
std::string summary_text(const std::vector<harness::Report>& reports, const Terminal& terminal);

/// Writes the JUnit file, prints JSON, TAP or the summary for people (who have seen the results one
/// by one), and returns the exit status: 0 all holds, 1 findings, 2 it could not be run.
int finish_reports(const std::vector<harness::Report>& reports, const ReportOutput& output);

}  // namespace host
