#include "host/harness/checks.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "host/harness/catalogue.hpp"
#include "host/harness/growth.hpp"
#include "host/harness/list_checks.hpp"
#include "host/harness/read_only.hpp"
#include "host/harness/side_by_side.hpp"
#include "host/harness/tool_trial.hpp"

namespace harness {
namespace {

using Json = nlohmann::json;
using Clock = std::chrono::steady_clock;

constexpr int kBaseRounds = 3;  // What one tool shows may be what the next one needs.
constexpr const char* kNoTool = "adjutant_no_such_tool";
constexpr const char* kToolErrorsSince = "2025-11-25";
constexpr auto kPingTimeout = std::chrono::seconds(2);

/// One run of all checks.
class Run {
 public:
  Run(ServerUnderTest& server, const CheckOptions& options)
      : server_(server),
        options_(options),
        prober_({.server = server,
                 .ledger = ledger_,
                 .paste = options.paste,
                 .rules = {.old_revision = server.peer().protocol < kToolErrorsSince}}) {}

  void run(const std::vector<Json>& listed) {
    for (const Json& entry : listed) tools_.emplace_back(entry);
    prober_.note_strays("");
    for (const auto check : {checks::kCleanOutput, checks::kOwnId, checks::kOneAnswer})
      ledger_.tried({.check = check});
    check_list(tools_, ledger_);
    unknown_tool();
    choose();
    find_bases();
    say("looking whether read-only tools change anything");
    check_read_only(chosen_, prober_);
    for (ToolTrial* trial : chosen_) try_tool(*trial);
    if (server_.alive()) server_.request("ping", Json::object(), kPingTimeout);
    prober_.note_strays("");
  }

  const std::vector<Tool>& tools() const { return tools_; }
  Ledger& ledger() { return ledger_; }
  const std::string& gone() const { return prober_.gone(); }

 private:
  void say(const std::string& what) const {
    if (options_.progress) options_.progress(what);
  }

  void unknown_tool() {
    const Ledger::Place place{.check = checks::kUnknownTool};
    const Tool none(Json{{"name", kNoTool}});
    const Answer answer = prober_.quiet_call(none, Json::object());
    ledger_.tried(place);
    if (answer.kind == Answer::Kind::Refused) return;
    ledger_.finding(place,
                    answer.is_success()
                        ? "A tool that does not exist can be called, and succeeds."
                        : "The call of a tool that does not exist is not answered by a protocol "
                          "error: " +
                              excerpt(answer.text()),
                    prober_.line(none, Json::object()));
  }

  /// Which tools are called; the reading ones come first, those that destroy last.
  void choose() {
    for (const Tool& tool : tools_)
      trials_.push_back(std::make_unique<ToolTrial>(tool, prober_, harvest_));
    for (const auto& trial : trials_) {
      if (trial->tool.as_task) {
        trial->skip("It can be called only as a task, which Adjutant's client does not do yet.");
      } else if (!trial->tool.read_only && !options_.writes) {
        trial->skip("It is not marked read-only; --writes calls it, too.");
      } else {
        chosen_.push_back(trial.get());
      }
    }
    const auto rank = [](const ToolTrial* trial) {
      return trial->tool.read_only ? 0 : trial->tool.destructive ? 2 : 1;
    };
    std::ranges::stable_sort(chosen_, {}, rank);
  }

  void find_bases() {
    for (int round = 0; round < kBaseRounds; ++round) {
      bool more = false;
      for (ToolTrial* trial : chosen_) {
        if (!trial->base().is_null() || prober_.given_up(trial->tool)) continue;
        say("looking for a call that " + trial->tool.name + " takes");
        more = trial->find_base() || more;
      }
      if (!more) return;
    }
  }

  void try_tool(ToolTrial& trial) {
    say("trying " + trial.tool.name);
    Random random(options_.seed ^ std::hash<std::string>{}(trial.tool.name));
    trial.run_cases(random, options_.cases_max);
    check_side_by_side(trial, prober_);
    say("watching the memory of " + trial.tool.name);
    check_growth(trial, prober_);
  }

  ServerUnderTest& server_;
  const CheckOptions& options_;
  Ledger ledger_;
  Prober prober_;
  Harvest harvest_;
  std::vector<Tool> tools_;
  std::vector<std::unique_ptr<ToolTrial>> trials_;
  std::vector<ToolTrial*> chosen_;
};

}  // namespace

Report check_server(ServerUnderTest& server, const CheckOptions& options) {
  const Clock::time_point start = Clock::now();
  Report report{.server = server.spec().name, .seed = options.seed};
  std::vector<Json> listed;
  report.problem = server.try_start();
  if (report.problem.empty()) report.problem = server.try_list(listed);
  if (!report.problem.empty()) return report;
  report.name = server.peer().name;
  report.version = server.peer().version;
  report.protocol = server.peer().protocol;
  Run run(server, options);
  run.run(listed);
  report.results = run.ledger().take();
  report.problem = run.gone();
  report.tools = listed.size();
  report.tokens = tokens_of(run.tools());
  report.calls = server.calls();
  report.took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start);
  return report;
}

}  // namespace harness
