#include "host/harness/report_writers.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <numeric>
#include <sstream>
#include <string_view>

namespace harness {
namespace {

using Ordered = nlohmann::ordered_json;

std::string valid_utf8(const std::string& text) {
  const std::string quoted = Ordered(text).dump(-1, ' ', false, Ordered::error_handler_t::replace);
  return Ordered::parse(quoted).get<std::string>();
}

std::string written_out(char c) {
  std::array<char, 8> out{};
  std::snprintf(out.data(), out.size(), "\\u%04x", static_cast<unsigned>(c));
  return out.data();
}

/// Line ends stay in elements; in attributes they have to be written out.
enum class Place { Element, Attribute };

std::string xml(const std::string& given, Place place) {
  const std::string text = valid_utf8(given);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const std::string_view rest = std::string_view(text).substr(i);
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (c == '\n' || c == '\t') {
      out += place == Place::Element ? std::string(1, c) : c == '\n' ? "&#10;" : "&#9;";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += written_out(c);  // XML 1.0 has no way to say it.
    } else if (rest.starts_with("\xEF\xBF\xBE") || rest.starts_with("\xEF\xBF\xBF")) {
      out += "\xEF\xBF\xBD";
      i += 2;
    } else {
      out.push_back(c);
    }
  }
  return out;
}

std::string attribute(const char* name, const std::string& value) {
  return std::string(" ") + name + "=\"" + xml(value, Place::Attribute) + "\"";
}

std::string seconds(std::chrono::microseconds time) {
  std::array<char, 32> out{};
  std::snprintf(out.data(), out.size(), "%.6f", static_cast<double>(time.count()) / 1e6);
  return out.data();
}

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

std::string title_of(const CheckResult& result) {
  std::string title = result.check;
  if (!result.tool.empty() && title.find(result.tool) == title.npos) {
    title = result.tool + ": " + title;
  }
  return result.argument.empty() ? title : title + " (" + result.argument + ")";
}

std::string details_of(const CheckResult& result) {
  std::string details = result.problem;
  if (!result.advice.empty()) details += "\nWhat to do: " + result.advice;
  if (!result.line.empty()) details += "\nAgain: " + result.line;
  return details;
}

void junit_case(std::ostringstream& out, const Report& report, const CheckResult& result) {
  out << "    <testcase" << attribute("name", title_of(result))
      << attribute("classname", report.server + "." + result.suite)
      << attribute("time", seconds(result.took));
  switch (result.verdict) {
    case Verdict::Pass:
      out << "/>\n";
      break;
    case Verdict::Finding:
      out << ">\n      <failure" << attribute("message", first_line(result.problem))
          << attribute("type", "finding") << ">" << xml(details_of(result), Place::Element)
          << "</failure>\n    </testcase>\n";
      break;
    case Verdict::NotRun:
      out << ">\n      <skipped" << attribute("message", result.problem) << "/>\n    </testcase>\n";
      break;
  }
}

using Results = std::vector<const CheckResult*>;

/// The suites of a report, in the order in which they come.
std::vector<Results> suites_of(const Report& report) {
  std::vector<Results> suites;
  for (const CheckResult& result : report.results) {
    const auto suite = std::ranges::find_if(
        suites, [&](const Results& each) { return each.front()->suite == result.suite; });
    if (suite == suites.end()) {
      suites.push_back({&result});
    } else {
      suite->push_back(&result);
    }
  }
  return suites;
}

std::size_t count_in(const Results& results, Verdict verdict) {
  return static_cast<std::size_t>(std::ranges::count(results, verdict, &CheckResult::verdict));
}

void junit_suite(std::ostringstream& out, const Report& report, const Results& results) {
  std::chrono::microseconds took{};
  for (const CheckResult* each : results) took += each->took;
  out << "  <testsuite" << attribute("name", results.front()->suite)
      << attribute("tests", std::to_string(results.size()))
      << attribute("failures", std::to_string(count_in(results, Verdict::Finding)))
      << attribute("errors", "0")
      << attribute("skipped", std::to_string(count_in(results, Verdict::NotRun)))
      << attribute("time", seconds(took)) << ">\n";
  out << "    <properties>\n      <property" << attribute("name", "server")
      << attribute("value", report.name + " " + report.version) << "/>\n    </properties>\n";
  for (const CheckResult* each : results) junit_case(out, report, *each);
  out << "  </testsuite>\n";
}

void junit_problem(std::ostringstream& out, const Report& report) {
  out << "  <testsuite" << attribute("name", report.server)
      << R"( tests="1" failures="0" errors="1" skipped="0" time="0")"
      << ">\n    <testcase" << attribute("name", "the run") << attribute("classname", report.server)
      << " time=\"0\">\n      <error" << attribute("message", first_line(report.problem))
      << attribute("type", "could not run") << ">" << xml(report.problem, Place::Element)
      << "</error>\n    </testcase>\n  </testsuite>\n";
}

std::string tap_text(const std::string& text) {
  std::string out;
  for (const char c : valid_utf8(text)) {
    if (c == '#' || c == '\\') out.push_back('\\');
    if (c == '\n' || c == '\t' || c == '\r') {
      out.push_back(' ');
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += "\\\\" + written_out(c).substr(1);
    } else {
      out.push_back(c);
    }
  }
  return out;
}

/// A JSON string is one of YAML, too.
std::string yaml_text(const std::string& text) {
  return Ordered(text).dump(-1, ' ', false, Ordered::error_handler_t::replace);
}

void tap_line(std::ostringstream& out, const CheckResult& result, std::size_t number) {
  out << (result.verdict == Verdict::Finding ? "not ok " : "ok ") << number << " - "
      << tap_text(result.suite + ": " + title_of(result));
  if (result.verdict == Verdict::NotRun) out << " # SKIP " << tap_text(result.problem);
  out << "\n";
  if (result.verdict != Verdict::Finding) return;
  out << "  ---\n  message: " << yaml_text(result.problem) << "\n";
  if (!result.advice.empty()) out << "  advice: " << yaml_text(result.advice) << "\n";
  if (!result.line.empty()) out << "  again: " << yaml_text(result.line) << "\n";
  out << "  ...\n";
}

Ordered result_json(const CheckResult& result) {
  Ordered json{{"suite", result.suite}, {"check", result.check}};
  if (!result.tool.empty()) json["tool"] = result.tool;
  if (!result.argument.empty()) json["argument"] = result.argument;
  json["verdict"] = name_of(result.verdict);
  if (!result.problem.empty()) json["problem"] = result.problem;
  if (!result.advice.empty()) json["advice"] = result.advice;
  if (!result.line.empty()) json["again"] = result.line;
  json["ms"] = static_cast<double>(result.took.count()) / 1000;
  return json;
}

std::size_t sum(const std::vector<Report>& reports, Verdict verdict) {
  return std::accumulate(
      reports.begin(), reports.end(), std::size_t{},
      [&](std::size_t all, const Report& report) { return all + count(report, verdict); });
}

}  // namespace

int exit_status(const std::vector<Report>& reports) {
  int status = 0;
  for (const Report& report : reports) status = std::max(status, exit_status(report));
  return status;
}

std::string junit_xml(const std::vector<Report>& reports) {
  std::size_t tests = 0;
  std::size_t errors = 0;
  std::chrono::microseconds took{};
  for (const Report& report : reports) {
    errors += report.problem.empty() ? 0 : 1;
    tests += report.results.size();
    took += report.took;
  }
  std::ostringstream out;
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" << attribute("name", "adjutant")
      << attribute("tests", std::to_string(tests + errors))
      << attribute("failures", std::to_string(sum(reports, Verdict::Finding)))
      << attribute("errors", std::to_string(errors)) << attribute("time", seconds(took)) << ">\n";
  for (const Report& report : reports) {
    for (const Results& suite : suites_of(report)) junit_suite(out, report, suite);
    if (!report.problem.empty()) junit_problem(out, report);
  }
  out << "</testsuites>\n";
  return out.str();
}

std::string tap(const std::vector<Report>& reports) {
  std::size_t tests = 0;
  for (const Report& report : reports) tests += report.results.size();
  std::ostringstream out;
  out << "TAP version 14\n1.." << tests << "\n";
  std::size_t number = 0;
  for (const Report& report : reports) {
    for (const CheckResult& result : report.results) tap_line(out, result, ++number);
  }
  for (const Report& report : reports) {
    if (report.problem.empty()) continue;
    out << "Bail out! " << tap_text(report.problem) << "\n";
    break;
  }
  return out.str();
}

Ordered report_json(const std::vector<Report>& reports) {
  Ordered all{{"status", exit_status(reports)},
              {"pass", sum(reports, Verdict::Pass)},
              {"findings", sum(reports, Verdict::Finding)},
              {"not_run", sum(reports, Verdict::NotRun)},
              {"reports", Ordered::array()}};
  for (const Report& report : reports) {
    Ordered json{{"server", report.server},
                 {"name", report.name},
                 {"version", report.version},
                 {"protocol", report.protocol},
                 {"calls", report.calls},
                 {"seed", report.seed},
                 {"tools", report.tools},
                 {"tokens", report.tokens},
                 {"ms", static_cast<double>(report.took.count()) / 1000}};
    if (!report.problem.empty()) json["problem"] = report.problem;
    json["results"] = Ordered::array();
    for (const CheckResult& result : report.results) json["results"].push_back(result_json(result));
    all["reports"].push_back(std::move(json));
  }
  return all;
}

}  // namespace harness
