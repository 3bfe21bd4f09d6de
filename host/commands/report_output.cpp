#include "host/commands/report_output.hpp"

#include <unistd.h>

#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>

#include "host/commands/json_output.hpp"
#include "host/harness/report_writers.hpp"

namespace host {

using harness::CheckResult;
using harness::Report;

namespace {

constexpr std::size_t kResultIndent = 8;

std::string label_of(harness::Verdict verdict) {
  switch (verdict) {
    case harness::Verdict::Pass:
      return "  ok";
    case harness::Verdict::Finding:
      return "  FOUND";
    case harness::Verdict::NotRun:
      break;
  }
  return "  --";
}

Style style_of(harness::Verdict verdict) {
  switch (verdict) {
    case harness::Verdict::Pass:
      return Style::Good;
    case harness::Verdict::Finding:
      return Style::Bad;
    case harness::Verdict::NotRun:
      break;
  }
  return Style::Dim;
}

std::string counted(std::size_t number, const std::string& one, const std::string& many) {
  return std::to_string(number) + " " + (number == 1 ? one : many);
}

std::string title_of(const CheckResult& result) {
  std::string title = result.check;
  if (!result.tool.empty() && title.find(result.tool) == title.npos)
    title = result.tool + ": " + title;
  if (!result.argument.empty()) title += " (" + result.argument + ")";
  if (result.verdict == harness::Verdict::NotRun) title += ": " + result.problem;
  return title;
}

}  // namespace

std::string result_text(const CheckResult& result, const Terminal& terminal) {
  std::string text = terminal.entry(label_of(result.verdict), plain(title_of(result)),
                                    kResultIndent, style_of(result.verdict));
  if (result.verdict != harness::Verdict::Finding) return text;
  text += wrapped_lines(result.problem, kResultIndent);
  if (!result.advice.empty()) text += wrapped_lines("What to do: " + result.advice, kResultIndent);
  if (!result.line.empty())  // Not wrapped: it is there to be copied.
    text += std::string(kResultIndent, ' ') + plain(result.line) + "\n";
  return text;
}

std::string summary_text(const std::vector<Report>& reports, const Terminal& terminal) {
  std::size_t pass = 0;
  std::size_t findings = 0;
  std::size_t not_run = 0;
  std::string text;
  for (const Report& report : reports) {
    pass += count(report, harness::Verdict::Pass);
    findings += count(report, harness::Verdict::Finding);
    not_run += count(report, harness::Verdict::NotRun);
    if (!report.problem.empty())
      text += terminal.entry("  could not run", plain(report.problem), 16, Style::Bad);
  }
  std::string line = counted(pass, "check holds", "checks hold");
  line += ", " + counted(findings, "finding", "findings");
  if (not_run > 0) line += ", " + std::to_string(not_run) + " not run";
  for (const Report& report : reports) {
    if (report.tools > 0)
      line += "; " + counted(report.tools, "tool", "tools") + ", about " +
              std::to_string(report.tokens) + " tokens, " + counted(report.calls, "call", "calls") +
              ", seed " + std::to_string(report.seed);
  }
  const int status = harness::exit_status(reports);
  text += terminal.styled(status == 0 ? Style::Good : Style::Bad, line) + "\n";
  if (status == 1)
    text += wrapped_lines(
        "Each finding says what came and how to see it again; mend the server or the expectation.");
  if (status == 2) text += "Mend what could not be run first: its checks say nothing.\n";
  return text;
}

int finish_reports(const std::vector<Report>& reports, const ReportOutput& output) {
  if (!output.junit.empty()) {
    std::ofstream file(output.junit, std::ios::binary | std::ios::trunc);
    file << harness::junit_xml(reports);
    file.flush();
    if (!file)
      throw std::runtime_error("cannot write " + output.junit.string() +
                               "; name a file in a folder that is there");
  }
  if (output.json) {
    print_json(harness::report_json(reports));
  } else if (output.tap) {
    std::cout << harness::tap(reports);
  } else {
    std::cout << summary_text(reports, Terminal::of(STDOUT_FILENO));
  }
  return harness::exit_status(reports);
}

}  // namespace host
