#include "host/harness/prober.hpp"

#include <algorithm>
#include <utility>

#include "host/harness/catalogue.hpp"
#include "host/harness/shrink.hpp"
#include "host/tools/shell_word.hpp"

namespace harness {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kTries = 40;
constexpr std::size_t kTriesWithRestart = 16;
constexpr std::size_t kTriesWithTimeout = 5;

std::size_t tries_for(std::string_view check) {
  if (check == checks::kInTime) return kTriesWithTimeout;
  return check == checks::kSurvives ? kTriesWithRestart : kTries;
}

bool is_breakdown(const Answer& answer) {
  return answer.kind == Answer::Kind::Lost || answer.kind == Answer::Kind::TimedOut;
}

}  // namespace

std::string Paste::line(const std::string& tool, const Json& arguments) const {
  return before + " " + host::shell_word(tool) + " --json " +
         host::shell_word(arguments.dump(-1, ' ', true, Json::error_handler_t::replace)) + after;
}

bool Prober::ready() {
  if (!gone_.empty()) return false;
  if (!parts_.server.alive()) {
    gone_ = parts_.server.try_start();
    note_strays("");
  }
  return gone_.empty();
}

Answer Prober::quiet_call(const Tool& tool, const Json& arguments) {
  if (!ready()) return {.kind = Answer::Kind::Lost, .problem = gone_};
  Answer answer = parts_.server.call(tool.name, arguments);
  record(tool, answer);
  if (answer.kind == Answer::Kind::TimedOut) parts_.server.stop();  // It may be busy for ever.
  return answer;
}

std::vector<Answer> Prober::calls_at_once(const Tool& tool, const std::vector<Json>& arguments) {
  if (!ready()) return {};
  std::vector<Answer> answers = parts_.server.call_at_once(tool.name, arguments);
  note_strays(line(tool, arguments.front()));
  if (std::ranges::any_of(answers, is_breakdown)) parts_.server.stop();
  return answers;
}

Answer Prober::call(const Tool& tool, const Json& arguments, Sent sent) {
  if (!ready()) return {.kind = Answer::Kind::Lost, .problem = gone_};
  Answer answer = parts_.server.call(tool.name, arguments);
  const bool wrong_id = note_strays(line(tool, arguments));
  record(tool, answer);
  if (is_breakdown(answer)) {
    ++records_[tool.name].breakdowns;
    parts_.server.stop();
  }
  for (const auto check :
       {checks::kSurvives, checks::kInTime, checks::kToolError, checks::kWellFormed})
    ledger().tried({.check = check, .tool = tool.name});
  if (answer.is_tool_error()) ledger().tried({.check = checks::kHandledErrors, .tool = tool.name});
  if (answer.is_success() && tool.output_schema)
    ledger().tried({.check = checks::kOutputSchema, .tool = tool.name});
  for (const Fault& fault : faults_of(tool, answer, sent, parts_.rules)) {
    if (wrong_id && fault.check == checks::kInTime) continue;  // It did answer, somebody else.
    note(tool, arguments, sent, fault);
  }
  return answer;
}

void Prober::note(const Tool& tool, const Json& arguments, Sent sent, const Fault& fault) {
  const Ledger::Place place{.check = fault.check, .tool = tool.name};
  if (ledger().has_finding(place)) return;
  const auto fails = [&](const Json& smaller) {
    const Answer answer = quiet_call(tool, smaller);
    const Sent kind = sent == Sent::NoObject                     ? sent
                      : tool.input_schema.check(smaller).valid() ? Sent::Valid
                                                                 : Sent::Invalid;
    const std::vector<Fault> faults = faults_of(tool, answer, kind, parts_.rules);
    return std::ranges::any_of(faults, [&](const Fault& f) { return f.check == fault.check; });
  };
  std::string problem = fault.problem;
  Json smallest = arguments;
  if (!fails(arguments)) {
    problem += "\nIt did not happen again when the same call was made once more.";
  } else {
    smallest = shrunk(arguments, fails, tries_for(fault.check));
  }
  ledger().finding(place, std::move(problem), line(tool, smallest));
}

bool Prober::given_up(const Tool& tool) const {
  const auto found = records_.find(tool.name);
  if (!gone_.empty() || found == records_.end()) return !gone_.empty();
  return found->second.breakdowns >= kBreakdownsMax || found->second.took > kTimeMax;
}

bool Prober::is_slow(const Tool& tool) const {
  const auto found = records_.find(tool.name);
  if (found == records_.end()) return false;
  return found->second.took > kSlow * static_cast<int>(found->second.calls);
}

void Prober::record(const Tool& tool, const Answer& answer) {
  Record& one = records_[tool.name];
  ++one.calls;
  one.took += answer.took;
}

bool Prober::note_strays(const std::string& line) {
  bool wrong_id = false;
  for (const Stray& stray : parts_.server.take_strays()) {
    std::string_view check = checks::kCleanOutput;
    std::string problem = "On standard output stands what is no message: ";
    if (stray.kind == Stray::Kind::WrongId) {
      check = checks::kOwnId;
      problem = "An answer bears an id that was never asked: ";
      wrong_id = true;
    } else if (stray.kind == Stray::Kind::Repeated) {
      check = checks::kOneAnswer;
      problem = "A request was answered twice: ";
    }
    ledger().finding({.check = check}, problem + excerpt(stray.line), line);
  }
  return wrong_id;
}

}  // namespace harness
