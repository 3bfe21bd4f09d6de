// Each fault that is planted into a server is found, by its own check and no other; and nothing is
// found in the server that has none.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "host/harness/checks.hpp"

namespace {

using harness::CheckResult;
using harness::Report;
using harness::Verdict;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Planted {
  const char* fault;
  std::set<std::string> checks;  // All that may find something; the first must.
  const char* tool;              // Where.
};

void PrintTo(const Planted& planted, std::ostream* out) {
  *out << planted.fault;
}

std::string name_of(const ::testing::TestParamInfo<Planted>& planted) {
  std::string name = planted.param.fault;
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
}

/// Where an answer has to be waited for that does not come, not for long.
std::chrono::milliseconds time_for(const std::string& fault) {
  return fault == "hang" || fault == "wrong-id" ? std::chrono::milliseconds(400)
                                                : std::chrono::seconds(10);
}

Report run(const std::string& fault, std::uint64_t seed = 1) {
  transport::Spawner spawner;
  host::ServerSpec spec{.name = "notes",
                        .program = std::string(ADJUTANT_BIN_DIR) + "/faulty_server",
                        .call_timeout = time_for(fault)};
  if (!fault.empty()) spec.args = {"--fault", fault};
  harness::ServerUnderTest server(spawner, spec);
  return harness::check_server(server, {.seed = seed,
                                        .writes = true,
                                        .paste = {.before = "adjutant call",
                                                  .after = " -- faulty_server --fault " + fault}});
}

std::vector<CheckResult> findings(const Report& report) {
  std::vector<CheckResult> found;
  for (const CheckResult& each : report.results) {
    if (each.verdict == Verdict::Finding) found.push_back(each);
  }
  return found;
}

class PlantedFault : public ::testing::TestWithParam<Planted> {};

TEST_P(PlantedFault, IsFoundByItsOwnCheckAlone) {
  const Report report = run(GetParam().fault);
  EXPECT_THAT(report.problem, IsEmpty());
  bool found = false;
  for (const CheckResult& each : findings(report)) {
    EXPECT_TRUE(GetParam().checks.contains(each.check))
        << each.tool << " " << each.check << ": " << each.problem << "\n"
        << each.line;
    EXPECT_FALSE(each.advice.empty());
    found = found || each.tool == GetParam().tool;
  }
  EXPECT_TRUE(found);
}

INSTANTIATE_TEST_SUITE_P(
    Harness, PlantedFault,
    ::testing::Values(
        Planted{"crash-on-unicode", {"survives"}, "search_notes"},
        Planted{"crash-on-empty-list", {"survives"}, "search_notes"},
        Planted{"crash-on-null", {"survives"}, "search_notes"},
        Planted{"crash-on-large-number", {"survives"}, "get_note"},
        Planted{"crash-on-long-text", {"survives"}, "add_note"},
        Planted{"hang", {"answers-in-time"}, "search_notes"},
        Planted{"null-is-internal", {"tool-error"}, "search_notes"},
        Planted{"protocol-error", {"tool-error"}, "search_notes"},
        Planted{"string-for-integer", {"matches-output-schema"}, "list_notes"},
        Planted{"no-structure", {"matches-output-schema"}, "list_notes"},
        Planted{"number-for-text", {"well-formed-result", "text-not-empty"}, "list_notes"},
        Planted{"content-is-no-list", {"well-formed-result", "text-not-empty"}, "list_notes"},
        Planted{"no-text", {"text-not-empty"}, "list_notes"},
        Planted{"silent-error", {"text-not-empty", "names-the-argument"}, "search_notes"},
        Planted{"search-adds", {"read-only"}, "search_notes"},
        Planted{"reading-marks", {"read-only"}, "get_note"},
        Planted{"refuses-the-maximum", {"accepts-its-bounds"}, "search_notes"},
        Planted{"refuses-the-shortest", {"accepts-its-bounds"}, "search_notes"},
        Planted{"takes-one-too-many", {"refuses-out-of-bounds"}, "search_notes"},
        Planted{"takes-one-item-too-many", {"refuses-out-of-bounds"}, "search_notes"},
        Planted{"leak", {"memory"}, "list_notes"}, Planted{"slow-growth", {"memory"}, "list_notes"},
        Planted{"noise", {"clean-output"}, ""},
        Planted{"wrong-id", {"answers-what-was-asked", "unknown-tool"}, ""},
        Planted{"twice", {"answers-once"}, ""}, Planted{"knows-every-tool", {"unknown-tool"}, ""},
        Planted{"missing-accepted", {"refuses-missing"}, "search_notes"},
        Planted{"any-type", {"refuses-wrong-type", "refuses-out-of-bounds"}, "search_notes"},
        Planted{"any-order", {"refuses-unlisted"}, "search_notes"},
        Planted{"extra-ignored", {"refuses-extra"}, "search_notes"},
        Planted{"unnamed", {"names-the-argument"}, "search_notes"},
        Planted{"dotted-name", {"portable-name"}, "search.notes"},
        Planted{"any-of-at-the-top", {"portable-schema"}, "search_notes"},
        Planted{"list-of-types", {"portable-schema"}, "search_notes"},
        Planted{"no-schema", {"valid-schema"}, "search_notes"},
        Planted{"no-description", {"described"}, "search_notes"},
        Planted{"destroys-read-only", {"sane-annotations"}, "search_notes"},
        Planted{"exception", {"handled-errors"}, "get_note"},
        Planted{"mixed", {"answers-side-by-side"}, "get_note"},
        Planted{"same-name", {"unique-names"}, ""}, Planted{"dear", {"token-cost"}, ""}),
    name_of);

TEST(GoodServer, HasNoFindings) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const Report report = run("", seed);
    EXPECT_THAT(report.problem, IsEmpty());
    for (const CheckResult& each : findings(report))
      ADD_FAILURE() << each.tool << " " << each.check << ": " << each.problem << "\n" << each.line;
    EXPECT_GE(report.calls, 500U);
    EXPECT_EQ(harness::exit_status(report), 0);
  }
}

TEST(Finding, ComesWithTheSmallestCallThatShowsIt) {
  const Report report = run("crash-on-unicode");
  ASSERT_FALSE(findings(report).empty());
  const CheckResult finding = findings(report).front();
  EXPECT_THAT(finding.problem, HasSubstr("signal 6"));
  EXPECT_THAT(finding.problem, HasSubstr("boom"));
  EXPECT_LE(finding.line.size(), 110U) << finding.line;
  EXPECT_THAT(finding.line, HasSubstr("adjutant call "));
  EXPECT_THAT(finding.line, HasSubstr(" -- faulty_server --fault crash-on-unicode"));
  EXPECT_EQ(harness::exit_status(report), 1);
}

TEST(Run, IsRepeatedByItsSeed) {
  const auto lines = [](const Report& report) {
    std::vector<std::string> all;
    for (const CheckResult& each : report.results) all.push_back(each.check + each.line);
    return all;
  };
  const Report first = run("crash-on-unicode", 7);
  const Report second = run("crash-on-unicode", 7);
  EXPECT_EQ(lines(first), lines(second));
  EXPECT_EQ(first.calls, second.calls);
}

TEST(Run, WithoutLeaveToWriteCallsWhatReadsAlone) {
  transport::Spawner spawner;
  harness::ServerUnderTest server(
      spawner, {.name = "notes", .program = std::string(ADJUTANT_BIN_DIR) + "/faulty_server"});
  const Report report = harness::check_server(server, {});
  bool told = false;
  for (const CheckResult& each : report.results) {
    if (each.tool != "add_note" || each.verdict != Verdict::NotRun) continue;
    told = true;
    EXPECT_THAT(each.problem, HasSubstr("--writes"));
  }
  EXPECT_TRUE(told);
  const harness::Answer notes = server.call("list_notes", nlohmann::json::object());
  EXPECT_EQ(notes.structured()["total"], 2);
}

TEST(Run, ThatCannotBeMadeSaysWhy) {
  transport::Spawner spawner;
  harness::ServerUnderTest server(spawner, {.name = "none", .program = "/nonexistent"});
  const Report report = harness::check_server(server, {});
  EXPECT_THAT(report.problem, HasSubstr("/nonexistent"));
  EXPECT_EQ(harness::exit_status(report), 2);
}

}  // namespace
