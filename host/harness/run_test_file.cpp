#include "host/harness/run_test_file.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <set>
#include <stdexcept>

#include "host/config/edit.hpp"
#include "host/harness/expectations.hpp"
#include "host/harness/read_test_file.hpp"
#include "host/harness/seen.hpp"
#include "host/harness/server_under_test.hpp"
#include "host/harness/snapshots.hpp"
#include "host/harness/test_folder.hpp"
#include "host/harness/variables.hpp"
#include "host/harness/volatile_values.hpp"

namespace harness {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr const char* kClient = "adjutant";  // As ServerUnderTest introduces itself.

std::int64_t seconds_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string label_of(const Step& step, const std::string& kind, std::size_t number) {
  if (!step.name.empty()) return kind + " " + step.name;
  return kind + " " + std::to_string(number) + " " + step.call;
}

/// Steps of one kind, with how they are called.
struct Phase {
  std::string kind{};
  const std::vector<Step>* steps{};
  bool always{};  ///< Also when something failed before.
};

std::vector<Phase> phases_of(const TestFile& file, const Test& test) {
  return {{.kind = "shared set-up", .steps = &file.setup},
          {.kind = "set-up", .steps = &test.setup},
          {.kind = "step", .steps = &test.steps},
          {.kind = "tear-down", .steps = &test.teardown, .always = true},
          {.kind = "shared tear-down", .steps = &file.teardown, .always = true}};
}

/// What a test is run with.
struct Surroundings {
  const TestFile& file;
  const TestFileRun& run;
  const Target& target;
  Report& report;
  Snapshots* snapshots{};
};

/// One test from its fixtures to its end.
class TestRun final {
 public:
  TestRun(const Surroundings& around, const Test& test) : around_(around), test_(test) {}

  void run() {
    const std::string problem = prepare();
    if (problem.empty()) {
      for (const Phase& phase : phases_of(around_.file, test_)) play(phase);
    } else {
      add({.check = test_.name, .verdict = Verdict::NotRun, .problem = problem}, test_.line);
      if (around_.report.problem.empty()) around_.report.problem = test_.name + ": " + problem;
    }
    if (server_) around_.report.calls += server_->calls();
  }

 private:
  /// Why the test cannot be run; empty if its server runs.
  std::string prepare() {
    try {
      folder_.emplace();
      variables_ = {{"folder", folder_->path().string()},
                    {"here", fs::absolute(around_.file.path).parent_path().string()},
                    {"client", kClient}};
      same_.know("client", kClient);
      same_.know("folder", folder_->path().string());
      const Fixture& shared = around_.file.fixture;
      take_variables(shared);
      take_variables(test_.fixture);
      folder_->fill(shared, variables_);
      folder_->fill(test_.fixture, variables_);
      server_.emplace(around_.run.spawner, spec());
      const mcp::PeerInfo& peer = server_->start();
      around_.report.name = peer.name;
      around_.report.version = peer.version;
      around_.report.protocol = peer.protocol;
      return "";
    } catch (const std::exception& error) {
      return error.what();
    }
  }

  void take_variables(const Fixture& fixture) {
    const Variables given{
        {"folder", variables_["folder"]}, {"here", variables_["here"]}, {"client", kClient}};
    for (const auto& [name, value] : fixture.variables) {
      variables_[name] = expanded_json(value, given);
    }
  }

  host::ServerSpec spec() const {
    host::ServerSpec spec = around_.target.spec;
    if (spec.own) {
      spec.args = host::with_option(spec.args, "--data", (folder_->path() / ".data").string());
    } else if (around_.target.holds_variables) {
      spec.program = expanded(spec.program.string(), variables_);
      for (std::string& arg : spec.args) arg = expanded(arg, variables_);
    }
    for (const Fixture* fixture : {&around_.file.fixture, &test_.fixture}) {
      for (const std::string& arg : fixture->args) spec.args.push_back(expanded(arg, variables_));
      for (const auto& [name, value] : fixture->env) spec.env[name] = expanded(value, variables_);
    }
    return spec;
  }

  void play(const Phase& phase) {
    std::size_t number = 0;
    for (const Step& step : *phase.steps) {
      const std::string label = label_of(step, phase.kind, ++number);
      CheckResult result{.check = test_.name + ": " + label, .tool = step.call};
      if (failed_ && !phase.always) {
        result.verdict = Verdict::NotRun;
        result.problem = "not reached";
      } else if (failed_ && !server_->alive()) {
        result.verdict = Verdict::NotRun;
        result.problem = "the server is gone: it " + server_->state() + ".";
      } else {
        play(step, label, result);
      }
      if (result.verdict == Verdict::Finding) failed_ = true;
      add(std::move(result), step.line);
    }
  }

  void play(const Step& step, const std::string& label, CheckResult& result) {
    const Clock::time_point start = Clock::now();
    std::vector<std::string> problems;
    try {
      problems = call(step, label);
      if (!problems.empty()) result.verdict = Verdict::Finding;
    } catch (const std::exception& error) {  // A variable that has no value.
      problems.push_back(error.what());
      result.verdict = failed_ ? Verdict::NotRun : Verdict::Finding;
    }
    result.took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start);
    for (const std::string& problem : problems) {
      result.problem += (result.problem.empty() ? "" : "\n") + problem;
    }
  }

  /// Makes the call, takes values out of the answer and says what is wrong with it.
  std::vector<std::string> call(const Step& step, const std::string& label) {
    const auto timeout =
        step.timeout.value_or(around_.file.timeout.value_or(around_.target.spec.call_timeout));
    const Seen seen =
        look_at(server_->call(step.call, expanded_json(step.arguments, variables_), timeout));
    std::vector<std::string> problems;
    const bool answered = seen.problem.empty() && !seen.refused;
    for (const Capture& capture : step.captures) {
      if (!answered || (seen.is_error && !step.expect.error)) break;  // Said below.
      std::string problem;
      const auto value = captured(capture, seen, variables_, problem);
      if (!value) {
        problems.push_back(problem);
        return problems;
      }
      variables_[capture.name] = *value;
      if (value->is_string()) same_.know(capture.name, value->get<std::string>());
    }
    problems = unmet(step.expect, seen, variables_, same_);
    if (step.expect.snapshot && seen.problem.empty()) {
      compare_snapshot(seen, label, problems);
    }
    return problems;
  }

  void compare_snapshot(const Seen& seen, const std::string& label,
                        std::vector<std::string>& problems) {
    const nlohmann::ordered_json answer = Snapshots::normalised(seen, same_);
    if (around_.run.update) {
      around_.snapshots->keep(test_.name, label, answer);
      return;
    }
    std::string difference = around_.snapshots->difference(test_.name, label, answer);
    if (!difference.empty()) problems.push_back(std::move(difference));
  }

  void add(CheckResult result, std::size_t line) {
    result.suite = around_.file.path.filename().string();
    if (result.verdict == Verdict::Finding) {
      if (around_.run.again) result.line = around_.run.again(around_.file, test_.name);
      if (result.problem.find("snapshot: ") != std::string::npos) {
        result.advice = "If the new answer is right, run again with --update.";
      }
      result.problem =
          around_.file.path.string() + ":" + std::to_string(line) + ": " + result.problem;
    }
    if (around_.run.on_result) around_.run.on_result(result);
    around_.report.results.push_back(std::move(result));
  }

  const Surroundings& around_;
  const Test& test_;
  std::optional<TestFolder> folder_;  // Outlives the server.
  Variables variables_;
  VolatileValues same_{around_.file.normalise, seconds_now()};
  std::optional<ServerUnderTest> server_;
  bool failed_{};
};

/// The snapshots that the file asks for, whether they were run or not.
std::set<std::string> snapshots_of(const TestFile& file) {
  std::set<std::string> kept;
  for (const Test& test : file.tests) {
    for (const Phase& phase : phases_of(file, test)) {
      std::size_t number = 0;
      for (const Step& step : *phase.steps) {
        const std::string label = label_of(step, phase.kind, ++number);
        if (step.expect.snapshot) kept.insert(test.name + "\n" + label);
      }
    }
  }
  return kept;
}

void run_tests(Surroundings around) {
  Snapshots snapshots(around.file.path);
  around.snapshots = &snapshots;
  bool any = false;
  for (const Test& test : around.file.tests) {
    if (test.name.find(around.run.only) == std::string::npos) continue;
    any = true;
    TestRun(around, test).run();
  }
  if (!any) {
    throw std::runtime_error(around.file.path.string() + ": no test's name holds \"" +
                             around.run.only + "\"; leave --only out to run all");
  }
  if (!around.run.update) return;
  snapshots.forget_others(snapshots_of(around.file));
  snapshots.save();
}

}  // namespace

Report run_test_file(const fs::path& path, const TestFileRun& run) {
  const Clock::time_point start = Clock::now();
  Report report{.server = path.filename().string()};
  try {
    const TestFile file = read_test_file(path);
    const Target target = run.target(file);
    report.server = target.spec.name;
    run_tests({.file = file, .run = run, .target = target, .report = report});
  } catch (const std::exception& error) {
    report.problem = error.what();
  }
  report.took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start);
  return report;
}

}  // namespace harness
