#include "host/planner/rules/summary.hpp"

#include <algorithm>
#include <cctype>
#include <sstream>

namespace host {

namespace {

constexpr std::size_t kSummaryMax = 140;
constexpr std::size_t kGreetingMax = 40;

/// "Hi both," and "Dear Maja": short, and ending in a comma or followed by an empty line.
bool is_greeting(const std::string& line, const std::string& next) {
  if (line.empty()) return true;
  const char last = line.back();
  return line.size() <= kGreetingMax && (last == ',' || last == '!' || next.empty());
}

/// The line that begins at `at`, on one line; empty at the end.
std::string line_at(const std::string& text, std::size_t at) {
  if (at >= text.size()) return "";
  return on_one_line(text.substr(at, std::min(text.find('\n', at), text.size()) - at));
}

/// Behind the first sentence; a full stop before a digit or a small letter ends none ("no. 77").
std::size_t end_of_sentence(const std::string& text) {
  for (std::size_t at = text.find(". "); at != std::string::npos; at = text.find(". ", at + 1)) {
    const auto next = static_cast<unsigned char>(text[std::min(at + 2, text.size() - 1)]);
    if (std::isdigit(next) == 0 && std::islower(next) == 0) return at + 1;
  }
  return text.size();
}

/// The first paragraph of the letter itself, on one line.
std::string body_of(const std::string& text) {
  std::istringstream lines(without_greeting(text));
  std::string body;
  std::string line;
  while (std::getline(lines, line)) {
    const std::string words = on_one_line(line);
    if (words.starts_with('>')) continue;
    if (!body.empty() && words.empty()) break;
    body += (body.empty() ? "" : " ") + words;
  }
  return body;
}

/// The text cut before the character that would pass the limit.
std::string cut(const std::string& text) {
  if (text.size() <= kSummaryMax) return text;
  std::size_t end = text.rfind(' ', kSummaryMax);
  if (end == std::string::npos || end < kSummaryMax / 2) end = kSummaryMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

}  // namespace

std::string without_greeting(const std::string& text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t next = std::min(text.find('\n', at), text.size() - 1) + 1;
    const bool alone = next >= text.size();
    if (!is_greeting(line_at(text, at), alone ? "." : line_at(text, next))) break;
    at = next;
  }
  return text.substr(at);
}

std::string on_one_line(const std::string& text) {
  std::istringstream words(text);
  std::string line;
  std::string word;
  while (words >> word) line += (line.empty() ? "" : " ") + word;
  return line;
}

std::string summary_of(const std::string& text) {
  const std::string body = body_of(text);
  return cut(body.substr(0, end_of_sentence(body)));
}

}  // namespace host
