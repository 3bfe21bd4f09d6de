#include "host/harness/expectations.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/harness/read_test_file.hpp"

namespace harness {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::int64_t kNow = 1'773'648'000;

Expectation expectation(const std::string& lines) {
  return parse_test_file(
             "[fixture.variables]\nid = \"n-17\"\nnumber = 3\n[[test]]\nname = \"t\"\n"
             "[[test.step]]\ncall = \"c\"\n" +
                 lines,
             "t.test.toml")
      .tests[0]
      .steps[0]
      .expect;
}

std::vector<std::string> look(const std::string& lines, const Seen& seen) {
  VolatileValues same({}, kNow);
  same.know("folder", "/tmp/adjutant-test.x");
  return unmet(expectation(lines), seen,
               {{"folder", "/tmp/adjutant-test.x"}, {"id", "n-17"}, {"number", 3}}, same);
}

const Seen kSeen{.text = "Added n-17 at 2026-03-16T09:00:00Z\nin /tmp/adjutant-test.x",
                 .structured = json::parse(R"({
                   "id": "n-17", "count": 3, "ratio": 0.5, "whole": 2.0, "none": null,
                   "tags": ["red", "blue"], "rows": [{"id": 1, "to": "Ewa"}, {"id": 2}],
                   "made": "2026-03-16T09:00:00Z", "a/b": {"~": true}})")};

struct Case {
  const char* holds;
  const char* fails;
  const char* says;
};

TEST(Expectations, EachHoldsAndEachCanFail) {
  for (const Case& each : std::initializer_list<Case>{
           {"expect.text.contains = \"n-17\"", "expect.text.contains = \"n-18\"",
            "text: expected something that contains \"n-18\", got \"Added n-17"},
           {"expect.text.contains = [\"Added\", \"in \"]",
            "expect.text.contains = [\"Added\", \"?\"]", "contains \"?\""},
           {"expect.text.matches = '^Added ${id} '", "expect.text.matches = '^added'", "matches"},
           {"expect.text.like = \"Added ${id} at 2020-01-01T00:00:00Z\\nin ${folder}\"",
            "expect.text.like = \"Added ${id} at noon\\nin ${folder}\"", "in line 1 expected"},
           {"expect.structured.\"/id\" = \"${id}\"", "expect.structured.\"/id\" = \"n-1\"",
            "/id: expected \"n-1\", got \"n-17\""},
           {"expect.structured.\"/count\" = \"${number}\"", "expect.structured.\"/count\" = \"3\"",
            "/count: expected \"3\", got 3"},
           {"expect.structured.\"/tags\" = [\"red\", \"blue\"]",
            "expect.structured.\"/tags\" = [\"blue\", \"red\"]", "/tags: expected"},
           {"expect.structured.\"/tags\" = {contains = \"blue\", count = 2}",
            "expect.structured.\"/tags\" = {count = 3}", "expected 3 elements, got 2"},
           {"expect.structured.\"/rows\".contains = {to = \"Ewa\"}",
            "expect.structured.\"/rows\".contains = {to = \"Jan\"}", "contains {\"to\":\"Jan\"}"},
           {"expect.structured.\"\".contains = {id = \"n-17\", \"a/b\" = {\"~\" = true}}",
            "expect.structured.\"\".contains = {\"a/b\" = {x = 1}}",
            "structured: expected something"},
           {"expect.structured.\"/a~1b/~0\" = true", "expect.structured.\"/a~1b/x\" = true",
            "/a~1b/x: is not there"},
           {"expect.structured.\"/a~1b\" = {equals = {\"~\" = true}}",
            "expect.structured.\"/a~1b\" = {equals = {}}", "expected {}"},
           {"expect.structured.\"/rows/1/id\" = 2", "expect.structured.\"/rows/01/id\" = 2",
            "is not there"},
           {"expect.structured.\"/none\" = {type = \"null\"}",
            "expect.structured.\"/none\" = {absent = true}", "expected nothing there, got null"},
           {"expect.structured.\"/gone\" = {absent = true}",
            "expect.structured.\"/gone\" = {type = \"null\"}", "/gone: is not there"},
           {"expect.structured.\"/whole\" = {type = \"integer\"}",
            "expect.structured.\"/ratio\" = {type = \"integer\"}", "of type integer, got 0.5"},
           {"expect.structured.\"/made\" = {like = \"2001-01-01T00:00:00Z\"}",
            "expect.structured.\"/made\" = {like = \"never\"}",
            "expected \"never\", got \"<time>\""},
           {"expect.structured.\"/count\" = {matches = '^\\d$'}",
            "expect.structured.\"/id\" = {count = 4}", "expected 4 elements, got \"n-17\""},
       }) {
    EXPECT_THAT(look(each.holds, kSeen), IsEmpty()) << each.holds;
    EXPECT_THAT(look(each.fails, kSeen), ElementsAre(HasSubstr(each.says))) << each.fails;
  }
}

TEST(Expectations, ACallHasToEndAsExpected) {
  const Seen error{.is_error = true, .text = "no such note"};
  const Seen refused{.text = "Unknown tool", .refused = -32602};
  const Seen lost{.problem = "it is gone."};
  EXPECT_THAT(look("", kSeen), IsEmpty());
  EXPECT_THAT(look("", error),
              ElementsAre("expected success, but the tool reported an error: no such note"));
  EXPECT_THAT(look("", refused),
              ElementsAre(HasSubstr("the server refused the call (-32602): Unknown tool")));
  EXPECT_THAT(look("", lost), ElementsAre("no answer: it is gone."));
  EXPECT_THAT(look("expect.error = true", error), IsEmpty());
  EXPECT_THAT(look("expect.error = \"such\"", error), IsEmpty());
  EXPECT_THAT(look("expect.error = \"other\"", error), ElementsAre(HasSubstr("error: expected")));
  EXPECT_THAT(look("expect.error = true", kSeen), ElementsAre(HasSubstr("but the call succeeded")));
  EXPECT_THAT(look("expect.error = true", refused), ElementsAre(HasSubstr("refused the call")));
  EXPECT_THAT(look("expect.refused = \"tool\"", refused), IsEmpty());
  EXPECT_THAT(look("expect.refused = {code = -32602}", refused), IsEmpty());
  EXPECT_THAT(look("expect.refused = {code = -1}", refused),
              ElementsAre("refused.code: expected -1, got -32602"));
  EXPECT_THAT(look("expect.refused = true", error), ElementsAre(HasSubstr("to refuse the call")));
}

TEST(Expectations, TextThatIsJsonStandsForStructuredContent) {
  const Seen seen =
      look_at_result(json::parse(R"({"content":[{"type":"text","text":"{\"id\": 7}"}]})"));
  EXPECT_THAT(look("expect.structured.\"/id\" = 7", seen), IsEmpty());
  const Seen plain = look_at_result(json::parse(R"({"content":[{"type":"text","text":"id 7"}]})"));
  EXPECT_THAT(look("expect.structured.\"/id\" = 7", plain),
              ElementsAre(HasSubstr("has no structured content")));
}

TEST(Expectations, HostileAnswersDoNoHarm) {
  const std::string deep = std::string(200'000, '[') + std::string(200'000, ']');
  for (const json& result :
       {json{{"content", {{{"type", "text"}, {"text", deep}}}}}, json{{"content", 7}},
        json{{"content", {7, json(), {{"type", 7}}, {{"type", "text"}, {"text", 7}}}}},
        json{{"content", {{{"type", "text"}, {"text", "\xFF\x1B[31m"}}}}, {"isError", "yes"}},
        json::object(), json{{"structuredContent", 18446744073709551615ULL}},
        json{{"structuredContent", {{"n", -9223372036854775807LL}, {"d", 1e300}}}}}) {
    const Seen seen = look_at_result(result);
    look("expect.text.like = \"x\"\nexpect.structured.\"/n\" = {type = \"integer\", like = \"1\"}",
         seen);
    look("expect.structured.\"\" = {matches = 'x', contains = {a = 1}, count = 1}", seen);
  }
  EXPECT_TRUE(
      look_at_result(json{{"content", {{{"type", "text"}, {"text", deep}}}}}).structured.is_null());
  EXPECT_LT(shown(json(std::string(1'000'000, 'x'))).size(), 300U);
}

TEST(Captures, ComeFromMembersAndFromTexts) {
  const auto take = [](const Capture& capture) {
    std::string problem;
    const auto value = captured(capture, kSeen, {}, problem);
    return value ? value->dump() : problem;
  };
  EXPECT_EQ(take({.name = "a", .pointer = "/rows/1/id"}), "2");
  EXPECT_EQ(take({.name = "a", .pattern = "Added (\\S+)"}), "\"n-17\"");
  EXPECT_EQ(take({.name = "a", .pattern = "n-\\d+"}), "\"n-17\"");
  EXPECT_THAT(take({.name = "a", .pointer = "/x"}),
              HasSubstr("a: the answer has nothing at \"/x\""));
  EXPECT_THAT(take({.name = "a", .pattern = "x(y)"}), HasSubstr("nothing in the text matches"));
}

TEST(VolatileValues, MakesTheSameWhatChanges) {
  VolatileValues same({{.matches = "rev-\\d+", .as = "<revision>"}}, kNow);
  same.know("folder", "/tmp/adjutant-test.x");
  same.know("id", "abc-123456");
  same.know("short", "7");
  const std::vector<std::pair<std::string, std::string>> cases{
      {"file:///tmp/adjutant-test.x/a", "file://${folder}/a"},
      {"/tmp/adjutant-test.xy", "/tmp/adjutant-test.xy"},
      {"id abc-123456, abc-1234567", "id ${id}, abc-1234567"},
      {"at 2026-03-16T09:00:00.123+01:00.", "at <time>."},
      {"at 2026-03-16 09:00", "at <time>"},
      {"Mon Mar 16 2026 09:00:00 GMT+0000 (Coordinated Universal Time)", "<time>"},
      {"Mon, 16 Mar 2026 09:00:00 +0000", "<time>"},
      {"123e4567-e89b-12d3-a456-426614174000", "<uuid>"},
      {"took 12.5 ms", "took <duration>"},
      {"made 1773648001 and 1773648001123", "made <time> and <time>"},
      {"call 1234567890", "call 1234567890"},
      {"2026-03-16", "2026-03-16"},
      {"rev-12", "<revision>"},
      {"7 days", "7 days"}};
  for (const auto& [text, wanted] : cases) EXPECT_EQ(same.same(text), wanted);
  EXPECT_EQ(same.same_json(json::parse(R"({"a":[1773648001,1773648001000.5,5,"rev-1"],"b":null})")),
            json::parse(R"({"a":["<time>","<time>",5,"<revision>"],"b":null})"));
}

TEST(Variables, StandForTheirValues) {
  const Variables variables{{"n", 7}, {"t", "a.b"}, {"o", json{{"x", 1}}}};
  EXPECT_EQ(expanded("${t}-${n} $${t} ${o}", variables), "a.b-7 ${t} {\"x\":1}");
  EXPECT_EQ(expanded_pattern("^${t}$", variables), "^a\\.b$");
  EXPECT_EQ(expanded_json(json{{"a", "${n}"}, {"b", {"${o}", "x${n}"}}}, variables),
            json::parse(R"({"a":7,"b":[{"x":1},"x7"]})"));
  EXPECT_THROW(expanded("${none}", variables), std::runtime_error);
  EXPECT_THROW(expanded("${env.ADJUTANT_NO_SUCH_VARIABLE}", variables), std::runtime_error);
  for (const std::string text : {"${", "$${a}", "a$", "$$", "${n} and ${", "$$${x}"}) {
    EXPECT_EQ(expanded(escaped(text), variables), text);
  }
}

}  // namespace
}  // namespace harness
