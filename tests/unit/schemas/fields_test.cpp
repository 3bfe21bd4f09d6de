#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "protocol/mcp/tool.hpp"
#include "schemas/sample/tools.hpp"
#include "tests/unit/schemas/sample_server.hpp"

namespace {

using nlohmann::json;
using sample::Colour;
using sample::ListThingsArgs;
using sample::Thing;

std::vector<std::string> complaints(const json& arguments, ListThingsArgs& out) {
  return mcp::fields::decode(mcp::fields::type_of<ListThingsArgs>(), arguments, &out);
}

std::vector<std::string> complaints(const json& arguments) {
  ListThingsArgs args;
  return complaints(arguments, args);
}

ListThingsArgs decoded(const json& arguments) {
  ListThingsArgs args;
  EXPECT_THAT(complaints(arguments, args), testing::IsEmpty());
  return args;
}

TEST(Decode, ReadsEveryKindOfArgument) {
  const ListThingsArgs args = decoded({{"name", "abc"},
                                       {"count", 9},
                                       {"ratio", 0.5},
                                       {"colour", "light_blue"},
                                       {"order", "down"},
                                       {"ids", {"a", "b"}},
                                       {"start", "2026-03-16T15:00:00+01:00"},
                                       {"part", {{"name", "wheel"}, {"weight", 2}}},
                                       {"dryRun", true}});
  EXPECT_EQ(args.name, "abc");
  EXPECT_EQ(args.count, 9);
  EXPECT_EQ(args.ratio, 0.5);
  EXPECT_EQ(args.colour, Colour::LightBlue);
  EXPECT_EQ(args.order, sample::ListThingsOrder::Down);
  EXPECT_THAT(args.ids, testing::ElementsAre("a", "b"));
  EXPECT_EQ(common::to_string(args.start.value()), "2026-03-16T15:00:00+01:00");
  EXPECT_EQ(args.part.value().weight, 2.0);
  EXPECT_TRUE(args.dry_run);
}

TEST(Decode, TakesAbsentNullAndEmptyAsLeftAlone) {
  for (const json& blank : {json(nullptr), json(""), json::array()}) {
    json arguments{{"name", "abc"}};
    for (const char* key :
         {"count", "ratio", "colour", "order", "ids", "start", "part", "dry_run"}) {
      arguments[key] = blank;
    }
    const ListThingsArgs args = decoded(arguments);
    EXPECT_EQ(args.count, 3);
    EXPECT_EQ(args.colour, Colour::Red);
    EXPECT_FALSE(args.ratio || args.order || args.start || args.part || args.dry_run);
  }
}

TEST(Decode, SaysAllThatIsWrongEachWithItsPointer) {
  EXPECT_THAT(
      complaints({{"name", "toolong"},
                  {"count", 10},
                  {"ratio", 1.5},
                  {"colour", "green"},
                  {"order", 7},
                  {"ids", {"a", "longer", 3}},
                  {"start", "yesterday"},
                  {"part", {{"weight", "heavy"}}},
                  {"nmae", "abc"}}),
      testing::UnorderedElementsAre(
          "/name: expected at most 5 characters, got 7", "/count: expected 1 to 9, got 10",
          "/ratio: expected 0 to 1, got 1.5",
          "/colour: expected one of red, light_blue, got \"green\"",
          "/order: expected one of up, down, got 7", "/ids/1: expected at most 4 characters, got 6",
          "/ids/2: expected a string, got 3", testing::StartsWith("/start: expected"),
          "/part/name: expected a string, got nothing",
          "/part/weight: expected a number, got \"heavy\"",
          "/nmae: unknown; expected are name, count, ratio, colour, order, ids, start, part, "
          "fields, dry_run"));
}

TEST(Decode, RefusesTheTwoSpellingsOfDryRunTogether) {
  EXPECT_THAT(complaints({{"name", "a"}, {"dry_run", true}, {"dryRun", false}}),
              testing::ElementsAre("/dryRun: is the same as dry_run; give one of them"));
}

TEST(Decode, TakesIdAsOneOfTheIds) {
  EXPECT_THAT(decoded({{"name", "a"}, {"id", "x"}}).ids, testing::ElementsAre("x"));
  EXPECT_THAT(decoded({{"name", "a"}, {"ids", {"x"}}, {"id", "y"}}).ids,
              testing::ElementsAre("x", "y"));
  EXPECT_THAT(decoded({{"name", "a"}, {"ids", {"x"}}, {"id", ""}}).ids, testing::ElementsAre("x"));
  EXPECT_THAT(complaints({{"name", "a"}, {"id", 7}}),
              testing::ElementsAre("/ids/0: expected a string, got 7"));
}

TEST(Decode, NamesAnUnknownArgumentAsOneTokenOfAPointer) {
  const std::string expected = ": unknown; expected are name";
  EXPECT_THAT(complaints({{"name", "a"}, {"b/c~d", 1}}),
              testing::ElementsAre(testing::StartsWith("/b~1c~0d" + expected)));
  EXPECT_THAT(
      complaints({{"name", "a"}, {std::string(99, 'x'), 1}}),
      testing::ElementsAre(testing::StartsWith("/" + std::string(60, 'x') + " ..." + expected)));
}

TEST(Decode, RefusesNumbersThatAreNotWholeOrNotExact) {
  for (const json& count :
       {json(1.5), json(1e300), json(-0.1), json("3"), json(true), json(18446744073709551615U)}) {
    EXPECT_THAT(complaints({{"name", "a"}, {"count", count}}), testing::SizeIs(1)) << count;
  }
  EXPECT_EQ(decoded({{"name", "a"}, {"count", 3.0}}).count, 3);
}

TEST(Decode, RefusesEmptyAndNulInARequiredString) {
  EXPECT_THAT(complaints({{"name", ""}}), testing::SizeIs(1));
  EXPECT_THAT(complaints(json::object()),
              testing::ElementsAre("/name: expected a string, got nothing"));
  EXPECT_THAT(complaints({{"name", std::string("a\0b", 3)}}),
              testing::ElementsAre("/name: holds a NUL character"));
}

TEST(Decode, CountsLengthsInCodePoints) {
  EXPECT_THAT(complaints({{"name", "żółty"}}), testing::IsEmpty());
  EXPECT_THAT(complaints({{"name", "żółtyy"}}), testing::SizeIs(1));
}

Thing full_thing() {
  common::Time start;
  EXPECT_EQ(common::parse("2026-03-16", start), std::nullopt);
  return {.id = "t1",
          .title = "A \"quoted\" one\n",
          .colour = Colour::LightBlue,
          .start = start,
          .weekday = common::Weekday::Mon,
          .busy = false,
          .parts = {{.name = "«wheel»", .weight = 1.25}},
          .tags = {"x", "y"},
          .extra = common::Json{R"({"a":[1,2]})"},
          .notes = "two\nlines",
          .untrusted = true};
}

std::string encoded(const Thing& thing, const mcp::fields::Mask& mask = {}) {
  return mcp::fields::encode(mcp::fields::type_of<Thing>(), &thing, mask);
}

TEST(Encode, WritesMembersInOrderAndLeavesOutWhatIsAtItsDefault) {
  EXPECT_EQ(encoded(full_thing()),
            R"({"id":"t1","title":"A \"quoted\" one\n","colour":"light_blue","start":"2026-03-16",)"
            R"("weekday":"Mon","busy":false,"parts":[{"name":"«wheel»","weight":1.25}],)"
            R"("tags":["x","y"],"extra":{"a":[1,2]},"notes":"two\nlines","untrusted":true})");
  EXPECT_EQ(encoded({}), R"({"id":"","title":""})");
}

TEST(Encode, IsReadBackByTheSameTable) {
  const std::string bytes = encoded(full_thing());
  Thing back;
  EXPECT_THAT(mcp::fields::decode_answer(mcp::fields::type_of<Thing>(), json::parse(bytes), &back),
              testing::IsEmpty());
  EXPECT_EQ(encoded(back), bytes);
}

TEST(Encode, NamesUnknownAndMissingMembersOfAnAnswer) {
  sample::Part part;
  EXPECT_THAT(mcp::fields::decode_answer(mcp::fields::type_of<sample::Part>(),
                                         {{"weight", 1}, {"colour", "red"}}, &part),
              testing::UnorderedElementsAre("/name: expected a string, got nothing",
                                            "/colour: unknown; expected are name, weight"));
}

TEST(Encode, ReplacesWhatIsNotUtf8) {
  for (const char* broken :
       {"\xff", "\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xf5\x80\x80\x80", "\xe2\x82"}) {
    const json back = json::parse(encoded({.title = std::string("a") + broken + "z"}));
    EXPECT_THAT(back["title"].get<std::string>(), testing::ContainsRegex("^a(\uFFFD)+z$"));
  }
  EXPECT_EQ(json::parse(encoded({.title = "€𝄞\x01\x7f"}))["title"], "€𝄞\x01\x7f");
}

TEST(Text, StandsOneRowALineWithTheWordsOfOthersMarked) {
  sample::ListThingsResult result{.things = {full_thing(), {.id = "t2", .title = "mine"}},
                                  .total = 2};
  EXPECT_EQ(mcp::fields::text(mcp::fields::type_of<sample::ListThingsResult>(), &result),
            "things:\n"
            "- id: t1, title: «A \"quoted\" one », colour: light_blue, start: 2026-03-16, "
            "weekday: Mon, busy: false, parts: (name «‹wheel›», weight 1.25), tags: x; y, "
            "extra: {\"a\":[1,2]}\n"
            "  notes: «two\nlines»\n"
            "- id: t2, title: mine\n"
            "total: 2\n");
}

/// Calls a sample tool by name as the server would.
mcp::Answer call(const char* name, const json& arguments, sample::Context& context) {
  for (const mcp::Tool& tool : sample::tools()) {
    if (tool.name != name) continue;
    mcp::Call call(name, "tester");
    return tool.run(tool, &context, arguments, call);
  }
  throw std::logic_error("no such tool");
}

TEST(Answer, ShowsTheDefaultRowsOrThoseAskedFor) {
  sample::Context context{.answer = {.things = {full_thing()}, .total = 1}};
  EXPECT_EQ(
      call("list_things", {{"name", "a"}}, context).structured,
      R"({"things":[{"id":"t1","title":"A \"quoted\" one\n","colour":"light_blue",)"
      R"("parts":[{"name":"«wheel»","weight":1.25}],"untrusted":true}],"total":1,"untrusted":true})");
  EXPECT_EQ(call("list_things", {{"name", "a"}, {"fields", {"tags"}}}, context).structured,
            R"({"things":[{"id":"t1","tags":["x","y"],"untrusted":true}],"total":1})");
  EXPECT_THROW(call("list_things", {{"name", "a"}, {"fields", {"tgas"}}}, context), mcp::ToolError);
}

TEST(Answer, IsMarkedUntrustedOnlyForWordsOfOthersThatItHolds) {
  sample::Context context{.answer = {.things = {{.id = "t1", .title = "mine"}}, .total = 1}};
  EXPECT_FALSE(call("list_things", {{"name", "a"}}, context).untrusted);
  context.answer.things[0].untrusted = true;
  EXPECT_TRUE(call("list_things", {{"name", "a"}}, context).untrusted);
}

TEST(Answer, NamesTheChangeAndTheDryRun) {
  sample::Context context;
  const mcp::Answer answer = call("list_things", {{"name", "write"}, {"dry_run", true}}, context);
  EXPECT_EQ(answer.change_id, "c1");
  EXPECT_EQ(answer.structured, R"({"things":[],"total":0,"change_id":"c1","dry_run":true})");
  EXPECT_EQ(answer.text, "things: none\ntotal: 0\nchange_id: c1\ndry_run: nothing was changed\n");
}

TEST(Answer, OfADropInIsTheReferencesOwn) {
  sample::Context context;
  const mcp::Answer answer = call("read_page", {{"path", "p"}, {"unheard_of", 1}}, context);
  EXPECT_EQ(answer.text, "page of «p»");
  EXPECT_EQ(answer.structured, R"({"content":"page of «p»"})");
  EXPECT_TRUE(answer.untrusted);
}

TEST(Answer, ToArgumentsThatAreNoObjectIsAnErrorThatSaysSo) {
  sample::Context context;
  EXPECT_THROW(call("list_things", json::array({1}), context), mcp::ToolError);
  EXPECT_THROW(call("list_things", nullptr, context), mcp::ToolError);
  EXPECT_EQ(call("read_page", {{"path", ""}}, context).text, "page of «»");
}

}  // namespace
