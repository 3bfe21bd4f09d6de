#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>

#include "host/tools/gate.hpp"
#include "tests/agent/installation.hpp"

namespace agent_test {
namespace {

using ::testing::HasSubstr;

TEST(BrokenServers, ADayWithOneHangingAndOneDyingServerEndsAndNamesThem) {
  const Installation installation;
  installation.feed();
  installation.script("email", "hang");
  installation.script("files", "die");
  std::filesystem::create_directories(installation.data());
  write(installation.data() / "config.toml", "[servers.email]\ntimeout_seconds = 1\n");

  const Output day = installation.day({});

  ASSERT_EQ(day.status, 0) << day.err;
  const nlohmann::json brief = day.json();
  std::map<std::string, std::string> unseen;
  for (const nlohmann::json& each : brief["unseen"]) unseen[each["server"]] = each["problem"];
  EXPECT_THAT(unseen["email"], HasSubstr("email did not answer within 1 s"));
  EXPECT_THAT(unseen["files"], HasSubstr("status 7"));
  EXPECT_EQ(unseen.size(), 2U);
  EXPECT_GT(brief["events"].size(), 5U);
  EXPECT_EQ(brief["focus"].size(), 3U);
}

TEST(BrokenServers, AServerThatNeverIntroducesItselfIsNamedToo) {
  const Installation installation;
  installation.script("memory", "mute");
  std::filesystem::create_directories(installation.data());
  write(installation.data() / "config.toml", "[servers.memory]\ntimeout_seconds = 1\n");

  const Output brief = installation.run({"brief", "--json"});

  ASSERT_EQ(brief.status, 0) << brief.err;
  EXPECT_THAT(brief.json()["unseen"].dump(), HasSubstr("memory did not answer within 1 s"));
}

TEST(BrokenServers, AMissingProgramIsNamedByDoctor) {
  const Installation installation;
  std::filesystem::remove(installation.bin() / "adjutant-email");
  const Output doctor = installation.run({"doctor", "--json"});
  EXPECT_EQ(doctor.status, 1);
  EXPECT_THAT(doctor.out, HasSubstr("adjutant-email"));
}

/// Waits in real time, which is what the test is about.
void let_pass(std::chrono::milliseconds time) {
  std::mutex mutex;
  std::condition_variable never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, time, [] { return false; });
}

TEST(BrokenServers, EightServersStartedAtOnceAllAnswerASecondLater) {
  std::vector<host::ServerSpec> specs;
  std::vector<std::string> names;
  for (int i = 0; i < 8; ++i) {
    names.push_back("s" + std::to_string(i));
    specs.push_back({.name = names.back(),
                     .program = std::filesystem::path(ADJUTANT_BIN_DIR) / "scripted_server",
                     .args = {"good"}});
  }
  host::Toolbox toolbox(specs);
  toolbox.start(names);
  let_pass(std::chrono::seconds(1));
  for (const std::string& name : names) {
    EXPECT_EQ(toolbox.problem(name), "");
    ASSERT_EQ(toolbox.tools(name).size(), 1U) << name;
    EXPECT_EQ(toolbox.tools(name)[0].name, "echo");
  }
}

}  // namespace
}  // namespace agent_test
