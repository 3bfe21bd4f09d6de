#include "servers/email/mime/layout.hpp"

#include <cstddef>
#include <optional>

namespace email {
namespace {

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

std::size_t quote_depth(std::string_view line) {
  const std::size_t end = line.find_first_not_of('>');
  return end == std::string_view::npos ? line.size() : end;
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

/// "-----Original Message-----" and the like, in any language: dashes, words, dashes.
bool begins_original(std::string_view line) {
  constexpr std::string_view kDashes = "-----";
  while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.remove_suffix(1);
  if (line.size() < 2 * kDashes.size() + 3) return false;
  return line.starts_with(kDashes) && line.ends_with(kDashes) &&
         line.find_first_not_of("- ") != std::string_view::npos;
}

/// Outlook separates what it quotes by a line of underscores and a header block.
bool is_outlook_rule(std::string_view line, std::string_view rest) {
  if (line.size() < 20 || line.find_first_not_of('_') != std::string_view::npos) return false;
  const std::string_view next = take_line(rest);
  const std::size_t colon = next.find(": ");
  return colon != std::string_view::npos && colon > 0 && colon < 20 &&
         next.find('@') != std::string_view::npos;
}

std::size_t count_lines(std::string_view text) {
  std::size_t lines = 0;
  while (!text.empty())
    if (!is_blank(take_line(text))) ++lines;
  return lines;
}

std::string marker(std::size_t lines) {
  return "[" + std::to_string(lines) + (lines == 1 ? " quoted line]\n" : " quoted lines]\n");
}

}  // namespace

std::string unflowed(std::string_view text, bool delete_space) {
  std::string out;
  std::optional<std::size_t> open;  // the quote depth of a paragraph that goes on
  while (!text.empty()) {
    std::string_view line = take_line(text);
    const std::size_t depth = quote_depth(line);
    std::string_view words = line.substr(depth);
    if (words.starts_with(' ')) words.remove_prefix(1);
    const bool signature = words == "-- ";
    const bool flows = words.ends_with(' ') && !signature;
    if (open && (*open != depth || signature)) {
      out += '\n';
      open.reset();
    }
    if (!open && depth > 0) out += std::string(depth, '>') + " ";
    if (flows && delete_space) words.remove_suffix(1);
    out += words;
    if (!flows) out += '\n';
    open = flows ? std::optional(depth) : std::nullopt;
  }
  if (open) out += '\n';
  return out;
}

std::string fold_quotes(std::string_view text) {
  std::string out;
  std::size_t quoted = 0;
  std::string blanks;  // after a quote: part of it if the quote goes on
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (line.starts_with('>')) {
      ++quoted;
      blanks.clear();
      continue;
    }
    if (quoted > 0 && is_blank(line)) {
      blanks += '\n';
      continue;
    }
    if (quoted > 0) out += marker(quoted) + blanks;
    quoted = 0;
    blanks.clear();
    out += line;
    out += '\n';
    if (!begins_original(line) && !is_outlook_rule(line, text)) continue;
    const std::size_t lines = count_lines(text);
    if (lines > 0) out += marker(lines);
    return out;
  }
  if (quoted > 0) out += marker(quoted);
  return out;
}

}  // namespace email
