#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "tests/agent/installation.hpp"

namespace agent_test {
namespace {

using nlohmann::json;

/// What `adjutant when --stdin` answers to these lines, line by line.
std::vector<json> answers_to(const std::string& lines) {
  const Installation house;
  const auto in = house.data().parent_path() / "lines";
  const auto out = house.data().parent_path() / "answers";
  write(in, lines);
  const std::string command = (house.bin() / "adjutant").string() + " when --stdin --zone UTC < " +
                              in.string() + " > " + out.string();
  EXPECT_EQ(std::system(command.c_str()), 0);
  std::istringstream answers(read(out));
  std::vector<json> parsed;
  for (std::string line; std::getline(answers, line);) parsed.push_back(json::parse(line));
  return parsed;
}

TEST(When, AnswersLinesInOrderAndABadOneInItsPlace) {
  const auto answers = answers_to(
      R"({"text": "tomorrow 3pm", "now": "2026-03-12T10:00:00+01:00", "zone": "Europe/Warsaw"}
not json
{"text": "by friday", "now": "2026-03-12T10:00:00", "zone": "Asia/Tokyo"}
{"text": "at noon", "now": "2013-02-12T04:30:00-02:00"}
{"text": "no time at all", "now": "2026-03-12T10:00:00Z", "zone": null}
{"text": "today", "zone": "Mars/Olympus"}
{"text": 5}
{"now": "2026-03-12T10:00:00Z"}
{"text": "today", "now": "later"}
)");
  ASSERT_EQ(answers.size(), 9U);
  EXPECT_EQ(answers[0], json::parse(R"({"kind": "instant", "start": "2026-03-13T15:00:00+01:00",
      "end": null, "has_time": true, "match": "tomorrow 3pm"})"));
  EXPECT_TRUE(answers[1].contains("error"));
  EXPECT_EQ(answers[2]["kind"], "interval");
  EXPECT_EQ(answers[2]["start"], "2026-03-12T10:00:00+09:00");
  EXPECT_EQ(answers[2]["end"], "2026-03-14T00:00:00+09:00");
  EXPECT_EQ(answers[3]["start"], "2013-02-12T12:00:00-02:00");
  EXPECT_EQ(answers[4]["kind"], "none");
  for (std::size_t i = 5; i < answers.size(); ++i) {
    EXPECT_TRUE(answers[i].contains("error")) << answers[i];
  }
}

}  // namespace
}  // namespace agent_test
