#include "host/config/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "host/config/edit.hpp"
#include "tests/temp_folder.hpp"

namespace host {
namespace {

using ::testing::HasSubstr;

class ConfigTest : public ::testing::Test {
 protected:
  Config read(const std::string& text) const {
    std::ofstream(file_, std::ios::trunc) << text;
    return read_config(file_);
  }
  std::string complaint(const std::string& text) const {
    try {
      read(text);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "";
  }

  test::TempFolder folder_;
  std::filesystem::path file_{folder_.path() / "config.toml"};
};

TEST_F(ConfigTest, AMissingFileIsAnEmptyOne) {
  EXPECT_TRUE(read_config(folder_.path() / "none.toml").servers.empty());
}

TEST_F(ConfigTest, ReadsServersLevelsAndTheDay) {
  Config config = read(R"(zone = "Europe/Warsaw"
[servers.email]
args = ["--mail", "/home/maja/Maildir"]
[servers.weather]
command = "/usr/bin/weather"
env = {KEY = "1"}
trust = "annotations"
allow = ["forecast"]
timeout_seconds = 5
[levels]
named = "tell"
[day]
calendar = "/home/maja/maja.ics"
)");
  EXPECT_EQ(config.zone, "Europe/Warsaw");
  EXPECT_EQ(config.server("email").args,
            (std::vector<std::string>{"--mail", "/home/maja/Maildir"}));
  EXPECT_EQ(config.server("weather").command, "/usr/bin/weather");
  EXPECT_EQ(config.server("weather").env.at("KEY"), "1");
  EXPECT_TRUE(config.server("weather").trust_annotations);
  EXPECT_EQ(config.server("weather").timeout_seconds, 5);
  EXPECT_EQ(config.levels.at("named"), "tell");
  EXPECT_EQ(config.calendar, "/home/maja/maja.ics");
}

TEST_F(ConfigTest, ComplaintsNameFileLineAndKey) {
  EXPECT_THAT(complaint("[servers.email]\nargs = \"--mail\"\n"),
              HasSubstr("config.toml:2: servers.email.args: expected a list"));
  EXPECT_THAT(complaint("[servers.email]\ncolour = 1\n"), HasSubstr("servers.email.colour"));
  EXPECT_THAT(complaint("[servers.weather]\nargs = []\n"), HasSubstr("command is missing"));
  EXPECT_THAT(complaint("[servers.x]\ncommand = \"x\"\ntrust = \"all\"\n"), HasSubstr(":3:"));
  EXPECT_THAT(complaint("zone = \n"), HasSubstr("config.toml:1:"));
  EXPECT_THAT(complaint("[servers.x]\nurl = \"http://x\"\n"), HasSubstr("cannot be attached yet"));
}

TEST(ConfigEdit, AddsWhatIsMissingAndLeavesTheRest) {
  const std::string with_section = with_value("# mine\nzone = \"UTC\"", "servers.email", "args",
                                              toml_list({"--mail", "/m \"x\""}));
  EXPECT_EQ(with_section,
            "# mine\nzone = \"UTC\"\n\n[servers.email]\nargs = ['--mail', '/m \"x\"']\n");
  EXPECT_EQ(with_value("", "day", "calendar", toml_text("/a.ics")), "[day]\ncalendar = '/a.ics'\n");
}

TEST(ConfigEdit, ReplacesAValueWhereItStands) {
  const std::string text =
      "[servers.email] # mail\nenv = {A = \"ż\"}\nargs = [ # żółw\n  \"--mail\", \"/old\" ] # x\n"
      "[servers.files]\nargs = []\n";
  EXPECT_EQ(with_value(text, "servers.email", "args", "['--mail', '/new']"),
            "[servers.email] # mail\nenv = {A = \"ż\"}\nargs = ['--mail', '/new'] # x\n"
            "[servers.files]\nargs = []\n");
  EXPECT_EQ(with_value("[servers.email] # mail\nenv = {}\n", "servers.email", "args", "[]"),
            "[servers.email] # mail\nargs = []\nenv = {}\n");
}

TEST(ConfigEdit, SaysWhatToWriteWhereThereIsNoPlace) {
  EXPECT_THROW(with_value("servers = {email = {}}\n", "servers.email", "args", "[]"),
               std::runtime_error);
}

TEST(ConfigEdit, OptionsAreReplacedOrAdded) {
  using Args = std::vector<std::string>;
  EXPECT_EQ(with_option({}, "--mail", "/m"), (Args{"--mail", "/m"}));
  EXPECT_EQ(with_option({"--mail", "/old", "--log-level", "debug"}, "--mail", "/m"),
            (Args{"--mail", "/m", "--log-level", "debug"}));
}

}  // namespace
}  // namespace host
