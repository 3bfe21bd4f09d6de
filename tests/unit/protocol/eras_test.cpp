#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/protocol/peer.hpp"

/// The server in the five revisions, chosen for each message.
namespace {

using nlohmann::json;
using test::call;
using test::Peer;
using test::request;
using test::stateless;
using testing::HasSubstr;

const json::json_pointer kMetaServer("/result/_meta/io.modelcontextprotocol~1serverInfo");

json entry_of(const json& list, std::string_view tool) {
  for (const json& entry : list["result"]["tools"]) {
    if (entry["name"] == tool) return entry;
  }
  return nullptr;
}

TEST(Handshake, EchoesTheRevisionsItSpeaksAndOffersItsNewestForOthers) {
  for (const std::string version : {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"}) {
    Peer peer;
    EXPECT_EQ(peer.initialize(version)["protocolVersion"], version);
  }
  for (const std::string version : {"2026-07-28", "1999-01-01", ""}) {
    Peer peer;
    EXPECT_EQ(peer.initialize(version)["protocolVersion"], "2025-11-25");
  }
}

TEST(Handshake, IntroducesTheServer) {
  EXPECT_EQ(Peer().initialize(),
            json({{"protocolVersion", "2025-11-25"},
                  {"capabilities", {{"tools", json::object()}}},
                  {"serverInfo", {{"name", "notebook"}, {"title", "Notebook"}, {"version", "1.2"}}},
                  {"instructions", "Write."}}));
  EXPECT_EQ(Peer().initialize("2025-03-26")["serverInfo"],
            json({{"name", "notebook"}, {"version", "1.2"}}));
}

TEST(Handshake, NeedsAProtocolVersion) {
  Peer peer;
  EXPECT_EQ(peer.ask(request(1, "initialize"))["error"]["code"], -32602);
  EXPECT_EQ(peer.ask(request(1, "initialize", {{"protocolVersion", 3}}))["error"]["code"], -32602);
}

TEST(Handshake, AnswersAToolsListTypedByHandBeforeInitialize) {
  Peer peer;
  const json list = peer.ask_line(R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})");
  EXPECT_EQ(list["result"]["tools"].size(), notebook::tools().size() - 1);
  EXPECT_EQ(entry_of(list, "hidden"), nullptr);
}

TEST(Revisions, ShowOnlyWhatTheyKnow) {
  struct Expected {
    std::string version;
    bool annotations;
    bool structured;
  };
  for (const auto& [version, annotations, structured] :
       {Expected{"2024-11-05", false, false}, Expected{"2025-03-26", true, false},
        Expected{"2025-06-18", true, true}, Expected{"2025-11-25", true, true}}) {
    SCOPED_TRACE(version);
    Peer peer;
    peer.initialize(version);
    const json list = peer.ask(request(1, "tools/list"));
    const json entry = entry_of(list, "add");
    EXPECT_EQ(entry.contains("annotations"), annotations);
    EXPECT_EQ(entry.contains("outputSchema"), structured);
    EXPECT_FALSE(list["result"].contains("resultType"));
    EXPECT_FALSE(list["result"].contains("ttlMs"));
    const json result = peer.ask(call(2, "add", {{"text", "x"}}))["result"];
    EXPECT_EQ(result.contains("structuredContent"), structured);
    EXPECT_THAT(result["content"][0]["text"].get<std::string>(), HasSubstr("tester"));
    EXPECT_EQ(result["_meta"], json({{"adjutant/change_id", "ch1"}}));
  }
}

TEST(Revisions, DifferInTheIdOfAnErrorThatHasNone) {
  Peer newest;
  newest.initialize();
  EXPECT_FALSE(newest.ask_line("{").contains("id"));
  Peer older;
  older.initialize("2025-06-18");
  const json error = older.ask_line("{");
  EXPECT_TRUE(error.contains("id"));
  EXPECT_EQ(error["id"], nullptr);
}

TEST(Revisions, OnlyTheOldestTwoTakeBatches) {
  const json batch = json::array({call(1, "add", {{"text", "a"}}),
                                  call(2, "list"),
                                  {{"jsonrpc", "2.0"}, {"method", "notifications/whatever"}},
                                  request(3, "nonsense"),
                                  7});
  for (const std::string version : {"2024-11-05", "2025-03-26"}) {
    Peer peer;
    peer.initialize(version);
    const json answers = peer.ask(batch);
    ASSERT_EQ(answers.size(), 4U);
    EXPECT_EQ(answers[0]["id"], 1);
    EXPECT_THAT(answers[1]["result"]["content"][0]["text"].get<std::string>(), HasSubstr("a"));
    EXPECT_EQ(answers[2]["error"]["code"], -32601);
    EXPECT_EQ(answers[3]["error"]["code"], -32600);
    EXPECT_EQ(peer.ask(json::array({stateless(call(1, "list"))}))["error"]["code"], -32600);
    EXPECT_EQ(peer.ask(json::array({request(1, "initialize")}))["error"]["code"], -32600);
    EXPECT_EQ(peer.ask(json::array())["error"]["code"], -32600);
  }
  for (const std::string version : {"2025-06-18", "2025-11-25"}) {
    Peer peer;
    peer.initialize(version);
    EXPECT_EQ(peer.ask(batch)["error"]["code"], -32600);
    EXPECT_EQ(peer.notebook.notes().size(), 0U);
  }
  EXPECT_EQ(Peer().ask(batch)["error"]["code"], -32600);
}

TEST(Stateless, DiscoverIsAnsweredWithoutAHandshake) {
  EXPECT_EQ(Peer().ask(stateless(request(1, "server/discover")))["result"],
            json({{"resultType", "complete"},
                  {"supportedVersions", {"2026-07-28"}},
                  {"capabilities", {{"tools", json::object()}}},
                  {"instructions", "Write."},
                  {"ttlMs", 3600000},
                  {"cacheScope", "public"},
                  {"_meta",
                   {{"io.modelcontextprotocol/serverInfo",
                     {{"name", "notebook"}, {"title", "Notebook"}, {"version", "1.2"}}}}}}));
}

TEST(Stateless, ResultsSayThatTheyAreCompleteAndWhoMadeThem) {
  Peer peer;
  const json list = peer.ask(stateless(request(1, "tools/list")));
  EXPECT_EQ(list["result"]["resultType"], "complete");
  EXPECT_EQ(list["result"]["cacheScope"], "public");
  EXPECT_EQ(list[kMetaServer]["name"], "notebook");
  const json added = peer.ask(stateless(call(2, "add", {{"text", "x"}})));
  EXPECT_EQ(added["result"]["resultType"], "complete");
  EXPECT_EQ(added["result"]["_meta"]["adjutant/change_id"], "ch1");
  EXPECT_EQ(added[kMetaServer]["name"], "notebook");
  EXPECT_FALSE(added["result"].contains("ttlMs"));
  EXPECT_EQ(test::notes_of(added), std::vector<std::string>{"modern tester"});
  const json failed = peer.ask(stateless(call(3, "complain")));
  EXPECT_EQ(failed["result"]["isError"], true);
  EXPECT_EQ(failed["result"]["resultType"], "complete");
}

TEST(Stateless, ChecksTheEnvelopeInOrder) {
  const json::json_pointer meta("/params/_meta");
  const std::string version = "io.modelcontextprotocol/protocolVersion";
  const std::string capabilities = "io.modelcontextprotocol/clientCapabilities";
  const json good = stateless(request(1, "server/discover"));
  const auto with = [&](const std::string& key, json value) {
    json bad = good;
    bad[meta][key] = std::move(value);
    return bad;
  };
  const auto without = [&](const std::string& key) {
    json bad = good;
    bad[meta].erase(key);
    return bad;
  };
  Peer peer;
  EXPECT_EQ(peer.ask(with(version, "2027-01-01"))["error"],
            json({{"code", -32022},
                  {"message", "This protocol version is not served."},
                  {"data", {{"supported", {"2026-07-28"}}, {"requested", "2027-01-01"}}}}));
  EXPECT_EQ(peer.ask(with(version, "2025-11-25"))["error"]["code"], -32022);
  const std::string client = "io.modelcontextprotocol/clientInfo";
  const std::string level = "io.modelcontextprotocol/logLevel";
  for (const json& bad : {with(version, 3), without(version), without(capabilities),
                          with(capabilities, "all"), with(client, {{"name", "x"}}), with(client, 3),
                          with(level, "loud"), with(level, 3), request(1, "server/discover")}) {
    EXPECT_EQ(peer.ask(bad)["error"]["code"], -32602) << bad;
  }
  EXPECT_TRUE(peer.ask(without(client)).contains("result"));
  EXPECT_TRUE(peer.ask(with(level, "error")).contains("result"));
}

TEST(Stateless, HasNoneOfTheMethodsOfTheHandshake) {
  Peer peer;
  peer.initialize();
  for (const std::string method : {"initialize", "ping", "logging/setLevel", "resources/list",
                                   "resources/subscribe", "prompts/list", "nonsense"}) {
    EXPECT_EQ(peer.ask(stateless(request(1, method)))["error"]["code"], -32601) << method;
  }
  EXPECT_TRUE(peer.ask(request(1, "ping")).contains("result"));
  for (const std::string method : {"logging/setLevel", "resources/list", "prompts/list"}) {
    EXPECT_EQ(peer.ask(request(1, method))["error"]["code"], -32601) << method;
  }
}

TEST(Stateless, IsServedBesideASessionInAnyOrder) {
  Peer peer;
  EXPECT_TRUE(peer.ask(stateless(request(1, "server/discover"))).contains("result"));
  EXPECT_EQ(peer.initialize("2025-03-26")["protocolVersion"], "2025-03-26");
  EXPECT_EQ(peer.ask(stateless(call(2, "list")))["result"]["resultType"], "complete");
  EXPECT_FALSE(peer.ask(call(3, "list"))["result"].contains("structuredContent"));
}

}  // namespace
