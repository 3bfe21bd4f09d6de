#include "host/trust/audit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <functional>
#include <thread>

#include "servers/common/clock.hpp"
#include "tests/temp_folder.hpp"

namespace host {
namespace {

using ::testing::HasSubstr;

class AuditTest : public ::testing::Test {
 protected:
  AuditLog log() const { return AuditLog(folder_.path(), clock_); }

  void append(int count) const {
    for (int i = 0; i < count; ++i)
      log().append({.actor = "adjutant",
                    .server = "email",
                    .tool = "move_messages",
                    .action_class = "named",
                    .decision = "ask",
                    .rule = "named",
                    .args_sha256 = "00",
                    .ids = {"m" + std::to_string(i)},
                    .card = 7,
                    .phase = "decided"});
  }

  std::string bytes(const char* name) const {
    std::ifstream in(folder_.path() / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void set_bytes(const char* name, const std::string& text) const {
    std::ofstream(folder_.path() / name, std::ios::binary | std::ios::trunc) << text;
  }
  std::vector<std::string> lines() const {
    std::istringstream in(bytes("audit.jsonl"));
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
  }
  void set_lines(const std::vector<std::string>& lines) const {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    set_bytes("audit.jsonl", text);
  }

  test::TempFolder folder_;
  common::StillClock clock_{std::chrono::sys_days(std::chrono::year(2026) / 3 / 16)};
};

TEST_F(AuditTest, HoldsAsItWasWritten) {
  append(3);

  const AuditReport report = log().verify();

  EXPECT_EQ(report.records, 3);
  EXPECT_EQ(report.problem, "");
  EXPECT_FALSE(report.torn);
  const std::vector<AuditRecord> records = log().read();
  ASSERT_EQ(records.size(), 3U);
  EXPECT_EQ(records[2].seq, 3);
  EXPECT_EQ(records[2].at, "2026-03-16T00:00:00+00:00");
  EXPECT_EQ(records[2].ids, std::vector<std::string>{"m2"});
  EXPECT_EQ(records[2].card, 7);
}

TEST_F(AuditTest, KeepsTheKeyToTheUser) {
  append(1);
  for (const char* name : {"audit.jsonl", "audit.head", "audit.key"}) {
    struct stat info {};
    ASSERT_EQ(::stat((folder_.path() / name).c_str(), &info), 0) << name;
    EXPECT_EQ(info.st_mode & 0777U, 0600U) << name;
  }
}

TEST_F(AuditTest, NamesTheRecordInWhichAnyByteChanged) {
  append(3);
  const std::vector<std::string> good = lines();
  for (std::size_t at = 0; at < good[1].size(); at += 7) {
    std::vector<std::string> bad = good;
    bad[1][at] = bad[1][at] == 'x' ? 'y' : 'x';
    set_lines(bad);
    EXPECT_EQ(log().verify().bad, 2) << "byte " << at;
  }
  set_lines(good);  // The control: put back, all holds again.
  EXPECT_EQ(log().verify().problem, "");
}

TEST_F(AuditTest, NamesARemovedRecord) {
  append(4);
  std::vector<std::string> bad = lines();
  bad.erase(bad.begin() + 1);
  set_lines(bad);

  const AuditReport report = log().verify();

  EXPECT_EQ(report.bad, 2);
  EXPECT_THAT(report.problem, HasSubstr("record 2 is missing"));
}

TEST_F(AuditTest, NamesARemovedLastRecord) {
  append(4);
  std::vector<std::string> bad = lines();
  bad.pop_back();
  set_lines(bad);

  EXPECT_EQ(log().verify().bad, 4);
  EXPECT_THAT(log().verify().problem, HasSubstr("record 4 is missing"));
}

TEST_F(AuditTest, StillNamesARemovedLastRecordAfterMoreWereWritten) {
  append(4);
  std::vector<std::string> bad = lines();
  bad.pop_back();
  set_lines(bad);
  append(2);

  EXPECT_EQ(log().verify().bad, 4);
}

TEST_F(AuditTest, NamesTwoSwappedRecords) {
  append(4);
  std::vector<std::string> bad = lines();
  std::swap(bad[1], bad[2]);
  set_lines(bad);

  EXPECT_EQ(log().verify().bad, 2);
}

TEST_F(AuditTest, ReportsATornLastLineAsTornAndGoesOn) {
  append(2);
  set_bytes("audit.jsonl", bytes("audit.jsonl") + R"({"seq":3,"at":"2026)");

  EXPECT_TRUE(log().verify().torn);
  EXPECT_EQ(log().verify().problem, "");
  append(1);
  EXPECT_EQ(log().verify().records, 3);
  EXPECT_FALSE(log().verify().torn);
  EXPECT_THAT(bytes("audit.torn"), HasSubstr(R"({"seq":3)"));
}

TEST_F(AuditTest, ACutLastRecordIsForgeryNotATear) {
  append(2);
  const std::string all = bytes("audit.jsonl");
  set_bytes("audit.jsonl", all.substr(0, all.size() - 20));

  EXPECT_EQ(log().verify().bad, 2);
  EXPECT_FALSE(log().verify().torn);
}

TEST_F(AuditTest, GoesOnWhereAProcessDiedBetweenLineAndHead) {
  append(2);
  const std::string head = bytes("audit.head");
  append(1);
  set_bytes("audit.head", head);  // As if the third writer had died before its head.

  EXPECT_EQ(log().verify().problem, "");
  append(1);
  EXPECT_EQ(log().verify().records, 4);
  EXPECT_EQ(log().verify().problem, "");
}

TEST_F(AuditTest, SeesAnOlderHead) {
  append(1);
  const std::string head = bytes("audit.head");
  append(3);
  set_bytes("audit.head", head);

  EXPECT_EQ(log().verify().bad, 2);
  EXPECT_THAT(log().verify().problem, HasSubstr("older"));
}

TEST_F(AuditTest, RefusesToRecordUnderAHeadThatWasChanged) {
  append(2);
  set_bytes("audit.head", R"({"count":1,"last_mac":"00"})");

  EXPECT_THROW(append(1), std::runtime_error);
  EXPECT_THAT(log().verify().problem, HasSubstr("audit.head"));
}

TEST_F(AuditTest, RefusesToBeginAnewBesideOldRecords) {
  append(2);
  std::filesystem::remove(folder_.path() / "audit.key");

  EXPECT_THROW(append(1), std::runtime_error);
  EXPECT_THAT(log().verify().problem, HasSubstr("audit.key is missing"));
}

TEST_F(AuditTest, SeveralWritersAtOnceKeepOneChain) {
  std::vector<std::thread> writers;
  for (int i = 0; i < 4; ++i) writers.emplace_back([this] { append(10); });
  for (std::thread& writer : writers) writer.join();

  EXPECT_EQ(log().verify().records, 40);
  EXPECT_EQ(log().verify().problem, "");
}

}  // namespace
}  // namespace host
