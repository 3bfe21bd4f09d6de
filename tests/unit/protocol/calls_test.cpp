#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <map>

#include "protocol/mcp/server_crew.hpp"
#include "protocol/transport/stdio.hpp"
#include "tests/unit/protocol/peer.hpp"

/// When calls run: order, cancellation, progress, and the end of the input.
namespace {

using nlohmann::json;
using test::call;
using test::cancelled;
using test::notes_of;
using test::Peer;
using test::request;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(Order, AListSeesEveryAddThatWasSentBeforeIt) {
  Peer peer;
  peer.initialize();
  constexpr int kPairs = 500;
  for (int i = 0; i < kPairs; ++i) {
    peer.send(call(2 * i + 1, "add", {{"text", std::to_string(i)}}));
    peer.send(call(2 * i + 2, "list"));
  }
  std::map<int, json> answers;
  for (int i = 0; i < 2 * kPairs; ++i) {
    json answer = peer.read();
    const int id = answer["id"];
    answers[id] = std::move(answer);
  }
  for (int i = 0; i < kPairs; ++i) {
    EXPECT_EQ(notes_of(answers[2 * i + 2]).size(), static_cast<std::size_t>(i) + 1);
  }
}

TEST(Order, AReadWaitsForTheWriteBeforeItWhileThePeerIsStillHeard) {
  Peer peer;
  peer.send(call(1, "wait_then_add", {{"text", "slow"}}));
  peer.send(call(2, "list"));
  peer.notebook.gate.await_held(1);
  EXPECT_THAT(peer.read_all(), IsEmpty());
  peer.notebook.gate.open();
  EXPECT_EQ(peer.read()["id"], 1);
  EXPECT_THAT(notes_of(peer.read()), ElementsAre("slow"));
}

// The control: between two reads there is no such order, so the list does overtake.
TEST(Order, AReadOvertakesAReadThatLasts) {
  Peer peer;
  peer.send(call(1, "wait"));
  peer.send(call(2, "list"));
  EXPECT_EQ(peer.read()["id"], 2);
  peer.notebook.gate.open();
  EXPECT_EQ(peer.read()["id"], 1);
}

TEST(Order, AWriteWaitsForTheReadsBeforeIt) {
  Peer peer;
  peer.send(call(1, "wait"));
  peer.send(call(2, "wait"));
  peer.send(call(3, "add", {{"text", "x"}}));
  peer.send(call(4, "list"));
  peer.notebook.gate.await_held(2);
  EXPECT_THAT(peer.read_all(), IsEmpty());
  peer.notebook.gate.open();
  std::vector<json> answers;
  for (int i = 0; i < 4; ++i) answers.push_back(peer.read());
  EXPECT_EQ(answers[2]["id"], 3);
  EXPECT_THAT(notes_of(answers[3]), ElementsAre("x"));
}

TEST(Order, OneThreadStaysFreeForReadingHoweverManyCallsLast) {
  Peer peer;
  for (int i = 1; i <= 20; ++i) peer.send(call(i, "wait"));
  peer.notebook.gate.await_held(mcp::Crew::kThreadsMax - 1);
  EXPECT_THAT(peer.read_all(), IsEmpty());
  peer.notebook.gate.open();
  for (int i = 1; i <= 20; ++i) EXPECT_THAT(notes_of(peer.read()), ElementsAre("waited"));
}

TEST(Order, NothingIsLostWhenMoreCallsWaitThanTheQueueHolds) {
  Peer peer;
  constexpr int kCalls = static_cast<int>(mcp::Crew::kQueueMax) * 2;
  for (int i = 1; i <= kCalls; ++i) peer.send(call(i, "wait_then_add", {{"text", "x"}}));
  peer.notebook.gate.await_held(1);
  peer.notebook.gate.open();
  for (int i = 1; i <= kCalls; ++i) EXPECT_EQ(peer.read()["id"], i);
  EXPECT_EQ(peer.notebook.notes().size(), static_cast<std::size_t>(kCalls));
}

TEST(Cancellation, StopsARunningCallWhichIsThenNotAnswered) {
  Peer peer;
  peer.send(call(1, "wait"));
  peer.notebook.gate.await_held(1);
  peer.send(cancelled(1));
  peer.send(call(2, "add", {{"text", "after"}}));
  EXPECT_EQ(peer.read()["id"], 2);
  EXPECT_THAT(peer.read_all(), IsEmpty());
  EXPECT_THAT(peer.notebook.notes(), ElementsAre("stopped", "after"));
}

// The control: without the cancellation the same call is answered.
TEST(Cancellation, LeavesOtherCallsAlone) {
  Peer peer;
  peer.send(call(1, "wait"));
  peer.notebook.gate.await_held(1);
  peer.send(cancelled(7));
  peer.send(json{{"jsonrpc", "2.0"}, {"method", "notifications/cancelled"}});
  peer.send(json{
      {"jsonrpc", "2.0"}, {"method", "notifications/cancelled"}, {"params", {{"requestId", "1"}}}});
  peer.notebook.gate.open();
  EXPECT_EQ(peer.read()["id"], 1);
  EXPECT_THAT(peer.notebook.notes(), IsEmpty());
}

TEST(Cancellation, KeepsACallThatWaitsFromEverRunning) {
  Peer peer;
  peer.send(call(1, "wait_then_add", {{"text", "first"}}));
  peer.send(call(2, "add", {{"text", "never"}}));
  peer.send(call(3, "add", {{"text", "last"}}));
  peer.send(cancelled(2));
  peer.notebook.gate.await_held(1);
  EXPECT_THAT(peer.read_all(), IsEmpty());
  peer.notebook.gate.open();
  EXPECT_EQ(peer.read()["id"], 1);
  EXPECT_EQ(peer.read()["id"], 3);
  EXPECT_THAT(peer.notebook.notes(), ElementsAre("first", "last"));
}

json counting(json token) {
  json message = call(1, "count");
  message["params"]["_meta"] = {{"progressToken", std::move(token)}};
  return message;
}

TEST(Progress, GrowsAndEndsBeforeTheAnswer) {
  Peer peer;
  peer.send(counting("t"));
  double done = 0;
  for (int i = 0; i < 3; ++i) {
    const json progress = peer.read();
    EXPECT_EQ(progress["method"], "notifications/progress");
    EXPECT_EQ(progress["params"]["progressToken"], "t");
    EXPECT_EQ(progress["params"]["total"], 1e6);
    EXPECT_EQ(progress["params"]["message"], "counting");
    EXPECT_GT(progress["params"]["progress"], done);
    done = progress["params"]["progress"];
  }
  // Every millisecond or so the handler said two things; what was sent is far less.
  EXPECT_GT(done, 3);
  peer.notebook.gate.open();
  json last = peer.read();
  while (last.contains("method")) last = peer.read();
  EXPECT_THAT(notes_of(last), ElementsAre("counted"));
  EXPECT_THAT(peer.read_all(), IsEmpty());
}

TEST(Progress, HasNoWordsInTheOldestRevisionAndIsNotSentUnasked) {
  Peer peer;
  peer.initialize("2024-11-05");
  peer.send(counting(5));
  const json progress = peer.read();
  EXPECT_EQ(progress["params"]["progressToken"], 5);
  EXPECT_FALSE(progress["params"].contains("message"));
  Peer unasked;
  unasked.send(call(1, "count"));
  unasked.notebook.gate.await_held(1);
  unasked.notebook.gate.open();
  EXPECT_EQ(unasked.read()["id"], 1);
}

TEST(Contexts, BelongToOneThreadEach) {
  Peer peer;
  peer.send(call(1, "list"));
  peer.read();
  EXPECT_EQ(peer.notebook.threads_seen(), 1U);
}

/// A server on two pipes, everything sent before it starts and its input closed.
std::vector<json> serve_pipe(notebook::Notebook& notebook, const std::vector<json>& messages) {
  std::array<int, 2> in{};
  std::array<int, 2> out{};
  EXPECT_EQ(::pipe(in.data()), 0);
  EXPECT_EQ(::pipe(out.data()), 0);
  for (const json& message : messages) {
    const std::string line = message.dump() + "\n";
    EXPECT_EQ(::write(in[1], line.data(), line.size()), static_cast<ssize_t>(line.size()));
  }
  ::close(in[1]);
  const mcp::Server server(
      {.name = "notebook", .version = "1"}, notebook::tools(), [&]() -> std::shared_ptr<void> {
        return std::make_shared<notebook::Context>(notebook::Context{notebook});
      });
  transport::Stdio ours(in[0], out[1]);
  server.serve(ours);
  ::close(out[1]);
  transport::Stdio theirs(out[0], in[0]);
  std::vector<json> answers;
  for (auto line = theirs.read({}); line.event == transport::Event::Message;
       line = theirs.read({})) {
    answers.push_back(json::parse(line.bytes));
  }
  ::close(in[0]);
  ::close(out[0]);
  return answers;
}

TEST(EndOfInput, ComesAfterTheAnswersToAllThatWasReceived) {
  notebook::Notebook notebook;
  std::vector<json> messages{request(0, "ping")};
  for (int i = 1; i <= 50; ++i) messages.push_back(call(i, "add", {{"text", "x"}}));
  const auto answers = serve_pipe(notebook, messages);
  ASSERT_EQ(answers.size(), messages.size());
  EXPECT_EQ(answers.back()["id"], 50);
  EXPECT_EQ(notebook.notes().size(), 50U);
}

TEST(EndOfInput, StopsACallThatWouldLastForEver) {
  notebook::Notebook notebook;
  const auto answers = serve_pipe(notebook, {call(1, "wait"), call(2, "add", {{"text", "x"}})});
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_THAT(notebook.notes(), ElementsAre("stopped", "x"));
}

}  // namespace
