#include "protocol/transport/child_process.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/syscall.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "protocol/mcp/client.hpp"
#include "tests/unit/protocol/peer.hpp"

namespace {

using test::soon;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using transport::ChildProcess;
using transport::Command;
using transport::Event;
using transport::Spawner;

Command shell(std::string script) {
  return {.program = "/bin/sh",
          .args = {"-c", std::move(script)},
          .environment = transport::child_environment({})};
}

std::vector<std::string> lines_of(ChildProcess& child) {
  std::vector<std::string> lines;
  for (auto line = child.read(soon()); line.event == Event::Message; line = child.read(soon())) {
    lines.push_back(line.bytes);
  }
  return lines;
}

std::string last_line_of(ChildProcess& child) {
  const std::vector<std::string> lines = lines_of(child);
  return lines.empty() ? "" : lines.back();
}

/// A process that is no child of ours, to see when it is gone.
class Stranger {
 public:
  explicit Stranger(const std::string& pid)
      : fd_(static_cast<int>(::syscall(SYS_pidfd_open, std::stoi(pid), 0))) {}
  bool is_gone(int wait_ms) {
    pollfd one{.fd = fd_.get(), .events = POLLIN, .revents = 0};
    return fd_.get() < 0 || ::poll(&one, 1, wait_ms) > 0;
  }

 private:
  transport::Descriptor fd_;
};

class ChildProcesses : public testing::Test {
 protected:
  Spawner spawner_{};
};

TEST_F(ChildProcesses, CarryLinesBothWaysAndTheirExitIsNoticed) {
  ChildProcess child(spawner_, shell("read line; echo \"got $line\"; exit 3"));
  EXPECT_EQ(child.state(), "is running");
  EXPECT_TRUE(child.write("hello", soon()));
  EXPECT_THAT(lines_of(child), ElementsAre("got hello"));
  EXPECT_EQ(child.read(soon()).event, Event::End);
  ChildProcess killed(spawner_, shell("kill -9 $$"));
  EXPECT_EQ(killed.read(soon()).event, Event::End);
  EXPECT_EQ(killed.state(), "was killed by signal 9 (Killed)");
}

TEST_F(ChildProcesses, SayHowTheyEnded) {
  ChildProcess child(spawner_, shell("exec 1>&-; read wait; exit 3"));
  EXPECT_EQ(child.read(soon()).event, Event::End);
  EXPECT_EQ(child.state(), "is running");
  child.close();
  Stranger process(std::to_string(child.pid()));
  EXPECT_TRUE(process.is_gone(30000));
  EXPECT_EQ(child.state(), "exited with status 3");
}

TEST_F(ChildProcesses, ReadGivesUpAtItsDeadline) {
  ChildProcess child(spawner_, shell("read line; echo done"));
  const auto now = std::chrono::steady_clock::now();
  EXPECT_EQ(child.read(now + std::chrono::milliseconds(20)).event, Event::Late);
  EXPECT_TRUE(child.write("", soon()));
  EXPECT_THAT(lines_of(child), ElementsAre("done"));
}

TEST_F(ChildProcesses, WriteGivesUpOnAChildThatDoesNotRead) {
  ChildProcess child(spawner_, shell("sleep 60"));
  const std::string big(1024 * 1024, 'x');
  const auto now = std::chrono::steady_clock::now();
  EXPECT_FALSE(child.write(big, now + std::chrono::milliseconds(20)));
  EXPECT_FALSE(child.write("small", soon()));  // Half a message lies in the pipe.
}

TEST_F(ChildProcesses, AreSpokenToAfterTheyDiedWithoutHarm) {
  ChildProcess child(spawner_, shell("exit 0"));
  EXPECT_EQ(child.read(soon()).event, Event::End);
  EXPECT_FALSE(child.write("anybody there?", soon()));
}

TEST_F(ChildProcesses, StandardErrorIsKeptAndTold) {
  std::vector<std::string> heard;
  ChildProcess child(spawner_,
                     shell("echo early >&2; echo out; i=0; while [ $i -lt 3000 ]; do "
                           "echo \"line $i\" >&2; i=$((i+1)); done; printf last >&2"),
                     [&](std::string_view line) { heard.emplace_back(line); });
  EXPECT_THAT(lines_of(child), ElementsAre("out"));
  ASSERT_EQ(heard.size(), 3002U);
  EXPECT_EQ(heard.front(), "early");
  EXPECT_EQ(heard.back(), "last");
  EXPECT_LE(child.last_words().size(), ChildProcess::kStderrKept);
  EXPECT_THAT(child.last_words(), testing::EndsWith("line 2999\nlast\n"));
  EXPECT_THAT(child.last_words(), testing::StartsWith("line "));
}

TEST_F(ChildProcesses, InheritNothingButTheirThreeStreams) {
  const transport::Descriptor ours(::open("/dev/null", O_RDONLY));  // Not close-on-exec.
  const std::string script = "ls /proc/self/fd | tr '\\n' ' '; echo";
  // `ls` holds the folder it lists as descriptor 3.
  ChildProcess child(spawner_, shell(script));
  EXPECT_EQ(last_line_of(child), "0 1 2 3 ");
  // The control: without the hygiene the open file is seen.
  FILE* const plain = ::popen(script.c_str(), "r");
  std::array<char, 200> seen{};
  ASSERT_NE(::fgets(seen.data(), seen.size(), plain), nullptr);
  ::pclose(plain);
  EXPECT_THAT(seen.data(), HasSubstr(" " + std::to_string(ours.get()) + " "));
}

TEST_F(ChildProcesses, SeeOnlyTheEnvironmentThatIsMeantForThem) {
  ::setenv("ADJUTANT_TEST_SECRET", "hush", 1);
  ::setenv("LANG", "C", 1);
  Command command = shell("env");
  command.environment = transport::child_environment({{"TOKEN", "abc"}, {"LANG", "pl_PL.UTF-8"}});
  ChildProcess child(spawner_, command);
  const std::vector<std::string> lines = lines_of(child);
  EXPECT_THAT(lines, testing::Contains("TOKEN=abc"));
  EXPECT_THAT(lines, testing::Contains("LANG=pl_PL.UTF-8"));
  EXPECT_THAT(lines, testing::Contains(testing::StartsWith("PATH=")));
  EXPECT_THAT(lines, testing::Not(testing::Contains(HasSubstr("hush"))));
}

TEST_F(ChildProcesses, StartInTheFolderThatIsNamed) {
  Command command = shell("pwd");
  command.folder = "/usr";
  ChildProcess child(spawner_, command);
  EXPECT_EQ(last_line_of(child), "/usr");
}

TEST_F(ChildProcesses, AreFoundInPath) {
  ChildProcess child(spawner_, {.program = "echo", .args = {"a b", "$HOME"}});
  EXPECT_THAT(lines_of(child), ElementsAre("a b $HOME"));
}

TEST_F(ChildProcesses, ThatDoNotExistAreNamedInTheError) {
  for (const std::string program :
       {"/no/such/program", "no-such-program-anywhere", "/usr", "/etc/passwd"}) {
    try {
      ChildProcess child(spawner_, {.program = program});
      ADD_FAILURE() << program;
    } catch (const std::runtime_error& error) {
      EXPECT_THAT(error.what(), HasSubstr("There is no program \"" + program + "\""));
    }
  }
  Command nowhere = shell("true");
  nowhere.folder = "/no/such/folder";
  EXPECT_THROW(ChildProcess(spawner_, nowhere), std::runtime_error);
}

TEST_F(ChildProcesses, LeaveByThemselvesWhenTheirInputEnds) {
  const auto start = std::chrono::steady_clock::now();
  { ChildProcess child(spawner_, shell("cat >/dev/null")); }
  EXPECT_LT(std::chrono::steady_clock::now() - start, ChildProcess::kExitWait);
}

TEST_F(ChildProcesses, ThatHangAreKilledWithTheirChildren) {
  std::string grandchild;
  {
    ChildProcess child(spawner_,
                       shell("trap '' TERM; sleep 600 & echo $!; while true; do wait; done"));
    grandchild = child.read(soon()).bytes;
    EXPECT_FALSE(Stranger(grandchild).is_gone(0));
  }
  EXPECT_TRUE(Stranger(grandchild).is_gone(5000));
}

TEST_F(ChildProcesses, ThatExitLeaveNoGrandchildBehind) {
  std::string grandchild;
  {
    ChildProcess child(spawner_, shell("sleep 600 & echo $!"));
    grandchild = child.read(soon()).bytes;
    // The grandchild holds the pipe open; the exit of the child ends the reading all the same.
    EXPECT_EQ(child.read(soon()).event, Event::End);
    EXPECT_FALSE(Stranger(grandchild).is_gone(0));
  }
  EXPECT_TRUE(Stranger(grandchild).is_gone(5000));
}

TEST_F(ChildProcesses, AreToldWhenTheSpawnersThreadEnds) {
  auto spawner = std::make_unique<Spawner>();
  ChildProcess child(*spawner, shell("sleep 600"));
  spawner.reset();
  EXPECT_EQ(child.read(soon()).event, Event::End);
  EXPECT_EQ(child.state(), "was killed by signal 15 (Terminated)");
}

TEST_F(ChildProcesses, MayBeStartedFromManyThreadsAtOnce) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([this, i] {
      ChildProcess child(spawner_, shell("read line; echo \"$line\""));
      EXPECT_TRUE(child.write(std::to_string(i), soon()));
      EXPECT_THAT(lines_of(child), ElementsAre(std::to_string(i)));
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST_F(ChildProcesses, ThatDieFailTheClientsCallsWithTheirLastWords) {
  auto child =
      std::make_unique<ChildProcess>(spawner_, shell("read line; echo 'no database' >&2; exit 4"));
  ChildProcess* const process = child.get();
  mcp::Client client("broken", std::move(child), [process] {
    return "It " + process->state() + "; its last words: " + process->last_words();
  });
  try {
    client.call_tool("t", {}, std::chrono::seconds(30));
    ADD_FAILURE();
  } catch (const mcp::RequestFailed& failed) {
    EXPECT_EQ(failed.reason, mcp::RequestFailed::Reason::Lost);
    EXPECT_THAT(failed.what(), HasSubstr("exited with status 4; its last words: no database"));
  }
}

}  // namespace
