#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/agent/installation.hpp"

namespace agent_test {
namespace {

/// The day that it is in the brief, run without the zone that other tests name.
std::string today(const Installation& house, const std::string& options) {
  const auto out = house.data().parent_path() / "brief";
  const std::string command = (house.bin() / "adjutant").string() + " --data " +
                              house.data().string() + " --now 2026-03-16T05:00:00Z " + options +
                              " brief --json > " + out.string();
  EXPECT_EQ(std::system(command.c_str()), 0);
  return nlohmann::json::parse(read(out))["date"];
}

TEST(Zone, IsTheCommandLinesThenTheProfilesThenTheConfigurations) {
  const Installation house;
  std::filesystem::create_directories(house.data());
  write(house.data() / "config.toml", "zone = \"Pacific/Honolulu\"\n");
  EXPECT_EQ(today(house, ""), "2026-03-15");
  ASSERT_EQ(house
                .run({"call", "memory", "update_profile", "--json",
                      R"({"set":[{"key":"identity.timezone","value":"Asia/Tokyo"}]})"})
                .status,
            0);
  EXPECT_EQ(today(house, ""), "2026-03-16");
  EXPECT_EQ(today(house, "--zone Pacific/Honolulu"), "2026-03-15");
}

}  // namespace
}  // namespace agent_test
