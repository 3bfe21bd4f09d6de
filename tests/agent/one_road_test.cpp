#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/agent/installation.hpp"

namespace agent_test {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

/// What reached a server and is not in the audit.
std::vector<std::string> unrecorded(const Installation& installation) {
  const std::vector<std::string> calls = installation.calls();
  const std::vector<std::string> audited = installation.audited();
  std::vector<std::string> difference;
  std::set_difference(calls.begin(), calls.end(), audited.begin(), audited.end(),
                      std::back_inserter(difference));
  return difference;
}

/// A call straight to the tasks server, as somebody would make it who goes around the gate.
void call_around_the_gate(const Installation& installation) {
  const std::string server = (installation.bin() / "adjutant-tasks").string();
  const std::string command =
      "printf '%s\\n' "
      "'{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
      "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"x\",\"version\":\"1\"}}}' "
      "'{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}' "
      "'{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"add_tasks\","
      "\"arguments\":{\"tasks\":[{\"title\":\"Sneaked in\"}]}}}' | " +
      server + " --data " + installation.data().string() + " >/dev/null";
  ASSERT_EQ(std::system(command.c_str()), 0);
}

TEST(OneRoad, CallsCountedAtTheServersEqualTheAuditOverAWholeDay) {
  const Installation installation;
  installation.count_calls();
  installation.feed();

  const Output day =
      installation.day({"--from", "07:30", "--to", "18:30", "--step", "60m", "--autonomy", "demo"});

  ASSERT_EQ(day.status, 0) << day.err;
  EXPECT_GT(installation.calls().size(), 100U);
  EXPECT_EQ(installation.calls(), installation.audited());
  const Output verified = installation.run({"audit", "verify", "--json"});
  EXPECT_EQ(verified.status, 0) << verified.out;

  // The control: the same comparison catches a call made around the gate.
  call_around_the_gate(installation);
  EXPECT_THAT(unrecorded(installation), SizeIs(1));
}

class KilledAt : public ::testing::TestWithParam<long> {};

TEST_P(KilledAt, ADayKilledBetweenRecordAndCallLeavesNoEffectWithoutARecord) {
  const Installation installation;
  installation.count_calls(GetParam());

  const Output day = installation.day({"--once", "--autonomy", "demo"});

  EXPECT_EQ(day.status, 128 + 9);
  installation.wait_for_servers();
  EXPECT_GE(installation.calls().size(), static_cast<std::size_t>(GetParam()));
  EXPECT_THAT(unrecorded(installation), IsEmpty());
  EXPECT_EQ(installation.run({"audit", "verify"}).status, 0);
}

INSTANTIATE_TEST_SUITE_P(OneRoad, KilledAt, ::testing::Values(1, 2, 5, 9, 12, 14));

TEST(OneRoad, AnEffectThatOutlivesItsAgentIsInTheAudit) {
  const Installation installation;
  installation.count_calls(1);

  EXPECT_EQ(installation.run({"call", "tasks", "add_tasks", R"(tasks=[{"title":"Late"}])"}).status,
            128 + 9);
  installation.wait_for_servers();
  installation.count_calls();
  const Output tasks = installation.run({"call", "tasks", "list_tasks", "--json"});

  EXPECT_EQ(tasks.json()["total"], 1);  // The effect came.
  EXPECT_THAT(unrecorded(installation), IsEmpty());
}

TEST(OneRoad, WhatWasInterruptedIsNotDoneAgain) {
  const Installation installation;
  installation.feed();
  installation.count_calls();
  ASSERT_EQ(installation.day({"--once", "--autonomy", "demo"}).status, 0);
  const std::size_t quiet = installation.calls().size();
  EXPECT_GT(quiet, 0U);
  const Output again = installation.day({"--once", "--autonomy", "demo"});
  const nlohmann::json printed = again.json();
  for (const nlohmann::json& step : printed["cycles"][0]["steps"])
    EXPECT_EQ(step["kind"], "send") << step;  // Only what the first cycle made possible.
}

}  // namespace
}  // namespace agent_test
