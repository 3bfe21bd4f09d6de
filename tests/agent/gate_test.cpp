#include "host/tools/gate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <fstream>
#include <mutex>

#include <nlohmann/json.hpp>

#include "servers/common/times.hpp"
#include "tests/temp_folder.hpp"

namespace host {
namespace {

using ::testing::HasSubstr;

/// A gate before one stranger, whose only tool is `echo`.
class GateTest : public ::testing::Test {
 protected:
  Gate& gate(ServerSpec spec = {}) {
    spec.name = "echoes";
    return gate_before({spec});
  }

  Gate& gate_before(std::vector<ServerSpec> specs) {
    for (ServerSpec& spec : specs) {
      spec.program = std::filesystem::path(ADJUTANT_BIN_DIR) / "scripted_server";
      if (spec.args.empty()) spec.args = {"good"};
    }
    toolbox_ = std::make_unique<Toolbox>(specs);
    toolbox_->start(toolbox_->names());
    gate_ = std::make_unique<Gate>(Gate::Parts{.toolbox = *toolbox_,
                                               .audit = audit_,
                                               .cards = cards_,
                                               .lessons = lessons_,
                                               .levels = levels_,
                                               .times = times_});
    return *gate_;
  }

  /// "decision phase" of each record.
  std::vector<std::string> records() const {
    std::vector<std::string> words;
    for (const AuditRecord& record : audit_.read())
      words.push_back(record.decision + " " + record.phase);
    return words;
  }

  using Words = std::vector<std::string>;
  const CallRequest echo_{
      .server = "echoes", .tool = "echo", .arguments = R"({"text":"hello","ids":["m1","m2"]})"};

  test::TempFolder folder_;
  common::StillClock clock_{std::chrono::sys_days(std::chrono::year(2026) / 3 / 16)};
  common::Times times_{clock_, common::Zone::utc()};
  AuditLog audit_{folder_.path(), clock_};
  Store store_{folder_.path(), times_};
  Cards cards_{store_};
  Lessons lessons_{store_};
  Levels levels_;
  std::unique_ptr<Toolbox> toolbox_;
  std::unique_ptr<Gate> gate_;
};

TEST_F(GateTest, AStrangersToolAsks) {
  const Outcome outcome = gate().propose({.call = echo_, .kind = "echo", .reason = "Why not."});

  ASSERT_TRUE(outcome.card);
  EXPECT_FALSE(outcome.result);
  const Card card = *cards_.find(*outcome.card);
  EXPECT_EQ(card.reason, "Why not.");
  EXPECT_EQ(nlohmann::json::parse(card.arguments), nlohmann::json::parse(echo_.arguments));
  EXPECT_EQ(records(), (Words{"ask decided"}));
}

TEST_F(GateTest, TheUsersConfigurationFreesAStrangersTool) {
  EXPECT_TRUE(gate({.allow = {"echo"}}).propose({.call = echo_}).result);
  EXPECT_TRUE(gate({.trust_annotations = true}).propose({.call = echo_}).result);
  CallRequest shout = echo_;
  shout.tool = "shout";
  EXPECT_TRUE(gate({.trust_annotations = true}).propose({.call = shout}).card);
  EXPECT_TRUE(gate({.allow = {"shout"}}).propose({.call = shout}).result);
  EXPECT_TRUE(gate({.allow = {"shout"}}).read(shout).failed);  // No read.
}

TEST_F(GateTest, WhatCallsItselfDestructiveAlwaysAsks) {
  CallRequest burn = echo_;
  burn.tool = "burn";
  EXPECT_TRUE(gate({.trust_annotations = true, .allow = {"burn"}}).propose({.call = burn}).card);
}

TEST_F(GateTest, ANameDoesNotMakeAServerOurs) {
  EXPECT_TRUE(gate().read(echo_).failed);
  EXPECT_EQ(records(), (Words{"deny decided"}));
}

TEST_F(GateTest, RecordsIdsAndADigestButNoContent) {
  gate({.allow = {"echo"}}).propose({.call = echo_});
  const std::vector<AuditRecord> audit = audit_.read();
  EXPECT_EQ(records(), (Words{"act decided", "act done"}));
  EXPECT_EQ(audit[0].ids, (Words{"m1", "m2"}));
  EXPECT_EQ(audit[0].args_sha256.size(), 64U);
  std::ifstream log(folder_.path() / "audit.jsonl");
  const std::string text{std::istreambuf_iterator<char>(log), {}};
  EXPECT_THAT(text, ::testing::Not(HasSubstr("hello")));
}

TEST_F(GateTest, AFailedCallIsRecordedAsFailed) {
  const Outcome outcome = gate({.args = {"die"}, .allow = {"echo"}}).propose({.call = echo_});
  EXPECT_TRUE(outcome.result->failed);
  EXPECT_EQ(records(), (Words{"act decided", "act failed"}));
}

TEST_F(GateTest, AnApprovedCardRunsOnce) {
  Gate& gate = this->gate();
  const std::int64_t card = *gate.propose({.call = echo_}).card;

  const Outcome outcome = gate.approve(card);

  ASSERT_TRUE(outcome.result);
  EXPECT_EQ(outcome.result->text, "hello");
  EXPECT_EQ(cards_.find(card)->state, CardState::Done);
  EXPECT_THAT(gate.approve(card).problem, HasSubstr("does not wait any more: it is done"));
  EXPECT_EQ(records(), (Words{"ask decided", "act decided", "act done"}));
}

TEST_F(GateTest, ARejectedCardNeverRuns) {
  Gate& gate = this->gate();
  const std::int64_t card = *gate.propose({.call = echo_}).card;
  EXPECT_EQ(gate.reject(card).problem, "");
  EXPECT_THAT(gate.approve(card).problem, HasSubstr("it is rejected"));
  EXPECT_EQ(records(), (Words{"ask decided", "deny decided"}));
}

TEST_F(GateTest, OnATerminalTheUserIsAsked) {
  Gate& gate = this->gate();
  EXPECT_TRUE(gate.typed(echo_, [](const Card&) { return true; }).result);
  EXPECT_FALSE(gate.typed(echo_, [](const Card&) { return false; }).result);
  EXPECT_TRUE(gate.typed(echo_, {}).card);
}

TEST_F(GateTest, RejectionsBindAKindUntilItIsNotProposedAnyMore) {
  Gate& gate = this->gate({.allow = {"echo"}});
  for (int i = 0; i < kRejectionsToDeny; ++i) lessons_.add(Verdict::Rejected, "echo", {});
  EXPECT_TRUE(gate.propose({.call = echo_, .kind = "other"}).result);
  toolbox_.reset();
  const Outcome denied = this->gate().propose({.call = echo_, .kind = "echo"});
  EXPECT_THAT(denied.problem, HasSubstr("rejections in a row"));
}

TEST_F(GateTest, WhatIsNotThereIsDenied) {
  CallRequest request = echo_;
  request.tool = "whisper";
  EXPECT_THAT(gate().propose({.call = request}).problem, HasSubstr("no such tool"));
  request.server = "nobody";
  EXPECT_THROW(gate().propose({.call = request}), std::runtime_error);
}

/// Waits in real time, which is what the next test is about.
void let_pass(std::chrono::milliseconds time) {
  std::mutex mutex;
  std::condition_variable never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, time, [] { return false; });
}

TEST_F(GateTest, EightServersStartedAtOnceAllAnswerASecondLater) {
  std::vector<ServerSpec> specs;
  for (int i = 0; i < 8; ++i) specs.push_back({.name = "s" + std::to_string(i), .allow = {"echo"}});
  Gate& gate = gate_before(specs);
  let_pass(std::chrono::seconds(1));
  for (const ServerSpec& spec : specs) {
    CallRequest request = echo_;
    request.server = spec.name;
    EXPECT_EQ(gate.read(request).text, "hello") << spec.name;
  }
}

}  // namespace
}  // namespace host
