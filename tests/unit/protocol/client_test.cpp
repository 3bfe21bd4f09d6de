#include "protocol/mcp/client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <future>

#include "protocol/transport/in_memory.hpp"
#include "tests/unit/protocol/peer.hpp"

namespace {

using mcp::Client;
using mcp::RequestFailed;
using nlohmann::json;
using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;
using Reason = RequestFailed::Reason;

constexpr milliseconds kLong(30000);
constexpr milliseconds kShort(30);

/// A server whose every answer the test writes: `answer` gets each line and the way back.
class Scripted {
 public:
  using Send = std::function<void(const std::string& line)>;
  using Script = std::function<void(const json& message, const Send& send)>;

  explicit Scripted(Script script) : script_(std::move(script)) {
    std::tie(client_end, end_) = transport::in_memory_pair();
    thread_ = std::thread([this] { work(); });
  }
  ~Scripted() { finish(); }

  std::unique_ptr<transport::Transport> client_end{};

  void hang_up() { end_->close(); }
  /// Hangs up and waits for the script's end: what it has written may be read from now on.
  void finish() {
    hang_up();
    if (thread_.joinable()) thread_.join();
  }

 private:
  void work() {
    for (auto line = end_->read({}); line.event == transport::Event::Message;
         line = end_->read({})) {
      script_(json::parse(line.bytes), [this](const std::string& back) { end_->write(back, {}); });
    }
  }

  Script script_;
  std::unique_ptr<transport::Transport> end_{};
  std::thread thread_{};
};

std::string result(const json& request, json value) {
  return json{{"jsonrpc", "2.0"}, {"id", request["id"]}, {"result", std::move(value)}}.dump();
}

Reason reason_of(const std::function<void()>& work, std::string* words = nullptr, int* code = {}) {
  try {
    work();
  } catch (const RequestFailed& failed) {
    if (words != nullptr) *words = failed.what();
    if (code != nullptr) *code = failed.code;
    return failed.reason;
  }
  ADD_FAILURE() << "nothing failed";
  return Reason::Nonsense;
}

TEST(Client, WorksWithOurServer) {
  auto [ours, theirs] = transport::in_memory_pair();
  notebook::Notebook notebook;
  const mcp::Server server(
      {.name = "notebook", .version = "1", .instructions = "Write."}, notebook::tools(),
      [&]() -> std::shared_ptr<void> {
        return std::make_shared<notebook::Context>(notebook::Context{notebook});
      });
  std::thread serving([&, end = theirs.get()] { server.serve(*end); });
  {
    Client client("notebook", std::move(ours));
    const mcp::PeerInfo peer =
        client.initialize({.name = "host", .title = "Host", .version = "2"}, kLong);
    EXPECT_EQ(peer.name, "notebook");
    EXPECT_EQ(peer.protocol, "2025-11-25");
    EXPECT_EQ(peer.instructions, "Write.");
    EXPECT_EQ(client.list_tools(kLong).size(), notebook::tools().size() - 1);
    const mcp::ToolAnswer added = client.call_tool("add", {{"text", "hello"}}, kLong);
    EXPECT_FALSE(added.is_error);
    EXPECT_EQ(added.structured["notes"], json({"host"}));
    EXPECT_EQ(added.meta["adjutant/change_id"], "ch1");
    EXPECT_THAT(added.text, HasSubstr("host"));
    const mcp::ToolAnswer failed = client.call_tool("complain", {}, kLong);
    EXPECT_TRUE(failed.is_error);
    EXPECT_THAT(failed.text, HasSubstr("say \"tomorrow\""));
    int code = 0;
    EXPECT_EQ(reason_of([&] { client.call_tool("nope", {}, kLong); }, nullptr, &code),
              Reason::Refused);
    EXPECT_EQ(code, -32602);
  }
  serving.join();
}

TEST(Client, HasSeveralCallsInFlightFromSeveralThreads) {
  std::vector<json> held;
  Scripted server([&](const json& message, const Scripted::Send& send) {
    held.push_back(message);
    if (held.size() < 4) return;
    for (auto call = held.rbegin(); call != held.rend(); ++call) {
      send(result(*call, {{"structuredContent", (*call)["params"]["arguments"]}}));
    }
  });
  Client client("scripted", std::move(server.client_end));
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&client, i] {
      EXPECT_EQ(client.call_tool("t", {{"i", i}}, kLong).structured, json({{"i", i}}));
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(Client, FollowsThePagesOfAList) {
  Scripted server([](const json& message, const Scripted::Send& send) {
    const std::string cursor = message["params"].value("cursor", "none");
    json page = {{"tools", {{{"name", "after " + cursor}}, "nonsense", {{"no", "name"}}}}};
    if (cursor == "none") page["nextCursor"] = "";
    if (cursor.empty()) page["nextCursor"] = "b";
    send(result(message, page));
  });
  Client client("scripted", std::move(server.client_end));
  std::vector<std::string> names;
  for (const json& tool : client.list_tools(kLong)) names.push_back(tool["name"]);
  EXPECT_THAT(names, ElementsAre("after none", "after ", "after b"));
}

TEST(Client, RefusesAListThatDoesNotEnd) {
  Scripted server([](const json& message, const Scripted::Send& send) {
    send(result(message, {{"tools", json::array()}, {"nextCursor", "again"}}));
  });
  Client client("scripted", std::move(server.client_end));
  EXPECT_EQ(reason_of([&] { client.list_tools(kLong); }), Reason::Nonsense);
}

TEST(Client, SurvivesWhatItCannotReadAndAnswersPings) {
  std::vector<json> heard;
  Scripted server([&](const json& message, const Scripted::Send& send) {
    heard.push_back(message);
    if (message.value("method", "") != "tools/call") return;
    for (const char* line :
         {"Server listening on port 3000", "{\"half\":", "[]", "null", "{}", "\xff",
          R"({"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info"}})",
          R"({"jsonrpc":"2.0","id":"p","method":"ping"})",
          R"({"jsonrpc":"2.0","id":9,"method":"sampling/createMessage","params":{}})",
          R"({"jsonrpc":"2.0","id":12345,"result":{}})",
          R"({"jsonrpc":"2.0","error":{"code":-32700,"message":"what?"}})"}) {
      send(line);
    }
    send(result(message, {{"content",
                           {{{"type", "text"}, {"text", "one"}},
                            {{"type", "image"}, {"data", ""}},
                            {{"type", "text"}, {"text", "two"}}}}}));
  });
  Client client("scripted", std::move(server.client_end));
  EXPECT_EQ(client.call_tool("t", {}, kLong).text, "one\ntwo");
  EXPECT_EQ(reason_of([&] { client.request("last", json::object(), kShort); }), Reason::TimedOut);
  server.finish();
  ASSERT_GE(heard.size(), 3U);
  EXPECT_EQ(heard[0]["params"]["arguments"], json::object());
  EXPECT_EQ(heard[1], json({{"jsonrpc", "2.0"}, {"id", "p"}, {"result", json::object()}}));
  EXPECT_EQ(heard[2]["error"]["code"], -32601);
}

/// What the server answers to a call that waits for `long`, with one other call in flight, whose
/// answer comes after it.
struct AfterALongAnswer {
  std::string words{};  ///< Why the call failed.
  json other{};         ///< What the other one got; null if it failed.
};
AfterALongAnswer after(const std::function<std::string(const json& call)>& answer) {
  json waiting;
  std::promise<void> in_flight;
  Scripted server([&](const json& message, const Scripted::Send& send) {
    if (message["params"]["name"] == "other") {
      waiting = message;
      in_flight.set_value();
    } else if (message["params"]["name"] == "long") {
      send(answer(message));
      send(result(waiting, {{"structuredContent", 1}}));
    } else {
      send(result(message, {{"structuredContent", 2}}));
    }
  });
  Client client("scripted", std::move(server.client_end));
  AfterALongAnswer came;
  std::thread other([&] {
    try {
      came.other = client.call_tool("other", {}, kLong).structured;
    } catch (const RequestFailed&) {
    }
  });
  in_flight.get_future().wait();
  EXPECT_EQ(reason_of([&] { client.call_tool("long", {}, kLong); }, &came.words), Reason::Nonsense);
  other.join();
  EXPECT_EQ(client.call_tool("next", {}, kLong).structured, 2);  // It stays usable.
  return came;
}

TEST(Client, FailsAtOnceTheCallWhoseAnswerIsTooLong) {
  const std::string much(transport::kMessageMax, 'x');
  const AfterALongAnswer named = after([&](const json& call) {
    return R"({"jsonrpc":"2.0","id":)" + call["id"].dump() + R"(,"result":{"x":")" + much + "\"}}";
  });
  EXPECT_THAT(named.words, HasSubstr("answered tools/call with 16777"));
  EXPECT_EQ(named.other, 1);
  const AfterALongAnswer unnamed = after([&](const json& call) {
    return R"({"result":{"x":")" + much + R"("},"id":)" + call["id"].dump() + "}";
  });
  EXPECT_THAT(unnamed.words, HasSubstr("at most 16777216 are read"));
}

TEST(Client, LetsALongNoteOfTheServerGoBy) {
  const std::string much(transport::kMessageMax, 'x');
  Scripted server([&](const json& message, const Scripted::Send& send) {
    send(R"({"method":"notifications/message","params":{"data":")" + much + "\"}}");
    send(much + much);
    send(result(message, {{"structuredContent", 3}}));
  });
  Client client("scripted", std::move(server.client_end));
  EXPECT_EQ(client.call_tool("t", {}, kLong).structured, 3);
}

TEST(Client, TellsAServerThatItNoLongerWaits) {
  std::vector<json> heard;
  json late;
  Scripted server([&](const json& message, const Scripted::Send& send) {
    heard.push_back(message);
    if (message["method"] == "notifications/cancelled") send(result(late, {{"late", true}}));
    if (message["method"] == "tools/call") late = message;
    if (message["method"] == "tools/list") send(result(message, {{"tools", json::array()}}));
  });
  Client client("scripted", std::move(server.client_end));
  std::string words;
  EXPECT_EQ(reason_of([&] { client.call_tool("slow", {}, kShort); }, &words), Reason::TimedOut);
  EXPECT_EQ(words, "scripted did not answer tools/call within 30 ms.");
  EXPECT_TRUE(client.list_tools(kLong).empty());  // The late answer is ignored.
  ASSERT_EQ(heard.size(), 3U);
  EXPECT_EQ(heard[1]["params"]["requestId"], heard[0]["id"]);
}

TEST(Client, FailsEverythingInFlightWhenTheServerIsGone) {
  int received = 0;
  Scripted server([&](const json&, const Scripted::Send&) {
    if (++received == 3) server.hang_up();
  });
  Client client("scripted", std::move(server.client_end), [] { return "It exited."; });
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&] {
      std::string words;
      EXPECT_EQ(reason_of([&] { client.call_tool("t", {}, kLong); }, &words), Reason::Lost);
      EXPECT_EQ(words, "scripted is gone; tools/call was not answered. It exited.");
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_FALSE(client.alive());
  EXPECT_EQ(reason_of([&] { client.list_tools(kLong); }), Reason::Lost);
}

TEST(Client, TakesOlderRevisionsAndRefusesUnknownOnes) {
  for (const auto& [version, understood] :
       {std::pair{"2024-11-05", true}, {"2025-06-18", true}, {"2031-01-01", false}}) {
    Scripted server([version = version](const json& message, const Scripted::Send& send) {
      if (message["method"] == "initialize") send(result(message, {{"protocolVersion", version}}));
    });
    Client client("scripted", std::move(server.client_end));
    const auto initialize = [&] { return client.initialize({.name = "host"}, kLong); };
    if (understood) {
      EXPECT_EQ(initialize().protocol, version);
    } else {
      EXPECT_EQ(reason_of([&] { initialize(); }), Reason::Nonsense);
    }
  }
}

TEST(Client, CallsAnAnswerThatIsNoObjectNonsense) {
  Scripted server([](const json& message, const Scripted::Send& send) {
    send(result(message, json::array({1})));
  });
  Client client("scripted", std::move(server.client_end));
  EXPECT_EQ(reason_of([&] { client.call_tool("t", {}, kLong); }), Reason::Nonsense);
  EXPECT_EQ(reason_of([&] { client.list_tools(kLong); }), Reason::Nonsense);
}

}  // namespace
