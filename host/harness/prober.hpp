#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/harness/judge.hpp"
#include "host/harness/ledger.hpp"
#include "host/harness/server_under_test.hpp"
#include "host/harness/tool.hpp"

namespace harness {

/// How a call is written down so that it can be pasted into a shell.
struct Paste {
  std::string before{"adjutant call"};  ///< Then the tool and its arguments.
  std::string after{};

  std::string line(const std::string& tool, const nlohmann::json& arguments) const;
};

/// Makes the calls of a run: starts the server again when it has died or hangs, and writes into the
/// ledger what is wrong with any answer, with the smallest call that shows it.
class Prober {
 public:
  struct Parts {
    ServerUnderTest& server;
    Ledger& ledger;
    Paste paste{};
    Rules rules{};
  };
  explicit Prober(Parts parts) : parts_(std::move(parts)) {}

  /// A call whose answer is judged.
  Answer call(const Tool& tool, const nlohmann::json& arguments, Sent sent);
  /// A call that is somebody else's to judge.
  Answer quiet_call(const Tool& tool, const nlohmann::json& arguments);

  /// Calls that are all sent before the first is answered; somebody else's to judge. Empty if the
  /// server cannot be started.
  std::vector<Answer> calls_at_once(const Tool& tool, const std::vector<nlohmann::json>& arguments);

  /// It died or hung so often under this tool, or took so long, that the rest is not tried.
  bool given_up(const Tool& tool) const;
  /// So slow that it is not called many times over.
  bool is_slow(const Tool& tool) const;
  /// Why the server cannot be started any more; empty while it can.
  const std::string& gone() const { return gone_; }

  std::string line(const Tool& tool, const nlohmann::json& arguments) const {
    return parts_.paste.line(tool.name, arguments);
  }
  Ledger& ledger() { return parts_.ledger; }
  ServerUnderTest& server() { return parts_.server; }

  /// Notes what came astray since the last call; `line` shows it again. Returns whether an answer
  /// bore a wrong id.
  bool note_strays(const std::string& line);

 private:
  bool ready();
  void note(const Tool& tool, const nlohmann::json& arguments, Sent sent, const Fault& fault);

  /// How a tool fared so far.
  struct Record {
    int breakdowns{};
    std::size_t calls{};
    std::chrono::microseconds took{};
  };
  void record(const Tool& tool, const Answer& answer);

  static constexpr int kBreakdownsMax = 3;
  static constexpr auto kTimeMax = std::chrono::seconds(45);
  static constexpr auto kSlow = std::chrono::milliseconds(400);

  Parts parts_;
  std::map<std::string, Record> records_;  // By tool.
  std::string gone_;
};

}  // namespace harness
