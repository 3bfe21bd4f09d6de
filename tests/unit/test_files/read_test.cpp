#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "host/harness/read_test_file.hpp"
#include "tests/temp_folder.hpp"

namespace harness {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

constexpr const char* kWhole = R"(# a comment
server = ["adjutant-tasks", "--data", "${folder}"]
timeout_seconds = 2.5

[fixture]
args = ["--tools", "all"]
env.KEY = "${here}"
variables.city = "Gdynia"
files."a/b.txt" = "one\ntwo"
files."empty" = { folder = true }

[[setup]]
call = "start"

[[teardown]]
call = "stop"
arguments = { id = "${id}" }

[[normalise]]
matches = 'rev-\d+'
as = "<revision>"

[[test]]
name = "adds"

[[test.step]]
name = "first"
call = "add"
arguments = { title = "in ${city}", count = 3, deep = { list = [1, 2.5, true] } }
timeout_seconds = 1
capture.id = "/task/id"
capture.day = { matches = 'due (\w+)' }
expect.text = { contains = "a", matches = ['^x', "y$"] }
expect.structured."/task/id" = "${id}"
expect.structured."/list" = { count = 2 }
expect.structured."/gone" = { absent = true }

[[test.step]]
call = "add"
arguments = '{"title": null}'
expect.error = "title"
)";

TestFile read(const std::string& text) {
  return parse_test_file(text, "/tests/notes.test.toml");
}

std::string complaint(const std::string& text) {
  try {
    read(text);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "";
}

TEST(ReadTestFile, TakesTheWholeGrammar) {
  const TestFile file = read(kWhole);
  EXPECT_EQ(file.command, (std::vector<std::string>{"adjutant-tasks", "--data", "${folder}"}));
  EXPECT_EQ(file.timeout, std::chrono::milliseconds(2500));
  EXPECT_EQ(file.fixture.args, (std::vector<std::string>{"--tools", "all"}));
  EXPECT_EQ(file.fixture.env.at("KEY"), "${here}");
  EXPECT_EQ(file.fixture.variables.at("city"), "Gdynia");
  ASSERT_EQ(file.fixture.files.size(), 2U);
  EXPECT_EQ(file.fixture.files[0].text, "one\ntwo");
  EXPECT_TRUE(file.fixture.files[1].folder);
  EXPECT_EQ(file.setup.size(), 1U);
  EXPECT_EQ(file.teardown.size(), 1U);
  EXPECT_EQ(file.normalise[0].as, "<revision>");
  ASSERT_EQ(file.tests.size(), 1U);
  const Step& first = file.tests[0].steps[0];
  EXPECT_EQ(first.name, "first");
  EXPECT_EQ(first.line, 26U);
  EXPECT_EQ(first.arguments,
            json::parse(R"({"title":"in ${city}","count":3,"deep":{"list":[1,2.5,true]}})"));
  EXPECT_EQ(first.timeout, std::chrono::milliseconds(1000));
  EXPECT_EQ(first.captures, (std::vector<Capture>{{.name = "day", .pattern = "due (\\w+)"},
                                                  {.name = "id", .pointer = "/task/id"}}));
  EXPECT_EQ(first.expect.text, (Matcher{.contains = {"a"}, .matches = {"^x", "y$"}}));
  EXPECT_EQ(first.expect.structured, (std::vector<MemberExpectation>{
                                         {.pointer = "/gone", .matcher = {.absent = true}},
                                         {.pointer = "/list", .matcher = {.count = 2}},
                                         {.pointer = "/task/id", .matcher = {.equals = "${id}"}}}));
  EXPECT_EQ(file.tests[0].steps[1].arguments, json::parse(R"({"title":null})"));
  EXPECT_EQ(file.tests[0].steps[1].expect.error, (Matcher{.contains = {"title"}}));
}

struct Bad {
  const char* text;
  const char* says;
};

const std::string kHead = "[[test]]\nname = \"t\"\n[[test.step]]\ncall = \"c\"\n";

TEST(ReadTestFile, ComplaintsNameFileLineKeyAndRemedy) {
  for (const Bad& bad : std::initializer_list<Bad>{
           {"x = ", "notes.test.toml:1: this is no TOML"},
           {"", "has no tests; write [[test]]"},
           {"\ncolour = 1", ":2: colour: is not known here; there are server, timeout_seconds"},
           {"server = 3", ":1: server: expected a name of the configuration, or"},
           {"server = []", "is an empty command"},
           {"timeout_seconds = 0", "expected seconds, a number above 0"},
           {"timeout_seconds = \"1\"", "expected seconds"},
           {"timeout_seconds = nan", "expected seconds"},
           {"[fixture.files]\n\"../x\" = \"\"", ":2: fixture.files.../x: \"../x\" leaves"},
           {"[fixture.files]\n\"/etc/x\" = \"\"", "give a relative path without .."},
           {"[fixture.files]\nx = {from = \"none\"}", "there is no file"},
           {"[fixture.files]\nx = {}", "takes the file's text"},
           {"[fixture]\ncopy = \"none\"", "there is no folder"},
           {"[fixture.variables]\n\"a b\" = 1", "is no name for a variable"},
           {"[fixture.variables]\nfolder = 1", "choose another"},
           {"[fixture.env]\nA = 1", "expected a text; write it in quotes"},
           {"test = 1", "expected a list of tables; write [[test]]"},
           {"[[test]]\nname = \"t\"", ":1: test: has no steps"},
           {"[[test]]\n[[test.step]]\ncall = \"c\"", "has no name"},
           {"[[test]]\nname = \"t\"\n[[test.step]]\n", ":3: test.step: has no call"},
           {"[[normalise]]\nas = \"x\"", "has no pattern"},
           {"[[normalise]]\nmatches = '('", ":2: normalise.matches: \"(\" is no pattern"},
       }) {
    EXPECT_THAT(complaint(bad.text), HasSubstr(bad.says)) << bad.text;
    EXPECT_THAT(complaint(bad.text), HasSubstr("/tests/notes.test.toml")) << bad.text;
  }
}

TEST(ReadTestFile, ComplaintsAboutAStepNameItsKey) {
  for (const Bad& bad : std::initializer_list<Bad>{
           {"arguments = 3", ":5: test.step.arguments: expected a table, or a text"},
           {"arguments = '[1]'", "holds no JSON object"},
           {"arguments = {when = 2026-03-16}", "write this one in quotes"},
           {"arguments = {x = inf}", "JSON has no such number"},
           {"arguments = {x = \"${nobody}\"}", ":3: c.arguments: ${nobody} is not known here; "},
           {"arguments = {x = \"${a b}\"}", "begins no variable; write ${name}"},
           {"expect = 3", "test.step.expect: expected a table"},
           {"expect.txt = 3", "there are text, structured, error, refused and snapshot"},
           {"expect.text = 3", "expected a text, or a table"},
           {"expect.text = {count = 1}", "is a text: it takes equals, like, contains and matches"},
           {"expect.text = {}", "expects nothing"},
           {"expect.text.matches = '['", "is no pattern"},
           {"expect.text.matches = '${x'", "begins no variable"},
           {"expect.structured.\"a\" = 1", "is no JSON Pointer"},
           {"expect.structured.\"/a~2\" = 1", "is no JSON Pointer"},
           {"expect.structured.\"/a\" = {count = -1}", "expected a count, 0 or more"},
           {"expect.structured.\"/a\" = {type = \"text\"}", "expected string, number, integer"},
           {"expect.structured.\"/a\" = {absent = false}", "false says nothing"},
           {"expect.structured.\"/a\" = {size = 1}", "there are equals, like, contains"},
           {"expect.structured.\"/a\" = {contains = []}", "leave the key out"},
           {"expect.error = false", "leave the key out"},
           {"expect.error = true\nexpect.refused = true", "never both"},
           {"expect.refused = true\nexpect.text = \"\"", "use refused.message"},
           {"expect.refused = true\ncapture.a = \"/a\"", "leave capture or refused out"},
           {"capture.\"a b\" = \"/a\"", "is no name for a variable"},
           {"capture.here = \"/a\"", "the harness's own name"},
           {"capture.a = \"a\"", "is no JSON Pointer"},
           {"capture.a = {}", "takes a JSON Pointer, or"},
           {"timeout_seconds = -1", "expected seconds"},
       }) {
    EXPECT_THAT(complaint(kHead + bad.text), HasSubstr(bad.says)) << bad.text;
  }
  EXPECT_EQ(complaint(kHead), "");  // The control.
}

TEST(ReadTestFile, EachTestHasANameOfItsOwn) {
  EXPECT_THAT(complaint(kHead + kHead), HasSubstr(":5: test: there is a test \"t\" already"));
}

TEST(ReadTestFile, ACaptureIsKnownFromItsStepOn) {
  const std::string step = "[[test.step]]\ncall = \"d\"\n";
  EXPECT_EQ(complaint(kHead + "capture.id = \"/id\"\n" + step + "arguments = {x = \"${id}\"}\n"),
            "");
  EXPECT_THAT(complaint(kHead + "arguments = {x = \"${id}\"}\n" + step + "capture.id = \"/id\"\n"),
              HasSubstr("${id} is not known here; there are client, folder, here;"));
}

TEST(ReadTestFile, HostileFilesAreRefusedInAnOrderlyWay) {
  EXPECT_THAT(complaint(std::string("a = \"\xFF\"")), HasSubstr("this is no TOML"));
  EXPECT_THAT(complaint("a = " + std::string(100'000, '[')), HasSubstr("this is no TOML"));
  EXPECT_THAT(complaint(std::string("a = 1\0b", 7)), HasSubstr("this is no TOML"));
  EXPECT_THAT(complaint(kHead + "arguments = '" + std::string(100'000, '[') + "'"),
              HasSubstr("holds no JSON object"));
  EXPECT_THAT(complaint(kHead + "expect.text.matches = '(a{1000}){1000}'"),
              HasSubstr("is no pattern"));
}

TEST(ReadTestFile, WhatIsNoFileIsSaid) {
  const test::TempFolder folder;
  EXPECT_THROW(read_test_file(folder / "none.test.toml"), std::runtime_error);
  EXPECT_THROW(read_test_file(folder.path()), std::runtime_error);
  std::ofstream(folder / "good.test.toml") << kHead;
  EXPECT_EQ(read_test_file(folder / "good.test.toml").tests.size(), 1U);
}

}  // namespace
}  // namespace harness
