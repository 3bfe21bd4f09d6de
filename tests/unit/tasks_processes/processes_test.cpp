#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <random>
#include <set>

#include "tests/unit/tasks_processes/tasks_process.hpp"

namespace {

using test::DataFolder;
using test::Json;
using test::TasksProcess;
using testing::HasSubstr;

/// A variable of the environment of the servers that are started meanwhile.
class Variable final {
 public:
  Variable(std::string name, const std::string& value) : name_(std::move(name)) {
    ::setenv(name_.c_str(), value.c_str(), 1);
  }
  ~Variable() { ::unsetenv(name_.c_str()); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  std::string name_;
};

std::int64_t count_tasks(const DataFolder& data) {
  TasksProcess server(test::kTasks, data.path());
  return server.call("list_tasks", {{"limit", 1}}).at("structuredContent").at("total");
}

// --- Four processes at once

/// Every process writes `records` tasks as fast as it can. Returns how many were acknowledged.
std::int64_t write_at_once(const std::filesystem::path& program, const DataFolder& data,
                           int records) {
  constexpr int kProcesses = 4;
  TasksProcess(test::kTasks, data.path()).call("list_tasks");  // makes the database
  std::vector<std::unique_ptr<TasksProcess>> servers;
  for (int i = 0; i < kProcesses; ++i) {
    servers.push_back(std::make_unique<TasksProcess>(program, data.path()));
  }
  for (int record = 0; record < records; ++record) {
    for (const auto& server : servers) {
      server->send_call("add_tasks", test::one_task("record " + std::to_string(record)));
    }
  }
  std::int64_t acknowledged = 0;
  for (const auto& server : servers) {
    for (int record = 0; record < records; ++record) {
      if (!server->receive().value("isError", false)) ++acknowledged;
    }
  }
  return acknowledged;
}

TEST(FourProcesses, LoseNothingOfWhatTheyWriteAtOnce) {
  const DataFolder data;
  EXPECT_EQ(write_at_once(test::kTasks, data, 1000), 4000);
  EXPECT_EQ(count_tasks(data), 4000);
}

TEST(FourProcesses, LoseSomeIfTransactionsAreDeferred) {
  const DataFolder data;
  const Variable deferred("ADJUTANT_TEST_DEFERRED", "1");
  const std::int64_t acknowledged = write_at_once(test::kTasksWithHooks, data, 1000);
  EXPECT_LT(acknowledged, 4000);
  EXPECT_EQ(count_tasks(data), acknowledged);
}

// --- kill -9 between begin and commit

/// The pipe on which a server with hooks tells what its transactions do.
class Reports final {
 public:
  Reports() {
    if (::pipe(ends_.data()) != 0) throw std::runtime_error("pipe");
    ::fcntl(ends_[0], F_SETFD, FD_CLOEXEC);
  }
  ~Reports() {
    ::close(ends_[0]);
    ::close(ends_[1]);
  }
  Reports(const Reports&) = delete;
  Reports& operator=(const Reports&) = delete;

  std::string descriptor() const { return std::to_string(ends_[1]); }

  /// All reports until the `begun`th transaction is about to commit.
  std::string read_until(int begun) {
    constexpr int kPatienceMilliseconds = 60'000;
    std::string all;
    while (std::ranges::count(all, 'b') < begun) {
      pollfd wait = {ends_[0], POLLIN, 0};
      char report = 0;
      if (::poll(&wait, 1, kPatienceMilliseconds) != 1 || ::read(ends_[0], &report, 1) != 1) {
        throw std::runtime_error("no report after \"" + all + "\"");
      }
      all += report;
    }
    return all;
  }

 private:
  std::array<int, 2> ends_{};
};

/// Starts a server whose `held`th write stops before its commit, and kills it there. Returns the
/// titles of the tasks that it acknowledged.
std::set<std::string> write_until_killed(const DataFolder& data, const std::string& round,
                                         int held) {
  Reports reports;
  const Variable pipe("ADJUTANT_TEST_PIPE", reports.descriptor());
  const Variable hold("ADJUTANT_TEST_HOLD", std::to_string(held));
  TasksProcess server(test::kTasksWithHooks, data.path());
  for (int i = 1; i <= held + 1; ++i) {
    server.send_call("add_tasks", test::one_task(round + std::to_string(i)));
  }
  const std::string reported = reports.read_until(held);
  EXPECT_EQ(std::ranges::count(reported, 'c'), held - 1) << "it was held before its commit";
  std::set<std::string> acknowledged;
  for (int i = 1; i < held; ++i) {
    const Json answer = server.receive();
    acknowledged.insert(answer.at("structuredContent").at("tasks").at(0).at("title"));
  }
  return acknowledged;  // and the server dies by signal 9
}

TEST(KillNine, LosesNoAcknowledgedWrite) {
  constexpr int kRounds = 30;
  const DataFolder data;
  TasksProcess(test::kTasks, data.path()).call("list_tasks");  // makes the database
  std::mt19937 random(9);
  std::set<std::string> acknowledged;
  for (int round = 0; round < kRounds; ++round) {
    const int held = 1 + static_cast<int>(random() % 5);
    acknowledged.merge(write_until_killed(data, std::to_string(round) + "-", held));

    TasksProcess server(test::kTasks, data.path());  // the database opens
    const Json list = server.call("list_tasks", {{"limit", 500}}).at("structuredContent");
    std::set<std::string> there;
    for (const Json& task : list.at("tasks")) there.insert(task.at("title"));
    ASSERT_EQ(there, acknowledged) << "round " << round;
  }
  EXPECT_GT(acknowledged.size(), 30U);
}

// --- Two clients

TEST(TwoProcesses, AnUndoIsRefusedWhereTheOtherChangedTheSame) {
  const DataFolder data;
  TasksProcess ann(test::kTasks, data.path(), "ann");
  TasksProcess planner(test::kTasks, data.path(), "planner");
  ann.call("add_tasks", test::one_task("Write the report"));
  planner.call("update_tasks", {{"ids", {"t1"}}, {"title", "Send the report"}});
  const Json refused = ann.call("undo_tasks_change");
  EXPECT_EQ(refused.at("isError"), true);
  EXPECT_THAT(refused.at("content").at(0).at("text").get<std::string>(),
              HasSubstr("planner changed the same thing since: tasks-2"));
  EXPECT_EQ(planner.call("undo_tasks_change").value("isError", false), false);
  EXPECT_EQ(ann.call("undo_tasks_change").value("isError", false), false);
  EXPECT_EQ(count_tasks(data), 0);
}

TEST(TwoProcesses, AServerToldToReadOnlyOffersNoWritingTool) {
  const DataFolder data;
  wire::ServerProcess server(test::kTasks, {"--data", data.path(), "--read-only"},
                             data.path() / "errors.log");
  server.send(
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
      "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"a\",\"version\":\"1\"}}}\n"
      "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}\n");
  server.receive();
  const Json list = Json::parse(server.receive().value()).at("result").at("tools");
  std::set<std::string> names;
  for (const Json& tool : list) names.insert(tool.at("name"));
  EXPECT_EQ(names, (std::set<std::string>{"get_tasks", "list_tasks", "prioritize_tasks"}));
}

}  // namespace
