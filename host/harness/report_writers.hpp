#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/harness/report.hpp"

/// Reports for programs. What servers said is made fit for each form: bytes that are no UTF-8
/// become U+FFFD, control characters are written out where the form cannot hold them.
namespace harness {

/// What all of them together come to: 0 all holds, 1 there are findings, 2 one could not be run.
int exit_status(const std::vector<Report>& reports);

/// JUnit XML as Jenkins, GitLab and the GitHub actions read it: a test suite for each suite of
/// results, findings as failures, what was not run as skipped, a run that could not be made as an
/// error.
std::string junit_xml(const std::vector<Report>& reports);

/// TAP version 14.
std::string tap(const std::vector<Report>& reports);

/// {status, pass, findings, not_run, reports: [{server, ..., results: [...]}]}.
nlohmann::ordered_json report_json(const std::vector<Report>& reports);

}  // namespace harness
