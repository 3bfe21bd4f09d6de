#include "host/harness/tool_trial.hpp"

#include <algorithm>

#include "host/harness/catalogue.hpp"

namespace harness {
namespace {

using Json = nlohmann::json;
using Kind = Case::Kind;

constexpr std::size_t kPlainTries = 12;
constexpr std::size_t kLikelyMax = 5;

std::string_view refusal_check(Kind kind) {
  switch (kind) {
    case Kind::Missing:
      return checks::kRefusesMissing;
    case Kind::WrongType:
      return checks::kRefusesWrongType;
    case Kind::OutOfBounds:
      return checks::kRefusesOutOfBounds;
    case Kind::Unlisted:
      return checks::kRefusesUnlisted;
    case Kind::Extra:
      return checks::kRefusesExtra;
    default:
      return "";
  }
}

std::string what_was_taken(const Case& one) {
  switch (one.kind) {
    case Kind::Missing:
      return "A call without " + one.pointer + ", which is required, succeeds.";
    case Kind::WrongType:
      return "A value of another type in " + one.pointer + " is taken.";
    case Kind::OutOfBounds:
      return "A value beyond the limit of " + one.pointer + " is taken.";
    case Kind::Unlisted:
      return "A value that the enum of " + one.pointer + " does not list is taken.";
    default:
      return "The unknown argument " + one.pointer +
             " is ignored, although the schema says additionalProperties: false.";
  }
}

bool is_refusal(const Answer& answer) {
  return answer.is_tool_error() || answer.kind == Answer::Kind::Refused;
}

Sent sent_as(const Case& one) {
  if (one.kind == Kind::NoObject) return Sent::NoObject;
  return one.valid ? Sent::Valid : Sent::Invalid;
}

}  // namespace

bool ToolTrial::find_base() {
  const Values values(tool.input, harvest_);
  for (std::size_t i = 0; i < kPlainTries && base_.is_null() && !prober_.given_up(tool); ++i) {
    Json arguments =
        values.make(tool.input, {.name = tool.name, .choice = i / 2, .with_optional = i % 2 == 1});
    if (!arguments.is_object()) arguments = Json::object();
    const bool valid = tool.input_schema.check(arguments).valid();
    if (starting_.is_null()) starting_ = arguments;
    const Answer answer = prober_.call(tool, arguments, valid ? Sent::Valid : Sent::Invalid);
    note_text(arguments, answer);
    if (answer.is_success()) {
      base_ = arguments;
      starting_ = arguments;
      harvest_.take(arguments, answer);
    } else if (first_refusal_.empty()) {
      first_refusal_ = answer.text();
    }
  }
  return !base_.is_null();
}

std::vector<Json> ToolTrial::likely_arguments() const {
  const Values values(tool.input, harvest_);
  std::vector<Json> likely;
  for (std::size_t i = 0; i < kPlainTries && likely.size() < kLikelyMax; ++i) {
    Json arguments =
        values.make(tool.input, {.name = tool.name, .choice = i, .with_optional = i % 2 == 1});
    if (arguments == base_ || !arguments.is_object()) continue;
    if (tool.input_schema.check(arguments).valid() &&
        std::ranges::find(likely, arguments) == likely.end())
      likely.push_back(std::move(arguments));
  }
  likely.push_back(base_);
  return likely;
}

void ToolTrial::note_text(const Json& arguments, const Answer& answer) {
  if (!answer.is_success()) return;
  ++successes_;
  if (has_content(answer)) {
    ++with_text_;
  } else if (empty_line_.empty()) {
    empty_line_ = prober_.line(tool, arguments);
  }
}

void ToolTrial::run_cases(Random& random, std::size_t most) {
  const Values values(tool.input, harvest_);
  for (Case& one : make_cases(tool, starting_, values, random, most)) {
    if (prober_.given_up(tool)) break;
    const Answer answer = prober_.call(tool, one.arguments, sent_as(one));
    note_text(one.arguments, answer);
    judge(one, answer);
  }
  const std::size_t more = most / 8;
  for (std::size_t i = 0; i < more && !prober_.given_up(tool); ++i) {
    const Json arguments = values.random(tool.input, tool.name, random);
    if (!arguments.is_object() || !tool.input_schema.check(arguments).valid()) continue;
    const Answer answer = prober_.call(tool, arguments, Sent::Valid);
    note_text(arguments, answer);
    harvest_.take(arguments, answer);
  }
  if (prober_.given_up(tool))
    prober_.ledger().not_run({.check = checks::kCalled, .tool = tool.name},
                             "It broke down or took so long that not everything was tried.");
  finish_text();
}

void ToolTrial::judge(const Case& one, const Answer& answer) {
  if (one.kind == Kind::Bound) return judge_bound(one, answer);
  const std::string_view check = refusal_check(one.kind);
  if (!check.empty()) judge_refusal(one, answer, check);
}

void ToolTrial::judge_refusal(const Case& one, const Answer& answer, std::string_view check) {
  const std::string line = prober_.line(tool, one.arguments);
  if (answer.is_success()) {
    // One of these is a trait of the tool, not of the argument.
    const bool once = one.kind == Kind::Extra;
    prober_.ledger().finding(
        {.check = check, .tool = tool.name, .argument = once ? "" : one.pointer},
        what_was_taken(one), line);
    return;
  }
  if (!is_refusal(answer)) return;
  prober_.ledger().tried({.check = check, .tool = tool.name});
  const std::string text = answer.text();
  if (base_.is_null() && text == first_refusal_) return;  // It never came to look at this one.
  const Ledger::Place place{
      .check = checks::kNamesArgument, .tool = tool.name, .argument = one.pointer};
  prober_.ledger().tried(place);
  if (!names(text, one.name))
    prober_.ledger().finding(place, "The error does not name " + one.pointer + ": " + excerpt(text),
                             line);
}

void ToolTrial::judge_bound(const Case& one, const Answer& answer) {
  const Ledger::Place place{
      .check = checks::kAcceptsBounds, .tool = tool.name, .argument = one.pointer};
  if (answer.is_success()) return prober_.ledger().tried(place);
  if (!is_refusal(answer) || !prober_.quiet_call(tool, one.neighbour).is_success()) return;
  prober_.ledger().finding(place,
                           "The value at the limit of " + one.pointer + " is refused: " +
                               excerpt(answer.text()) + "\nOne step further inside is accepted.",
                           prober_.line(tool, one.arguments));
}

void ToolTrial::finish_text() {
  const Ledger::Place place{.check = checks::kHasText, .tool = tool.name};
  if (successes_ == 0) return prober_.ledger().not_run(place, "No call succeeded.");
  prober_.ledger().tried(place);
  if (with_text_ == 0)
    prober_.ledger().finding(place, "Every success came with nothing for the model to read.",
                             empty_line_);
}

void ToolTrial::skip(const std::string& why) {
  prober_.ledger().not_run({.check = checks::kCalled, .tool = tool.name}, why);
}

}  // namespace harness
