#include "host/planner/rules/summary.hpp"

#include <algorithm>
#include <sstream>

namespace host {

namespace {

constexpr std::size_t kSummaryMax = 140;
constexpr std::size_t kGreetingMax = 40;

/// "Hi both," and "Dear Maja": short, alone on its line, ending in a comma or in an empty line.
bool is_greeting(const std::string& line) {
  if (line.empty()) return true;
  const char last = line.back();
  return line.size() <= kGreetingMax && (last == ',' || last == '!');
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
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (!is_greeting(on_one_line(text.substr(at, end - at)))) break;
    at = std::min(end + 1, text.size());
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
  const std::size_t end = body.find(". ");
  return cut(end == std::string::npos ? body : body.substr(0, end + 1));
}

}  // namespace host
