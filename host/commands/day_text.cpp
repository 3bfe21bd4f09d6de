#include "host/commands/day_text.hpp"

#include <map>

namespace host {

namespace {

constexpr std::size_t kDayIndent = 17;

struct Label {
  std::string text{};
  Style style{};
};

/// The rules' names of what they tell, in the user's words.
Label label_of(const Notice& notice) {
  static const std::map<std::string, std::string> kWords{{"urgent", "URGENT"},
                                                         {"summary", "mail"},
                                                         {"task_block", "tasks"},
                                                         {"invitation", "invited"},
                                                         {"cancelled", "cancelled"}};
  const auto found = kWords.find(notice.kind);
  return {.text = found == kWords.end() ? notice.kind : found->second,
          .style = notice.urgent ? Style::Bad : Style::Plain};
}

Label label_of(const Outcome& outcome) {
  if (outcome.card) return {.text = "card " + std::to_string(*outcome.card), .style = Style::Warn};
  if (outcome.result && !outcome.result->failed) return {.text = "done", .style = Style::Good};
  return {.text = outcome.ruling.level == Level::Deny ? "denied" : "failed", .style = Style::Bad};
}

std::string step_text(const Cycle::Step& step) {
  std::string text = in_sentences(step.action.proposal);
  if (step.outcome.result && step.outcome.result->failed) text += " " + step.outcome.result->text;
  return text + (step.outcome.problem.empty() ? "" : " " + step.outcome.problem);
}

}  // namespace

std::string cycle_text(const Cycle& cycle, const Terminal& terminal) {
  std::string text;
  const std::string time = clock_text(cycle.world.now, cycle.world.zone) + "  ";
  const auto add = [&](const Label& label, const std::string& words) {
    text += terminal.entry(time + label.text, plain(words), kDayIndent, label.style);
  };
  for (const Notice& notice : cycle.notices) add(label_of(notice), notice.text);
  for (const Cycle::Step& step : cycle.steps) add(label_of(step.outcome), step_text(step));
  return text;
}

std::string left_out_text(const LeftOut& left_out, const Terminal& terminal) {
  return terminal.entry(
      "       left",
      plain(left_out.text + " (" + left_out.kind + "): you said no to its like before."),
      kDayIndent, Style::Dim);
}

OutputJson cycle_json(const Cycle& cycle) {
  return {{"at", common::to_string(cycle.world.zone.at(cycle.world.now))},
          {"steps", to_json(cycle.steps)},
          {"notices", to_json(cycle.notices)},
          {"left_out", to_json(cycle.left_out)},
          {"unseen", to_json(cycle.unseen)}};
}

}  // namespace host
