#include "host/harness/side_by_side.hpp"

#include <string>
#include <vector>

#include "host/harness/catalogue.hpp"

namespace harness {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kAtOnce = 8;
constexpr int kRounds = 3;

/// What counts of an answer.
Json essence(const Answer& answer) {
  if (answer.kind != Answer::Kind::Result) return "no result";
  Json result = answer.result;
  result.erase("_meta");
  return result;
}

/// A call and the answer that it gets alone.
struct Alone {
  Json arguments{};
  Json answer{};
};

/// Those of the tool's likely calls that answer the same each time.
std::vector<Alone> steady_calls(const ToolTrial& trial, Prober& prober) {
  std::vector<Alone> calls;
  for (const Json& arguments : trial.likely_arguments()) {
    const Answer first = prober.quiet_call(trial.tool, arguments);
    const Json answer = essence(first);
    if (first.kind != Answer::Kind::Result) continue;
    if (answer == essence(prober.quiet_call(trial.tool, arguments)))
      calls.push_back({.arguments = arguments, .answer = answer});
  }
  return calls;
}

std::string problem_of(const Answer& answer, const Alone& alone) {
  const std::string sent = "With " + std::to_string(kAtOnce) + " calls at once, ";
  if (answer.kind != Answer::Kind::Result) return sent + "one got no result: " + answer.problem;
  if (essence(answer) == alone.answer) return "";
  return sent + "one got another answer than it gets alone: " + excerpt(answer.text());
}

}  // namespace

void check_side_by_side(const ToolTrial& trial, Prober& prober) {
  if (!trial.tool.read_only || trial.base().is_null() || prober.is_slow(trial.tool) ||
      prober.given_up(trial.tool))
    return;
  const Ledger::Place place{.check = checks::kSideBySide, .tool = trial.tool.name};
  const std::vector<Alone> alone = steady_calls(trial, prober);
  if (alone.empty()) return prober.ledger().not_run(place, "Its answers differ by themselves.");
  std::vector<Json> sent;
  for (std::size_t i = 0; i < kAtOnce; ++i) sent.push_back(alone[i % alone.size()].arguments);
  prober.ledger().tried(place);
  for (int round = 0; round < kRounds; ++round) {
    const std::vector<Answer> answers = prober.calls_at_once(trial.tool, sent);
    for (std::size_t i = 0; i < answers.size(); ++i) {
      const Alone& expected = alone[i % alone.size()];
      const std::string problem = problem_of(answers[i], expected);
      if (problem.empty()) continue;
      // Something else may have changed what it shows.
      const Answer again = prober.quiet_call(trial.tool, expected.arguments);
      if (essence(again) != expected.answer) return;
      return prober.ledger().finding(place, problem, prober.line(trial.tool, expected.arguments));
    }
  }
}

}  // namespace harness
