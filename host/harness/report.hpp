#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace harness {

enum class Verdict {
  Pass,     ///< It was tried, and it holds.
  Finding,  ///< It was tried, and it does not hold.
  NotRun,   ///< It could not be tried; `problem` says why. Neither good nor bad.
};

/// "pass", "finding", "not run".
const char* name_of(Verdict verdict);

/// What came of one check of one tool (generated checks), or of one step of one test file. What a
/// server said stands in it as it came: whoever prints makes it plain first.
struct CheckResult {
  std::string suite{};  ///< "generated", or the test file's name.
  std::string check{};  ///< Generated: its name, stable, in words with hyphens ("answers-in-time").
                        ///< A file: the test's name and the step.
  std::string tool{};   ///< Empty where it is about the server as a whole.
  std::string argument{};  ///< JSON Pointer of the argument that it is about; empty for none.
  Verdict verdict{Verdict::Pass};
  std::string problem{};  ///< What was wrong, or why it was not run: a sentence or several lines.
                          ///< Of a pass: what there is to tell ("about 1,665 tokens"), or empty.
  std::string line{};     ///< The command line to paste that shows it again; empty where none does.
  std::string advice{};   ///< What to do about a finding: a sentence.
  std::chrono::microseconds took{};
};

/// One run against one server.
struct Report {
  std::string server{};  ///< As the command line named it: a configured name, or the command.
  std::string name{};    ///< The server's own word about itself, as are the next two.
  std::string version{};
  std::string protocol{};  ///< The revision that was agreed on.
  std::vector<CheckResult> results{};
  std::string problem{};  ///< Why the run could not be made or ended early; empty if it was whole.
  std::uint64_t seed{};   ///< Of the generated arguments.
  std::size_t tools{};
  std::size_t calls{};
  std::size_t tokens{};  ///< What the list of tools costs a model, roughly.
  std::chrono::microseconds took{};
};

std::size_t count(const Report& report, Verdict verdict);

/// What the process exits with: 0 all holds, 1 there are findings, 2 it could not be run.
int exit_status(const Report& report);

}  // namespace harness
