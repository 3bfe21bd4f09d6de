#include "host/config/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
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

TEST_F(ConfigTest, TakesTheFormsOfOtherClients) {
  ::setenv("ADJUTANT_TEST_KEY", "secret", 1);
  const std::filesystem::path file = folder_.path() / "claude_desktop_config.json";
  std::ofstream(file) << R"({ // of another client
    "globalShortcut": "",
    "mcpServers": {
      "weather": {"command": "npx", "args": ["-y", "weather", 7], "env": {"KEY": "${ADJUTANT_TEST_KEY}"},
                  "cwd": "${workspaceFolder}/w", "alwaysAllow": ["x"]},
      "far": {"type": "http", "url": "https://example.com/${NONE:-mcp}"},
      "off": {"command": "x", "disabled": true}}})";
  const Config config = read_config(file);
  ASSERT_EQ(config.servers.size(), 2U);
  EXPECT_EQ(config.servers[0].url, "https://example.com/mcp");
  EXPECT_EQ(config.servers[1].command, "npx");
  EXPECT_EQ(config.servers[1].args, (std::vector<std::string>{"-y", "weather", "7"}));
  EXPECT_EQ(config.servers[1].env.at("KEY"), "secret");
  EXPECT_EQ(config.servers[1].folder, folder_.path() / "w");

  Config toml = read("[mcpServers.a]\ncommand = \"x\"\ntype = \"stdio\"\nargs = [\"1\"]\n");
  EXPECT_EQ(toml.server("a").args, std::vector<std::string>{"1"});
  toml = read("[mcp_servers.b]\ncommand = \"y\"\n");
  EXPECT_EQ(toml.server("b").command, "y");
}

TEST_F(ConfigTest, VisualStudioCodesFileIsReadInItsWorkspace) {
  std::filesystem::create_directories(folder_.path() / ".vscode");
  const std::filesystem::path file = folder_.path() / ".vscode" / "mcp.json";
  std::ofstream(file) << R"({"inputs": [], "servers": {"t": {"type": "stdio", "command": "t",
    "args": ["${workspaceFolder}"]}}})";
  EXPECT_EQ(read_config(file).server("t").args, std::vector<std::string>{folder_.path().string()});
}

TEST_F(ConfigTest, ComplaintsAboutOtherClientsFilesNameTheKey) {
  const auto complain = [&](const char* text) -> std::string {
    const std::filesystem::path file = folder_.path() / "mcp.json";
    std::ofstream(file, std::ios::trunc) << text;
    try {
      read_config(file);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_THAT(complain("{"), HasSubstr("mcp.json: this is no JSON"));
  EXPECT_THAT(complain("{}"), HasSubstr("expected an object mcpServers or servers"));
  EXPECT_THAT(complain(R"({"servers":{"a":{"args":[]}}})"), HasSubstr("a: neither a command"));
  EXPECT_THAT(complain(R"({"servers":{"a":{"command":"x","args":"y"}}})"), HasSubstr("a.args:"));
  EXPECT_THAT(complain(R"({"servers":{"a":{"command":"x","env":{"K":"${input:k}"}}}})"),
              HasSubstr("a.env.K: ${input:k} is asked of the user"));
  EXPECT_THROW(set_in_file(folder_.path() / "mcp.json", "day", "calendar", "''"),
               std::runtime_error);
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
