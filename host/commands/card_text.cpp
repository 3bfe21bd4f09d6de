#include "host/commands/card_text.hpp"

#include <nlohmann/json.hpp>

namespace host {

namespace {

constexpr std::size_t kCardIndent = 12;

std::string argument_text(const nlohmann::ordered_json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_array()) return value.dump();
  std::string list;
  for (const auto& each : value)
    list += (list.empty() ? "" : ", ") + (each.is_string() ? each.get<std::string>() : each.dump());
  return list;
}

}  // namespace

std::string card_text(const Card& card, const Terminal& terminal) {
  std::string text = terminal.heading(
      (card.id == 0 ? std::string("Asked for")
                    : "Card " + std::to_string(card.id) + ", " + std::string(name_of(card.state))) +
      ": " + card.server + " " + card.tool);
  text += terminal.entry("  what", plain(card.title), kCardIndent, Style::Dim);
  text += terminal.entry("  why", plain(card.reason), kCardIndent, Style::Dim);
  text += terminal.entry("  class", card.action_class + ", asked by " + plain(card.actor),
                         kCardIndent, Style::Dim);
  const auto arguments = nlohmann::ordered_json::parse(card.arguments, nullptr, false);
  for (const auto& [name, value] : arguments.items())
    text +=
        terminal.entry("  " + plain(name), plain(argument_text(value)), kCardIndent, Style::Dim);
  if (!card.preview.empty()) {
    text += terminal.styled(Style::Dim, "  A dry run says:") + "\n";
    text += wrapped_lines(card.preview, 4);
  }
  if (!card.result.empty()) text += "\n" + plain_lines(card.result);
  return text;
}

std::string card_line(const Card& card, const Terminal& terminal) {
  const std::string label = "  " + padded(std::to_string(card.id), 4);
  return terminal.entry(label, plain(card.title), 8, Style::Warn) +
         terminal.entry("", plain(card.reason), 8);
}

}  // namespace host
