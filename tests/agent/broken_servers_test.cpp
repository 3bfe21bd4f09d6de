#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

}  // namespace
}  // namespace agent_test
