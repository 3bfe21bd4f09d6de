#include "protocol/schema/schema.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "protocol/schema/uri.hpp"

namespace schema {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Json = nlohmann::json;

Verdict judge(const char* schema, const char* instance) {
  return Schema(Json::parse(schema)).check(Json::parse(instance));
}

TEST(Schema, NamesPlaceKeywordAndWhatIsWrong) {
  const Verdict verdict =
      judge(R"({"$defs":{"row":{"properties":{"a/b":{"type":"integer"}},"required":["id"]}},
                "properties":{"rows":{"items":{"$ref":"#/$defs/row"}}}})",
            R"({"rows":[{"id":1},{"a/b":"x"}]})");
  EXPECT_THAT(
      verdict.problems,
      ElementsAre(Problem{"/rows/1", "/properties/rows/items/$ref/required", "\"id\" is missing"},
                  Problem{"/rows/1/a~1b", "/properties/rows/items/$ref/properties/a~1b/type",
                          "expected integer, got string"}));
}

TEST(Schema, APatternThatRe2LacksIsNotCheckedAndRejectsNothing) {
  const Verdict verdict = judge(R"({"pattern":"^(?!x)a\\1$"})", R"("b")");
  EXPECT_TRUE(verdict.valid());
  EXPECT_THAT(verdict.not_checked, ElementsAre(HasSubstr("(?!x)a")));
  // Nor does what is built upon it.
  EXPECT_TRUE(judge(R"({"not":{"pattern":"(?=a)a"
}
})",
                    R"("a")")
                  .valid());
  EXPECT_TRUE(judge(R"({"patternProperties":{"(?=a)a":{}
}
, "additionalProperties" : false
})",
                    R"({"a":1})")
                  .valid());
}

TEST(Schema, PatternsMeanWhatEcmaSays) {
  EXPECT_TRUE(judge(R"({"pattern":"^\\u017cuk\\/\\d{4}-(?<m>\\w+)$"})", R"("żuk/2026-x")").valid());
  EXPECT_FALSE(judge(R"({"pattern":"^a.c$"})", R"("a\nc")").valid());
  EXPECT_FALSE(judge(R"({"pattern":"^ac$"})", R"("ac\n")").valid());
  EXPECT_TRUE(judge(R"({"pattern":"^[^]\\s[\\s]$"})", R"("x\u00a0\ufeff")").valid());
}

TEST(Schema, NothingIsFetched) {
  const Verdict verdict = judge(R"({"$ref":"https://example.com/other.json"})", "1");
  EXPECT_TRUE(verdict.valid());
  EXPECT_THAT(verdict.not_checked, ElementsAre(HasSubstr("nothing is fetched")));
}

TEST(Schema, HostileSchemasEndWithAWord) {
  EXPECT_THAT(judge(R"({"$ref":"#"})", "1").not_checked, ElementsAre(HasSubstr("too deeply")));
  Json doubling = {{"$defs", Json::object()}, {"$ref", "#/$defs/0"}};
  for (int i = 0; i < 40; ++i) {
    const Json next = {{"$ref", "#/$defs/" + std::to_string(i + 1)}};
    doubling["$defs"][std::to_string(i)] = {{"allOf", {next, next}}};
  }
  doubling["$defs"]["40"] = true;
  EXPECT_THAT(Schema(doubling).check(1).not_checked, ElementsAre(HasSubstr("too many steps")));
  Json deep = true;
  for (int i = 0; i < 5000; ++i) deep = Json{{"not", std::move(deep)}};
  EXPECT_THAT(Schema(std::move(deep)).check(1).not_checked, ElementsAre(HasSubstr("too deeply")));
  EXPECT_THAT(judge(R"({"type":7,"properties":3,"allOf":{},"items":5,"enum":1,"required":{}})",
                    R"({"a":[1]})")
                  .problems,
              ElementsAre());
}

TEST(Schema, OlderDraftsAreReadAsTheyWereMeant) {
  const char* const draft7 = R"({"$schema":"http://json-schema.org/draft-07/schema#",
    "definitions":{"a":{"type":"string"}},"properties":{"x":{"$ref":"#/definitions/a","maxLength":1},
    "y":{"items":[{"type":"integer"}],"additionalItems":false}},"dependencies":{"x":["y"]}})";
  EXPECT_TRUE(judge(draft7, R"({"x":"long","y":[1]})").valid());
  EXPECT_FALSE(judge(draft7, R"({"y":[1,2]})").valid());
  EXPECT_FALSE(judge(draft7, R"({"x":"long"})").valid());
}

TEST(Schema, TheMetaschemaFindsWhatIsNoSchema) {
  EXPECT_TRUE(
      check_schema(Json::parse(R"({"type":"object","properties":{"a":{"minimum":1}}})")).valid());
  const Verdict verdict =
      check_schema(Json::parse(R"({"properties":{"a":{"type":"strin","minLength":-1}}})"));
  ASSERT_FALSE(verdict.valid());
  EXPECT_THAT(verdict.problems.front().instance, HasSubstr("/properties/a"));
}

TEST(Schema, ReferencesResolveAsRfc3986Says) {
  const char* const base = "http://a/b/c/d;p?q";
  const std::pair<const char*, const char*> cases[] = {{"g:h", "g:h"},
                                                       {"g", "http://a/b/c/g"},
                                                       {"./g", "http://a/b/c/g"},
                                                       {"/g", "http://a/g"},
                                                       {"//g", "http://g"},
                                                       {"?y", "http://a/b/c/d;p?y"},
                                                       {"g#s", "http://a/b/c/g#s"},
                                                       {"", "http://a/b/c/d;p?q"},
                                                       {"..", "http://a/b/"},
                                                       {"../g", "http://a/b/g"},
                                                       {"../../../g", "http://a/g"},
                                                       {"g;x=1/../y", "http://a/b/c/y"}};
  for (const auto& [reference, expected] : cases)
    EXPECT_EQ(resolve_uri(base, reference), expected) << reference;
}

}  // namespace
}  // namespace schema
