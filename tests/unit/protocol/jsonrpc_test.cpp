#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "protocol/jsonrpc/beginning.hpp"
#include "protocol/jsonrpc/parse.hpp"
#include "protocol/jsonrpc/write.hpp"

namespace {

namespace fs = std::filesystem;
using jsonrpc::Id;
using jsonrpc::Malformed;
using jsonrpc::Notification;
using jsonrpc::Request;
using jsonrpc::Response;
using nlohmann::json;
using testing::HasSubstr;

template <class T>
T only(std::string_view line) {
  jsonrpc::Parsed parsed = jsonrpc::parse(line);
  EXPECT_EQ(parsed.messages.size(), 1U) << line;
  EXPECT_FALSE(parsed.batch) << line;
  T* const message = std::get_if<T>(&parsed.messages.front());
  EXPECT_NE(message, nullptr) << line;
  return message != nullptr ? std::move(*message) : T{};
}

std::string nested(std::size_t depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

TEST(JsonRpcParse, TellsTheFourKindsOfMessagesApart) {
  const auto request = only<Request>(R"({"jsonrpc":"2.0","id":"a","method":"m","params":{"x":1}})");
  EXPECT_EQ(request.id, Id{"\"a\""});
  EXPECT_EQ(request.method, "m");
  EXPECT_EQ(request.params, json({{"x", 1}}));
  EXPECT_EQ(only<Notification>(R"({"jsonrpc":"2.0","method":"n","params":[1]})").method, "n");
  const auto response = only<Response>(R"({"jsonrpc":"2.0","id":7,"result":{}})");
  EXPECT_EQ(response.id, Id{"7"});
  EXPECT_FALSE(response.error);
  const auto refused =
      only<Response>(R"({"jsonrpc":"2.0","error":{"code":-32601,"message":"no","data":[1]}})");
  EXPECT_EQ(refused.id, std::nullopt);
  EXPECT_EQ(refused.error, (jsonrpc::Error{.code = -32601, .message = "no", .data = "[1]"}));
}

TEST(JsonRpcParse, OfDuplicateKeysTheLastOneCounts) {
  EXPECT_EQ(only<Request>(R"({"jsonrpc":"2.0","id":1,"id":2,"method":"a","method":"b"})").id,
            Id{"2"});
}

struct BadLine {
  std::string line{};
  int code{};
  std::string id{};  ///< As JSON; empty for none.
};

TEST(JsonRpcParse, AnswersWhatIsNoMessageWithItsCodeAndTheIdItCanRead) {
  const std::vector<BadLine> table{
      {"", -32700},
      {"{", -32700},
      {"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"", -32700},
      {"{'jsonrpc':'2.0'}", -32700},
      {"{\"a\":1,}", -32700},
      {"nul", -32700},
      {"\"open", -32700},
      {"{} {}", -32700},
      {"{\"a\":01}", -32700},
      {"{\"a\":\"\xff\"}", -32700},
      {"{\"a\":\"\xed\xa0\x80\"}", -32700},
      {"{\"a\":\"\\ud800\"}", -32700},
      {std::string("{}\0{}", 5), -32700},
      {"{\"a\":1e999}", -32700},
      {"1", -32600},
      {"null", -32600},
      {"\"text\"", -32600},
      {"{}", -32600},
      {"[]", -32600},
      {R"({"id":1,"method":"m"})", -32600, "1"},
      {R"({"jsonrpc":"1.0","id":"x","method":"m"})", -32600, "\"x\""},
      {R"({"jsonrpc":2.0,"id":1,"method":"m"})", -32600, "1"},
      {R"({"jsonrpc":"2.0","id":1})", -32600, "1"},
      {R"({"jsonrpc":"2.0","id":1,"method":5})", -32600, "1"},
      {R"({"jsonrpc":"2.0","id":null,"method":"m"})", -32600},
      {R"({"jsonrpc":"2.0","id":1.5,"method":"m"})", -32600},
      {R"({"jsonrpc":"2.0","id":123456789012345678901234567890,"method":"m"})", -32600},
      {R"({"jsonrpc":"2.0","id":{},"method":"m"})", -32600},
      {R"({"jsonrpc":"2.0","id":[1],"method":"m"})", -32600},
      {R"({"jsonrpc":"2.0","id":true,"method":"m"})", -32600},
      {R"({"jsonrpc":"2.0","id":1,"method":"m","params":"x"})", -32600, "1"},
      {R"({"jsonrpc":"2.0","id":1,"method":"m","params":3})", -32600, "1"},
      {R"({"jsonrpc":"2.0","id":1,"method":"m","params":)" + nested(128) + "}", -32600, "1"},
      {nested(100000), -32600},
      {std::string(100000, '['), -32700},
      {R"({"jsonrpc":"2.0","result":{}})", -32600},
      {R"({"jsonrpc":"2.0","id":1,"error":"no"})", -32600, "1"},
  };
  for (const BadLine& bad : table) {
    SCOPED_TRACE(bad.line.substr(0, 100));
    const auto malformed = only<Malformed>(bad.line);
    EXPECT_EQ(malformed.error.code, bad.code);
    EXPECT_EQ(malformed.id ? malformed.id->json : "", bad.id);
    EXPECT_FALSE(malformed.error.message.empty());
    EXPECT_LT(malformed.error.message.size(), 400U);
  }
}

TEST(JsonRpcParse, TakesNestingUpToTheLimitAndBracketsInStrings) {
  EXPECT_EQ(
      only<Request>(R"({"jsonrpc":"2.0","id":1,"method":"m","params":)" + nested(127) + "}").id,
      Id{"1"});
  const std::string text = std::string(1000, '[') + "\\\"" + std::string(1000, '{');
  EXPECT_EQ(only<Request>(R"({"jsonrpc":"2.0","id":1,"method":"m","params":[")" + text + "\"]}").id,
            Id{"1"});
}

TEST(JsonRpcParse, ReadsABatchMessageByMessage) {
  const jsonrpc::Parsed batch =
      jsonrpc::parse(R"([1,{"jsonrpc":"2.0","id":1,"method":"m"},{"jsonrpc":"2.0","method":"n"}])");
  ASSERT_TRUE(batch.batch);
  ASSERT_EQ(batch.messages.size(), 3U);
  EXPECT_TRUE(std::holds_alternative<Malformed>(batch.messages[0]));
  EXPECT_TRUE(std::holds_alternative<Request>(batch.messages[1]));
  EXPECT_TRUE(std::holds_alternative<Notification>(batch.messages[2]));
  std::string many = "[1";
  for (std::size_t i = 0; i < jsonrpc::kBatchMax; ++i) many += ",1";
  EXPECT_THAT(only<Malformed>(many + "]").error.message, HasSubstr("may hold 1000"));
}

TEST(JsonRpcWrite, WritesEnvelopesAroundWhatIsSerialisedAlready) {
  EXPECT_EQ(jsonrpc::write_result({"1"}, "{}"), R"({"jsonrpc":"2.0","id":1,"result":{}})");
  EXPECT_EQ(jsonrpc::write_error(Id{"\"a\""}, {.code = -1, .message = "\"\n\xff", .data = "[]"}),
            R"({"jsonrpc":"2.0","id":"a","error":{"code":-1,"message":"\"\n)"
            "\xef\xbf\xbd\",\"data\":[]}}");
  EXPECT_EQ(jsonrpc::write_error({}, {.code = -1, .message = "m"}),
            R"({"jsonrpc":"2.0","error":{"code":-1,"message":"m"}})");
  EXPECT_EQ(jsonrpc::write_error({}, {.code = -1, .message = "m"}, jsonrpc::NoId::Null),
            R"({"jsonrpc":"2.0","id":null,"error":{"code":-1,"message":"m"}})");
  EXPECT_EQ(jsonrpc::write_request({"2"}, "m", "[1]"),
            R"({"jsonrpc":"2.0","id":2,"method":"m","params":[1]})");
  EXPECT_EQ(jsonrpc::write_notification("n", "{}"),
            R"({"jsonrpc":"2.0","method":"n","params":{}})");
  EXPECT_EQ(jsonrpc::write_batch({"{}", "{}"}), "[{},{}]");
}

std::string content_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

fs::path shared_json() {
  const fs::path folder = fs::path(ADJUTANT_SOURCE_DIR) / "../shared/data/json";
  if (!fs::exists(folder)) std::cout << "[ not run  ] " << folder << " is absent\n";
  return folder;
}

TEST(JsonRpcParse, RefusesWhatTheJsonTestSuiteRefusesAndReadsWhatItAccepts) {
  const fs::path folder = shared_json();
  if (!fs::exists(folder)) return;
  int accepted = 0;
  int refused = 0;
  for (const auto& entry : fs::directory_iterator(folder / "test_parsing")) {
    const std::string name = entry.path().filename();
    SCOPED_TRACE(name);
    jsonrpc::Parsed parsed = jsonrpc::parse(content_of(entry.path()));
    const auto* const malformed = std::get_if<Malformed>(&parsed.messages.front());
    const bool is_json = malformed == nullptr || malformed->error.code != jsonrpc::kParseError;
    if (name.starts_with("y_")) {
      EXPECT_TRUE(is_json);
      ++accepted;
    } else if (name.starts_with("n_")) {
      EXPECT_FALSE(is_json);
      ++refused;
    }
  }
  EXPECT_GT(accepted, 90);
  EXPECT_GT(refused, 180);
}

TEST(JsonRpcParse, ReadsTheExamplesOfTheSpecification) {
  const fs::path folder = shared_json();
  if (!fs::exists(folder)) return;
  const json file = json::parse(content_of(folder / "jsonrpc_spec_examples.json"));
  for (const json& example : file["examples"]) {
    SCOPED_TRACE(example["name"]);
    jsonrpc::Parsed parsed = jsonrpc::parse(example["request_raw"].get<std::string>());
    const json expected = example["response"].is_array()  ? example["response"]
                          : example["response"].is_null() ? json::array()
                                                          : json::array({example["response"]});
    std::size_t answers = 0;
    for (const jsonrpc::Message& message : parsed.messages) {
      if (std::holds_alternative<Notification>(message)) continue;
      ASSERT_LT(answers, expected.size());
      const json& answer = expected[answers++];
      if (const auto* const malformed = std::get_if<Malformed>(&message)) {
        EXPECT_EQ(malformed->error.code, answer["error"]["code"]);
      } else {
        EXPECT_EQ(std::get<Request>(message).id.json, answer["id"].dump());
      }
    }
    EXPECT_EQ(answers, expected.size());
  }
}

TEST(Beginning, TellsTheIdOfAnAnswerThatIsCut) {
  const auto told = [](std::string_view bytes) {
    const jsonrpc::Beginning beginning = jsonrpc::read_beginning(bytes);
    return (beginning.may_answer ? "answer " : "none ") + beginning.id.value_or(Id{"-"}).json;
  };
  EXPECT_EQ(told(R"({"jsonrpc":"2.0","id":12,"result":{"id":3,"x":"cu)"), "answer 12");
  EXPECT_EQ(told(R"({"id":"a","error":)"), "answer \"a\"");
  EXPECT_EQ(told(R"({"result":{"id":3,"method":"x","y":)"), "answer -");
  EXPECT_EQ(told(R"({"jsonrpc":"2.0","id":1)"), "answer -");  // perhaps 12
  EXPECT_EQ(told(R"([{"id":1,"result":)"), "answer -");
  EXPECT_EQ(told(R"({"id":1,"method":"sampling/createMessage","params":{)"), "none 1");
  EXPECT_EQ(told("Server listening"), "none -");
  EXPECT_EQ(told(""), "none -");
}

}  // namespace
