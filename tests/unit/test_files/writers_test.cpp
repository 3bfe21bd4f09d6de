#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <clocale>
#include <map>
#include <set>
#include <sstream>

#include "host/commands/report_output.hpp"
#include "host/harness/bench.hpp"
#include "host/harness/report_writers.hpp"

namespace harness {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::vector<Report> reports() {
  Report report{
      .server = "notes", .name = "Notes", .version = "1 <beta>", .protocol = "2025-11-25"};
  report.results = {
      {.suite = "a.test.toml",
       .check = "adds: step 1 add",
       .tool = "add",
       .took = std::chrono::microseconds(1500)},
      {.suite = "a.test.toml",
       .check = "adds: step 2 get",
       .tool = "get",
       .verdict = Verdict::Finding,
       .problem = "a.test.toml:7: text: expected \"a\", got \"\x1B[31m&<>\xFF\"\nand # more",
       .line = "adjutant test a.test.toml --only adds",
       .advice = "Mend it."},
      {.suite = "generated",
       .check = "answers-in-time",
       .tool = "get",
       .argument = "/id",
       .verdict = Verdict::NotRun,
       .problem = "not reached"}};
  report.took = std::chrono::microseconds(2000000);
  return {report};
}

TEST(JUnit, IsWellFormedWhateverServersSay) {
  EXPECT_EQ(junit_xml(reports()), R"xml(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="adjutant" tests="3" failures="1" errors="0" time="2.000000">
  <testsuite name="a.test.toml" tests="2" failures="1" errors="0" skipped="0" time="0.001500">
    <properties>
      <property name="server" value="Notes 1 &lt;beta&gt;"/>
    </properties>
    <testcase name="adds: step 1 add" classname="notes.a.test.toml" time="0.001500"/>
    <testcase name="adds: step 2 get" classname="notes.a.test.toml" time="0.000000">
      <failure message="a.test.toml:7: text: expected &quot;a&quot;, got &quot;\u001b[31m&amp;&lt;&gt;�&quot;" type="finding">a.test.toml:7: text: expected &quot;a&quot;, got &quot;\u001b[31m&amp;&lt;&gt;�&quot;
and # more
What to do: Mend it.
Again: adjutant test a.test.toml --only adds</failure>
    </testcase>
  </testsuite>
  <testsuite name="generated" tests="1" failures="0" errors="0" skipped="1" time="0.000000">
    <properties>
      <property name="server" value="Notes 1 &lt;beta&gt;"/>
    </properties>
    <testcase name="get: answers-in-time (/id)" classname="notes.generated" time="0.000000">
      <skipped message="not reached"/>
    </testcase>
  </testsuite>
</testsuites>
)xml");
}

/// What the schema that Jenkins publishes for JUnit's files (junit-10.xsd) says of one element.
struct Element {
  std::set<std::string> required{};
  std::set<std::string> optional{};
  std::set<std::string> children{};
};
const std::map<std::string, Element> kJUnit{
    {"testsuites",
     {{}, {"name", "time", "tests", "failures", "disabled", "errors"}, {"testsuite"}}},
    {"testsuite",
     {{"name", "tests"},
      {"failures", "errors", "time", "disabled", "skipped", "timestamp", "hostname", "id",
       "package"},
      {"properties", "testcase", "system-out", "system-err"}}},
    {"properties", {{}, {}, {"property"}}},
    {"property", {{"name", "value"}, {}, {}}},
    {"testcase",
     {{"name"},
      {"assertions", "time", "classname", "status"},
      {"skipped", "error", "failure", "system-out", "system-err"}}},
    {"failure", {{}, {"type", "message"}, {}}},
    {"error", {{}, {"type", "message"}, {}}},
    {"skipped", {{}, {"type", "message"}, {}}}};

using Tree = boost::property_tree::ptree;

/// What is wrong with an element and all in it.
void check(const std::string& name, const Tree& element, std::string& problems) {
  const auto rule = kJUnit.find(name);
  if (rule == kJUnit.end()) {
    problems += name + " is no element\n";
    return;
  }
  std::set<std::string> missing = rule->second.required;
  for (const auto& [child, below] : element) {
    if (child == "<xmlattr>") {
      for (const auto& [attribute, value] : below) {
        const bool known =
            missing.erase(attribute) > 0 || rule->second.optional.contains(attribute);
        if (!known) problems += name + " has no attribute " + attribute + "\n";
        const bool counts = attribute == "tests" || attribute == "failures" ||
                            attribute == "errors" || attribute == "skipped";
        if (counts && value.data().find_first_not_of("0123456789") != std::string::npos)
          problems += name + ": " + attribute + " is no number\n";
      }
    } else if (rule->second.children.contains(child)) {
      check(child, below, problems);
    } else {
      problems += name + " holds no " + child + "\n";
    }
  }
  for (const std::string& attribute : missing) problems += name + " lacks " + attribute + "\n";
}

/// As check, with the counts of each suite against the cases in it.
std::string problems_of(const std::string& xml) {
  std::istringstream in(xml);
  Tree document;
  std::string problems;
  try {
    boost::property_tree::read_xml(in, document);
  } catch (const boost::property_tree::xml_parser_error& error) {
    return error.what();
  }
  if (document.size() != 1) problems += "one root is allowed\n";
  for (const auto& [name, root] : document) {
    check(name, root, problems);
    std::size_t tests = 0;
    for (const auto& [below, suite] : root) {
      if (below != "testsuite") continue;
      std::map<std::string, std::size_t> counts;
      for (const auto& [inner, one] : suite) {
        if (inner != "testcase") continue;
        ++counts["tests"];
        counts["failures"] += one.count("failure");
        counts["errors"] += one.count("error");
        counts["skipped"] += one.count("skipped");
      }
      for (const auto& [what, count] : counts) {
        if (suite.get<std::string>("<xmlattr>." + what) != std::to_string(count))
          problems += "a suite says another number of " + what + "\n";
      }
      tests += counts["tests"];
    }
    if (root.get<std::string>("<xmlattr>.tests") != std::to_string(tests))
      problems += "not all tests are there\n";
  }
  return problems;
}

TEST(JUnit, KeepsToItsSchema) {
  const std::string good = junit_xml(reports());
  EXPECT_EQ(problems_of(good), "");
  std::vector<Report> several = reports();
  several.push_back({.server = "other", .problem = "it does\nnot <start>"});
  EXPECT_EQ(problems_of(junit_xml(several)), "");
  const auto with = [&](const std::string& old, const std::string& now) {
    std::string xml = good;
    xml.replace(xml.find(old), old.size(), now);
    return problems_of(xml);
  };
  EXPECT_THAT(with("</testsuites>", ""), Not(testing::IsEmpty()));
  EXPECT_THAT(with("<skipped", "<ignored"), HasSubstr("testcase holds no ignored"));
  EXPECT_THAT(with("classname", "class"), HasSubstr("testcase has no attribute class"));
  EXPECT_THAT(with("failures=\"1\" errors=\"0\" skipped", "failures=\"2\" errors=\"0\" skipped"),
              HasSubstr("another number of failures"));
  EXPECT_THAT(with("property name", "property key"), HasSubstr("property lacks name"));
}

TEST(JUnit, ARunThatCouldNotBeMadeIsAnError) {
  const std::string xml = junit_xml({{.server = "notes", .problem = "it does\nnot start"}});
  EXPECT_THAT(xml, HasSubstr("errors=\"1\""));
  EXPECT_THAT(xml,
              HasSubstr("<error message=\"it does\" type=\"could not run\">it does\nnot start"));
}

TEST(Tap, IsVersion14) {
  EXPECT_EQ(tap(reports()), R"tap(TAP version 14
1..3
ok 1 - a.test.toml: adds: step 1 add
not ok 2 - a.test.toml: adds: step 2 get
  ---
  message: "a.test.toml:7: text: expected \"a\", got \"\u001b[31m&<>�\"\nand # more"
  advice: "Mend it."
  again: "adjutant test a.test.toml --only adds"
  ...
ok 3 - generated: get: answers-in-time (/id) # SKIP not reached
)tap");
  std::vector<Report> odd = reports();
  odd[0].results[0].check = "a # b\\c\nd";
  EXPECT_THAT(tap(odd), HasSubstr("ok 1 - a.test.toml: add: a \\# b\\\\c d\n"));
  EXPECT_THAT(tap({{.problem = "no such program"}}),
              HasSubstr("1..0\nBail out! no such program\n"));
}

TEST(ReportJson, IsOneValueWithEverything) {
  const nlohmann::ordered_json report = report_json(reports());
  EXPECT_EQ(report["status"], 1);
  EXPECT_EQ(report["pass"], 1);
  EXPECT_EQ(report["findings"], 1);
  EXPECT_EQ(report["not_run"], 1);
  EXPECT_EQ(report["reports"][0]["results"][1]["again"], "adjutant test a.test.toml --only adds");
  EXPECT_EQ(report["reports"][0]["results"][2]["verdict"], "not run");
  EXPECT_EQ(report["reports"][0]["results"][0]["ms"], 1.5);
}

TEST(ExitStatus, TheWorstCounts) {
  const Report good{};
  const Report bad{.problem = "x"};
  EXPECT_EQ(exit_status({good, good}), 0);
  EXPECT_EQ(exit_status({good, reports()[0]}), 1);
  EXPECT_EQ(exit_status({bad, reports()[0]}), 2);
}

TEST(ForPeople, ALineACheckAndWhatToDo) {
  std::setlocale(LC_CTYPE, "C.UTF-8");
  const std::vector<Report> all = reports();
  const host::Terminal terminal(false);
  std::string text;
  for (const CheckResult& each : all[0].results) text += host::result_text(each, terminal);
  text += host::summary_text(all, terminal);
  EXPECT_EQ(text, R"(  ok    adds: step 1 add
  FOUND adds: step 2 get
        a.test.toml:7: text: expected "a", got "[31m&<>�"
        and # more
        What to do: Mend it.
        adjutant test a.test.toml --only adds
  --    get: answers-in-time (/id): not reached
1 check holds, 1 finding, 1 not run
Each finding says what came and how to see it again; mend the server or the
expectation.
)");
  EXPECT_THAT(host::result_text(all[0].results[1], host::Terminal(true)), HasSubstr("\033[31m"));
  EXPECT_THAT(text, Not(HasSubstr("\033")));
}

TEST(Memory, RemembersTheMostThatAProcessHad) {
  constexpr std::size_t kMuch = 64 * 1024 * 1024;
  void* const much = ::mmap(nullptr, kMuch, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  ASSERT_NE(much, MAP_FAILED);
  ::munmap(much, kMuch);
  const MemoryUse use = memory_of_tree(::getpid());
  EXPECT_GT(use.peak, use.resident + kMuch / 2);
  EXPECT_EQ(use.processes, 1U);
}

TEST(Percentiles, AreNearestRanks) {
  std::vector<std::chrono::nanoseconds> times;
  for (int i = 1; i <= 10; ++i) times.emplace_back(i * 10);
  EXPECT_EQ(percentile(times, 0.5).count(), 50);
  EXPECT_EQ(percentile(times, 0.9).count(), 90);
  EXPECT_EQ(percentile(times, 0.99).count(), 100);
  EXPECT_EQ(percentile(times, 1).count(), 100);
  EXPECT_EQ(percentile(times, 0).count(), 10);
  EXPECT_EQ(percentile({}, 0.5).count(), 0);
}

}  // namespace
}  // namespace harness
