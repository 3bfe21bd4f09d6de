#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/protocol/peer.hpp"

/// What cannot be served is answered, each in its way, and the server is right after each.
namespace {

using nlohmann::json;
using test::call;
using test::Peer;
using test::request;
using testing::HasSubstr;

struct Bad {
  std::string line{};
  int code{};  ///< 0: a result with isError, which says `words`.
  std::string words{};
};

std::string with_params(std::string_view method, std::string_view params) {
  return R"({"jsonrpc":"2.0","id":5,"method":")" + std::string(method) + R"(","params":)" +
         std::string(params) + "}";
}

std::string adding(std::string_view arguments) {
  return with_params("tools/call", R"({"name":"add","arguments":)" + std::string(arguments) + "}");
}

std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all.append(text);
  return all;
}

/// Each line is answered once, and a call after it works and finds nothing changed.
void expect_refused(const std::vector<Bad>& table, bool has_id) {
  Peer peer;
  peer.initialize();
  int notes = 0;
  for (const Bad& bad : table) {
    SCOPED_TRACE(bad.line.substr(0, 120));
    peer.send_line(bad.line);
    const json answer = peer.read();
    if (bad.code == 0) {
      EXPECT_EQ(answer["result"]["isError"], true) << answer;
      EXPECT_THAT(answer["result"]["content"][0]["text"].get<std::string>(), HasSubstr(bad.words));
      EXPECT_FALSE(answer["result"].contains("structuredContent"));
    } else {
      EXPECT_EQ(answer["error"]["code"], bad.code) << answer;
      EXPECT_THAT(answer["error"]["message"].get<std::string>(), HasSubstr(bad.words));
    }
    EXPECT_EQ(answer.contains("id"), has_id);
    EXPECT_EQ(peer.ask(call(6, "add", {{"text", "x"}}))["id"], 6);
    EXPECT_EQ(peer.notebook.notes().size(), static_cast<std::size_t>(++notes));
  }
}

TEST(BadInput, BrokenJsonIsAnsweredWithoutAnId) {
  expect_refused({{"{", -32700, "not JSON"},
                  {"}", -32700},
                  {"[1,2", -32700},
                  {"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"", -32700},
                  {"{\"jsonrpc\":\"2.0\" \"id\":1}", -32700},
                  {"{jsonrpc:2}", -32700},
                  {"{\"a\":\"unfinished}", -32700},
                  {"{\"a\":\"\\x\"}", -32700},
                  {"{\"a\":tru}", -32700},
                  {"{\"a\":1,}", -32700},
                  {"{\"a\":.5}", -32700},
                  {"{\"a\":1}x", -32700},
                  {"// comment", -32700},
                  {"Content-Length: 20", -32700}},
                 false);
}

TEST(BadInput, BadUtf8IsAnsweredWithoutAnId) {
  const auto text = [](std::string_view bytes) {
    return R"({"jsonrpc":"2.0","id":5,"method":"ping","x":")" + std::string(bytes) + "\"}";
  };
  expect_refused({{text("\xff"), -32700},
                  {text("\x80"), -32700},
                  {text("\xc3"), -32700},
                  {text("\xc0\xaf"), -32700},
                  {text("\xe2\x82"), -32700},
                  {text("\xe0\x80\x80"), -32700},
                  {text("\xed\xa0\x80"), -32700},
                  {text("\xf0\x9f\x98"), -32700},
                  {text("\xf4\x90\x80\x80"), -32700},
                  {text("\xf8\x88\x80\x80\x80"), -32700},
                  {text("\\ud83d"), -32700},
                  {text("\\udc00\\ud800"), -32700},
                  {"\xff\xfe{\x00", -32700}},
                 false);
}

TEST(BadInput, WrongShapesAreRefusedUnderTheirId) {
  expect_refused({{R"({"id":5,"method":"ping"})", -32600, "jsonrpc"},
                  {R"({"jsonrpc":"1.0","id":5,"method":"ping"})", -32600},
                  {R"({"jsonrpc":2,"id":5,"method":"ping"})", -32600},
                  {R"({"jsonrpc":"2.0","id":5})", -32600, "method"},
                  {R"({"jsonrpc":"2.0","id":5,"method":null})", -32600},
                  {R"({"jsonrpc":"2.0","id":5,"method":["ping"]})", -32600},
                  {with_params("ping", "3"), -32600, "params"},
                  {with_params("ping", "\"x\""), -32600},
                  {with_params("ping", "[1]"), -32602},
                  {with_params("tools/list", R"({"cursor":"page2"})"), -32602, "cursor"},
                  {with_params("tools/list", R"({"cursor":""})"), -32602},
                  {with_params("tools/call", "{}"), -32602, "/params/name"},
                  {with_params("tools/call", R"({"name":7})"), -32602},
                  {with_params("tools/call", R"({"name":"add","arguments":[]})"), -32602},
                  {with_params("tools/call", R"({"name":"add","arguments":"text"})"), -32602},
                  {with_params("no/such", "{}"), -32601, "no/such"},
                  {with_params("", "{}"), -32601}},
                 true);
}

TEST(BadInput, UnreadableIdsAreLeftOut) {
  expect_refused({{R"({"jsonrpc":"2.0","id":null,"method":"ping"})", -32600, "id"},
                  {R"({"jsonrpc":"2.0","id":1.5,"method":"ping"})", -32600},
                  {R"({"jsonrpc":"2.0","id":1e3,"method":"ping"})", -32600},
                  {R"({"jsonrpc":"2.0","id":{"a":1},"method":"ping"})", -32600},
                  {R"({"jsonrpc":"2.0","id":[5],"method":"ping"})", -32600},
                  {R"({"jsonrpc":"2.0","id":false,"method":"ping"})", -32600},
                  {R"({"jsonrpc":"2.0","id":99999999999999999999,"method":"ping"})", -32600},
                  {R"({"jsonrpc":"2.0","result":{}})", -32600},
                  {"7", -32600},
                  {"\"ping\"", -32600},
                  {"null", -32600},
                  {"true", -32600}},
                 false);
}

TEST(BadInput, UnknownToolsAndArgumentsAreNamed) {
  const auto calling = [](std::string_view name) {
    return with_params("tools/call", R"({"name":")" + std::string(name) + "\"}");
  };
  expect_refused(
      {{calling("nope"), -32602, "nope"},
       {calling(""), -32602},
       {calling("ADD"), -32602},
       {calling("add "), -32602},
       {calling("../add"), -32602},
       {calling(repeated("a", 100000)), -32602},
       {adding(R"({"text":"x","colour":"red"})"), 0, "/colour"},
       {adding(R"({"text":"x","Text":"y"})"), 0, "/Text"},
       {adding(R"({"text":"x","":1})"), 0},
       {adding(R"({"text":"x","a/b":1})"), 0, "/a"},
       {adding(R"({"a":1,"b":2,"c":3})"), 0, "/text"},
       {with_params("tools/call", R"({"name":"list","arguments":{"all":true}})"), 0, "/all"}},
      true);
}

TEST(BadInput, WrongTypesOfArgumentsAreNamed) {
  expect_refused({{adding(R"({"text":1})"), 0, "/text"},
                  {adding(R"({"text":true})"), 0, "/text"},
                  {adding(R"({"text":["x"]})"), 0, "/text"},
                  {adding(R"({"text":{"x":1}})"), 0, "/text"},
                  {adding(R"({"text":null})"), 0, "/text"},
                  {adding("{}"), 0, "/text"},
                  {adding(R"({"text":"x","times":"many"})"), 0, "/times"},
                  {adding(R"({"text":"x","times":1.5})"), 0, "/times"},
                  {adding(R"({"text":"x","times":0})"), 0, "/times"},
                  {adding(R"({"text":"x","times":[1]})"), 0, "/times"},
                  {adding(R"({"text":1,"times":"x"})"), 0, "/times"}},
                 true);
}

TEST(BadInput, HugeNumbersAreRefused) {
  expect_refused({{adding(R"({"text":"x","times":1e308})"), 0, "/times"},
                  {adding(R"({"text":"x","times":-1e308})"), 0, "/times"},
                  {adding(R"({"text":"x","times":9223372036854775807})"), 0, "/times"},
                  {adding(R"({"text":"x","times":-9223372036854775808})"), 0, "/times"},
                  {adding(R"({"text":"x","times":18446744073709551615})"), 0, "/times"},
                  {adding(R"({"text":"x","times":18446744073709551616})"), 0, "/times"},
                  {adding(R"({"text":"x","times":)" + repeated("9", 300) + "}"), 0, "/times"},
                  {adding(R"({"text":"x","times":1e-400})"), 0, "/times"},
                  {adding(R"({"text":)" + repeated("1", 300) + "}"), 0, "/text"},
                  {adding(R"({"text":"x","times":9007199254740993})"), 0, "/times"}},
                 true);
  expect_refused({{adding(R"({"text":"x","times":1e400})"), -32700},
                  {adding(R"({"text":"x","times":-1e999})"), -32700},
                  {adding(R"({"text":"x","times":)" + repeated("9", 400) + "}"), -32700}},
                 false);
}

TEST(BadInput, DeepNestingIsRefusedUnderItsId) {
  const auto nested = [](std::string_view open, std::string_view close, int depth) {
    return repeated(open, depth) + "1" + repeated(close, depth);
  };
  expect_refused({{with_params("ping", nested("[", "]", 128)), -32600, "128 levels"},
                  {with_params("ping", nested("[", "]", 1000)), -32600},
                  {with_params("ping", nested("[", "]", 1000000)), -32600},
                  {with_params("ping", nested("{\"a\":", "}", 200)), -32600},
                  {with_params("ping", nested("{\"a\":", "}", 100000)), -32600},
                  {with_params("ping", nested("[{\"a\":", "}]", 100)), -32600},
                  {with_params("ping", "[1,2," + nested("[[0],", "]", 500) + "]"), -32600},
                  {adding(R"({"text":)" + nested("[", "]", 5000) + "}"), -32600},
                  {adding(R"({"text":)" + nested("[", "]", 100) + "}"), 0, "/text"},
                  {with_params("tools/call", nested("{\"arguments\":", "}", 300)), -32600}},
                 true);
  expect_refused({{repeated("[", 1000000), -32700},
                  {repeated("{\"a\":", 1000000), -32700},
                  {nested("[", "]", 1000000), -32600}},
                 false);
}

TEST(BadInput, LinesOverSixteenMebibytesAreSkippedAndAnswered) {
  std::vector<Bad> table;
  const std::size_t most = transport::kMessageMax;
  for (const std::size_t more : {1U, 2U, 63U, 64U, 1024U, 65535U, 65536U, 65537U, 1048576U}) {
    table.push_back({std::string(most + more, 'x'), -32600, std::to_string(most + more)});
  }
  table.push_back({with_params("ping", '"' + std::string(most, 'x') + '"'), -32600});
  expect_refused(table, false);
  // The control: one that just fits is read, and found not to be JSON.
  expect_refused({{std::string(most, 'x'), -32700}}, false);
}

TEST(BadInput, WhatAHandlerDidNotExpectIsLoggedButNotShown) {
  Peer peer;
  testing::internal::CaptureStderr();
  const json answer = peer.ask(call(1, "crash"));
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_EQ(answer["error"]["code"], -32603);
  EXPECT_THAT(answer.dump(), testing::Not(HasSubstr("secret")));
  EXPECT_THAT(log, HasSubstr("secret detail"));
  EXPECT_THAT(log, HasSubstr("crash"));
}

}  // namespace
