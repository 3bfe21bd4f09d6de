#include "host/planner/rules/reply.hpp"

#include "host/planner/rules/sending.hpp"
#include "host/planner/rules/summary.hpp"

namespace host {

namespace {

constexpr std::size_t kQuestionMax = 200;

/// The day on which it is due; tomorrow where nothing is said.
std::string promise(const World& world, const email::Triaged& message) {
  if (!message.due) return "I will come back to you on this by tomorrow.";
  const std::chrono::local_days day =
      message.due->date ? std::chrono::floor<std::chrono::days>(message.due->local())
                        : day_of(message.due->at, world.zone);
  if (day == world.today()) return "I will answer you today.";
  return "I will answer you by " + day_text(day) + ".";
}

}  // namespace

std::string question_in(const std::string& text) {
  std::size_t end = text.rfind('?');
  while (end != std::string::npos) {
    const std::size_t begin = text.find_last_of(".!?:", end == 0 ? 0 : end - 1);
    const std::string sentence =
        on_one_line(text.substr(begin == std::string::npos ? 0 : begin + 1,
                                end - (begin == std::string::npos ? 0 : begin + 1) + 1));
    const bool quoted = sentence.find('>') != std::string::npos;
    if (!quoted && sentence.size() > 10 && sentence.size() <= kQuestionMax) return sentence;
    if (end == 0) break;
    end = text.rfind('?', end - 1);
  }
  return "";
}

std::string greeting(const std::string& from) {
  const std::string name = name_in(from);
  const bool address = name.find('@') != std::string::npos;
  return address ? "Hello," : "Dear " + name.substr(0, name.find(' ')) + ",";
}

std::string reply_text(const World& world, const email::Triaged& message) {
  const email::Message* letter = world.message(message.id);
  const std::string question = letter == nullptr ? "" : question_in(without_greeting(letter->text));
  std::string text = greeting(message.from) + "\n\nthank you for your message.";
  if (!question.empty()) text += " You ask: \"" + question + "\"";
  text += "\n\n" + promise(world, message) + "\n";
  if (!world.profile.name.empty()) text += "\nKind regards\n" + world.profile.name + "\n";
  return text;
}

}  // namespace host
