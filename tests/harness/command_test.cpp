// adjutant's own commands on a server that stands behind "--" on the command line.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/temp_folder.hpp"

namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct Output {
  int status{};
  std::string text{};  // Of both streams.
};

class GivenServer : public ::testing::Test {
 protected:
  Output run(const std::string& words, const std::string& fault = "none") const {
    const std::string line = bin_ + "/adjutant --data " + (folder_ / "data").string() + " " +
                             words + " -- " + bin_ + "/faulty_server --fault " + fault +
                             " 2>&1 </dev/null";
    Output output;
    FILE* const pipe = ::popen(line.c_str(), "r");
    std::array<char, 4096> bytes{};
    for (std::size_t n = 0; (n = std::fread(bytes.data(), 1, bytes.size(), pipe)) > 0;)
      output.text.append(bytes.data(), n);
    output.status = WEXITSTATUS(::pclose(pipe));
    return output;
  }

  const std::string bin_{ADJUTANT_BIN_DIR};
  test::TempFolder folder_;
};

TEST_F(GivenServer, ListsItsTools) {
  const Output tools = run("tools");
  EXPECT_EQ(tools.status, 0);
  EXPECT_THAT(tools.text, HasSubstr("list_notes"));
  EXPECT_THAT(tools.text, HasSubstr("stranger"));
}

TEST_F(GivenServer, AsksBeforeACallAndRunsWhatItsCardShows) {
  const Output asked = run("call get_note id=1");
  EXPECT_EQ(asked.status, 3) << asked.text;
  EXPECT_THAT(asked.text, HasSubstr("adjutant approve 1 -- " + bin_ + "/faulty_server"));
  // Another command is another server.
  EXPECT_EQ(run("approve 1", "leak").status, 1);
  const Output approved = run("approve 1");
  EXPECT_EQ(approved.status, 0) << approved.text;
  EXPECT_THAT(approved.text, HasSubstr("milk"));
}

TEST_F(GivenServer, IsTestedAndTheStatusSaysWhatCameOfIt) {
  const Output good = run("test --writes");
  EXPECT_EQ(good.status, 0) << good.text;
  const Output bad = run("test --json", "any-order");
  EXPECT_EQ(bad.status, 1);
  EXPECT_THAT(bad.text, HasSubstr("refuses-unlisted"));
}

TEST_F(GivenServer, IsMeasuredWithTheMostMemoryItHad) {
  const Output bench = run("--json bench list_notes --calls 8", "leak");
  ASSERT_EQ(bench.status, 0) << bench.text;
  const nlohmann::json figures = nlohmann::json::parse(bench.text)["servers"][0];
  EXPECT_GE(figures["calls"], 8);
  EXPECT_GT(figures["memory_peak"], figures["memory_at_start"]["resident"]);
  EXPECT_GE(figures["memory_peak"], figures["memory_at_end"]["resident"]);
  EXPECT_THAT(run("bench list_notes --calls 2").text, HasSubstr("memory at most"));
}

TEST_F(GivenServer, IsForTheCommandsThatNeedOne) {
  const Output brief = run("brief");
  EXPECT_EQ(brief.status, 1);
  EXPECT_THAT(brief.text, HasSubstr("alone"));
  EXPECT_THAT(brief.text, Not(HasSubstr("Today")));
}

}  // namespace
