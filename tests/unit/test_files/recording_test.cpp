#include "host/harness/recording.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "host/harness/call_listener.hpp"
#include "host/harness/expectations.hpp"
#include "host/harness/read_test_file.hpp"
#include "host/harness/recorded_file.hpp"
#include "host/harness/write_test_file.hpp"

namespace harness {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::int64_t kRecordedAt = 1'773'648'000;

json answer(const std::string& text, const json& structured = nullptr) {
  json result{{"content", {{{"type", "text"}, {"text", text}}}}};
  if (!structured.is_null()) result["structuredContent"] = structured;
  return result;
}

RecordedCall call(const std::string& tool, const json& arguments, const json& result) {
  return {.tool = tool, .arguments = arguments, .seen = look_at_result(result)};
}

RecordedFile recorded(const std::string& folder = "") {
  return {.path = "/tests/notes.test.toml",
          .command = {"notes", "${folder}"},
          .folder = folder,
          .now = kRecordedAt};
}

std::vector<RecordedCall> notes_session() {
  return {call("add", {{"title", "Tea"}},
               answer("Added note-5f3a9c81 at 2026-03-16T09:00:00Z",
                      {{"note", {{"id", "note-5f3a9c81"}, {"title", "Tea"}}}})),
          call("get", {{"id", "note-5f3a9c81"}},
               answer("{\"id\":\"note-5f3a9c81\",\"title\":\"Tea\"}")),
          call("get", {{"id", "note-0"}, {"limit", nullptr}}, [] {
            json error = answer("no note note-0 in /tmp/f.1");
            error["isError"] = true;
            return error;
          }())};
}

TEST(Recording, WritesStepsWithCapturesAndForms) {
  EXPECT_EQ(
      recorded_text(recorded("/tmp/f.1"), {.calls = notes_session()}),
      R"toml(# Recorded by adjutant record. Times, UUIDs and the folder are expected by their form;
# the rest as it came: take out what need not stay.
server = ["notes", "${folder}"]

[[test]]
name = "notes, as recorded"

[[test.step]]
call = "add"
arguments = { title = "Tea" }
capture.id = "/note/id"
expect.text = { like = "Added ${id} at <time>" }
expect.structured."/note/id" = { type = "string" }
expect.structured."/note/title" = "Tea"

[[test.step]]
call = "get"
arguments = { id = "${id}" }
expect.structured."/id" = "${id}"
expect.structured."/title" = "Tea"

[[test.step]]
call = "get"
arguments = '{"id":"note-0","limit":null}'
expect.error = { like = "no note note-0 in ${folder}" }
)toml");
}

/// Runs what was recorded against answers, as the runner does.
std::vector<std::string> replayed(const std::string& text, const std::vector<Seen>& answers,
                                  const std::string& folder) {
  const TestFile file = parse_test_file(text, "/tests/notes.test.toml");
  Variables variables{{"folder", folder}, {"here", "/tests"}};
  VolatileValues same(file.normalise, kRecordedAt + 1000);
  same.know("folder", folder);
  std::vector<std::string> all;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const Step& step = file.tests[0].steps[i];
    for (const Capture& capture : step.captures) {
      std::string problem;
      const auto value = captured(capture, answers[i], variables, problem);
      if (!value) return {problem};
      variables[capture.name] = *value;
      if (value->is_string()) same.know(capture.name, value->get<std::string>());
    }
    for (std::string& problem : unmet(step.expect, answers[i], variables, same)) {
      all.push_back(std::move(problem));
    }
  }
  return all;
}

TEST(Recording, HoldsForTheSameAnswersWithOtherIdsTimesAndFolders) {
  const std::string text = recorded_text(recorded("/tmp/f.1"), {.calls = notes_session()});
  const auto answers = [](const std::string& id, const std::string& title) {
    json error = answer("no note note-0 in /tmp/other");
    error["isError"] = true;
    return std::vector<Seen>{look_at_result(answer("Added " + id + " at 2026-03-17T10:00:00Z",
                                                   {{"note", {{"id", id}, {"title", title}}}})),
                             look_at_result(answer("{\"id\":\"" + id + "\",\"title\":\"Tea\"}")),
                             look_at_result(error)};
  };
  EXPECT_THAT(replayed(text, answers("note-77aa11bb", "Tea"), "/tmp/other"), IsEmpty());
  EXPECT_THAT(replayed(text, answers("note-77aa11bb", "Coffee"), "/tmp/other"),  // The control.
              ::testing::ElementsAre(HasSubstr("/note/title: expected \"Tea\", got \"Coffee\"")));
}

TEST(Recording, WhatTheClientSaidFirstIsItsOwn) {
  const std::vector<Step> steps = steps_of(
      {.heard = {
           .calls = {call("add", {{"id", "mine-12345"}}, answer("ok", {{"id", "mine-12345"}})),
                     call("get", {{"id", "mine-12345"}}, answer("ok")),
                     call("set", {{"status", "done"}}, answer("ok", {{"status", "done"}}))}}});
  for (const Step& step : steps) EXPECT_THAT(step.captures, IsEmpty());
  EXPECT_EQ(steps[1].arguments, (json{{"id", "mine-12345"}}));
}

TEST(Recording, NumbersAndListsOfIdsAreLinked) {
  const std::vector<Step> steps = steps_of(
      {.heard = {.calls = {call("add", json::object(),
                                answer("ok", {{"rows", {{{"id", 41}}, {{"id", 42}}}}})),
                           call("drop", {{"ids", {42, 41}}, {"size", 42}}, answer("ok"))}}});
  EXPECT_EQ(steps[1].arguments, json::parse(R"({"ids":["${id}","${id_2}"],"size":"${id}"})"));
  EXPECT_EQ(steps[0].captures, (std::vector<Capture>{{.name = "id", .pointer = "/rows/1/id"},
                                                     {.name = "id_2", .pointer = "/rows/0/id"}}));
}

TEST(Recording, AnIdInATextIsFoundByWhatStandsBefore) {
  const std::vector<Step> steps =
      steps_of({.heard = {.calls = {call("open", json::object(),
                                         answer("Welcome.\nYour session is s-99, enjoy.")),
                                    call("ask", {{"session_id", "s-99"}}, answer("ok"))}}});
  EXPECT_EQ(steps[0].captures.size(), 1U);
  EXPECT_EQ(steps[0].captures[0].name, "session_id");
  EXPECT_EQ(steps[1].arguments, (json{{"session_id", "${session_id}"}}));
}

TEST(Recording, TheClientsNameIsAVariable) {
  const std::vector<RecordedCall> calls{
      call("add", json::object(), answer("Added by some-client.", {{"by", "some-client"}}))};
  const Expectation expect =
      steps_of({.heard = {.client = "some-client", .calls = calls}})[0].expect;
  EXPECT_EQ(expect.text, (Matcher{.like = "Added by ${client}."}));
  EXPECT_EQ(expect.structured[0].matcher, (Matcher{.equals = "${client}"}));
  const Expectation short_name = steps_of({.heard = {.client = "some", .calls = calls}})[0].expect;
  EXPECT_EQ(short_name.structured[0].matcher, (Matcher{.equals = "some-client"}));
}

std::string random_text(std::mt19937& random) {
  static const std::vector<std::string> pieces{"a",
                                               "\"",
                                               "\"\"\"",
                                               "'",
                                               "'''",
                                               "\\",
                                               "\n",
                                               "\r\n",
                                               "\t",
                                               "\x01",
                                               "\x7F",
                                               "${",
                                               "$$",
                                               "}",
                                               "${x}",
                                               "é",
                                               "日",
                                               "#",
                                               "=",
                                               "[",
                                               " ",
                                               "<time>",
                                               "2026-03-16T09:00:00Z"};
  std::string text;
  for (std::size_t i = random() % 12; i > 0; --i) text += pieces[random() % pieces.size()];
  return text;
}

json random_value(std::mt19937& random, int depth) {
  switch (random() % (depth > 0 ? 8 : 6)) {
    case 0:
      return nullptr;
    case 1:
      return random() % 2 == 0;
    case 2:
      return static_cast<std::int64_t>(random()) - 2'000'000'000;
    case 3:
      return static_cast<double>(random()) / 7 - 1e8;
    case 4:
      return 18'000'000'000'000'000'000ULL;
    case 5:
      return random_text(random);
    case 6: {
      json list = json::array();
      for (std::size_t i = random() % 4; i > 0; --i)
        list.push_back(random_value(random, depth - 1));
      return list;
    }
    default: {
      json object = json::object();
      for (std::size_t i = random() % 4; i > 0; --i)
        object[random_text(random)] = random_value(random, depth - 1);
      return object;
    }
  }
}

TEST(Recording, AnySessionMakesAFileThatHoldsForIt) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<RecordedCall> calls;
    std::vector<Seen> answers;
    for (int i = 0; i < 3; ++i) {
      json arguments = json::object();
      arguments[random_text(random)] = random_value(random, 2);
      const json structured = random() % 3 == 0 ? json() : json{{"v", random_value(random, 3)}};
      calls.push_back(call("tool", arguments, answer(random_text(random), structured)));
      answers.push_back(calls.back().seen);
    }
    const std::string text = recorded_text(recorded("/tmp/f.1"), {.calls = calls});
    const TestFile file = parse_test_file(text, "/tests/notes.test.toml");
    for (std::size_t i = 0; i < calls.size(); ++i) {
      EXPECT_EQ(expanded_json(file.tests[0].steps[i].arguments, {{"folder", "/tmp/f.1"}}),
                calls[i].arguments)
          << text;
    }
    EXPECT_THAT(replayed(text, answers, "/tmp/f.1"), IsEmpty()) << text;
  }
}

TEST(WriteTestFile, WhatIsWrittenIsReadBack) {
  TestFile file{
      .path = "/tests/a.test.toml", .server = "tasks", .timeout = std::chrono::seconds(2)};
  file.fixture = {
      .files = {{.path = "a b.txt", .text = "x\n\"\"\"y\\"}, {.path = "d", .folder = true}},
      .variables = {{"v", json{{"a", 1.5}}}},
      .env = {{"K", "v\t"}},
      .args = {"--x", "it's \"q\""}};
  file.normalise = {{.matches = "a\\d'", .as = "\\1"}};
  file.setup = {{.call = "s"}};
  file.tests = {
      {.name = "n \"1\"",
       .steps = {{.name = "x",
                  .call = "c",
                  .captures = {{.name = "p", .pattern = "(\\d)'"}},
                  .expect = {.text = Matcher{.contains = {"a", "b"}, .matches = {"c"}},
                             .structured = {{.pointer = "/a~1\"b",
                                             .matcher = {.equals = json::object()}}},
                             .snapshot = true},
                  .timeout = std::chrono::milliseconds(1500)},
                 {.call = "d", .expect = {.refused = Expectation::Refusal{.code = -1}}}}}};
  const TestFile back = parse_test_file(write_test_file(file, "one\ntwo"), file.path);
  EXPECT_EQ(write_test_file(back, "one\ntwo"), write_test_file(file, "one\ntwo"));
  EXPECT_EQ(back.tests[0].steps[0].expect, file.tests[0].steps[0].expect);
  EXPECT_EQ(back.tests[0].steps[1].expect, file.tests[0].steps[1].expect);
  EXPECT_EQ(back.fixture.files[0].text, file.fixture.files[0].text);
  EXPECT_EQ(back.fixture.args, file.fixture.args);
  EXPECT_EQ(back.normalise[0].matches, file.normalise[0].matches);
}

std::string request(int id, const std::string& tool, const std::string& arguments) {
  return R"({"jsonrpc":"2.0","id":)" + std::to_string(id) +
         R"(,"method":"tools/call","params":{"name":")" + tool + R"(","arguments":)" + arguments +
         "}}\n";
}

TEST(CallListener, HearsCallsInTheOrderInWhichTheyWereMade) {
  CallListener listener;
  const std::string asked =
      request(1, "a", "{}") + request(2, "b", "{\"x\":1}") + request(3, "c", "{}");
  for (const char byte : asked) listener.hear_client(std::string(1, byte));
  EXPECT_FALSE(listener.hear_server("noise\n{\"jsonrpc\":\"2.0\",\"method\":\"x\"}\n"));
  EXPECT_TRUE(listener.hear_server(
      "{\"jsonrpc\":\"2.0\",\"id\":2,\"error\":{\"code\":-32602,\"message\":\"no\"}}\n"));
  EXPECT_TRUE(listener.hear_server(
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[],\"resultType\":\"complete\"}}\n"));
  EXPECT_FALSE(listener.hear_server(
      "{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{\"resultType\":\"input_required\"}}\n"));
  const std::vector<RecordedCall> calls = listener.heard().calls;
  ASSERT_EQ(calls.size(), 2U);
  EXPECT_EQ(calls[0].tool, "a");
  EXPECT_EQ(calls[1].tool, "b");
  EXPECT_EQ(calls[1].seen.refused, -32602);
}

TEST(CallListener, HearsTheClientsNameInBothEras) {
  CallListener listener;
  listener.hear_client(
      R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"clientInfo":{"name":"old"}}})"
      "\n");
  EXPECT_EQ(listener.heard().client, "old");
  listener.hear_client(R"({"jsonrpc":"2.0","id":2,"method":"tools/list","params":)"
                       R"({"_meta":{"io.modelcontextprotocol/clientInfo":{"name":"new"}}}})"
                       "\n");
  EXPECT_EQ(listener.heard().client, "new");
}

}  // namespace
}  // namespace harness
