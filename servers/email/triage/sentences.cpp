#include "servers/email/triage/sentences.hpp"

#include <algorithm>
#include <array>

#include "servers/email/triage/ascii.hpp"

namespace email::triage {
namespace {

constexpr std::size_t kShortLine =
    45;  // Mail is wrapped at 60 to 78; a shorter line ends on purpose.
constexpr std::size_t kSentenceMax = 600;
constexpr std::string_view kBlanks = " \t\r";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

/// Takes the first line off `text`.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

/// True of the line below which the words are somebody else's, or nobody's.
bool ends_new_text(std::string_view line) {
  if (line == "-- " || line == "--") return true;
  const std::string small = lower(trimmed(line));
  if (small.find("original message") != std::string::npos && small.starts_with("--")) return true;
  if (small.starts_with("---------- forwarded") || small.starts_with("-----forwarded") ||
      small.starts_with("begin forwarded") || small.starts_with("----- forwarded") ||
      small.starts_with("________________")) {
    return true;
  }
  const bool introduces = small.ends_with("wrote:") || small.ends_with("writes:") ||
                          small.ends_with("schrieb:") || small.ends_with("a écrit :") ||
                          small.ends_with("escribió:") || small.ends_with("escreveu:") ||
                          small.ends_with("napisał(a):") || small.ends_with("ha scritto:");
  return introduces;
}

bool is_bullet(std::string_view line) {
  return line.starts_with("- ") || line.starts_with("* ") || line.starts_with("• ") ||
         (line.size() > 2 && is_digit(line[0]) && (line[1] == '.' || line[1] == ')'));
}

bool is_abbreviation(std::string_view before) {
  constexpr std::array<std::string_view, 15> kShort = {"mr", "mrs", "ms",  "dr",     "prof",
                                                       "st", "vs",  "e.g", "i.e",    "etc",
                                                       "no", "inc", "ltd", "approx", "a.m"};
  const std::size_t start = before.find_last_of(" (\"");
  const std::string word = lower(before.substr(start == std::string_view::npos ? 0 : start + 1));
  return word.size() == 1 || std::ranges::find(kShort, word) != kShort.end();
}

/// The end of the sentence that begins at `text`: after its mark and closing quotes.
std::size_t sentence_end(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '.' && text[i] != '?' && text[i] != '!') continue;
    std::size_t end = i + 1;
    while (end < text.size() &&
           std::string_view(".?!\"')").find(text[end]) != std::string_view::npos) {
      ++end;
    }
    if (end < text.size() && text[end] != ' ') continue;
    if (text[i] == '.' && end == i + 1 && is_abbreviation(text.substr(0, i))) continue;
    return end;
  }
  return text.size();
}

void append_sentences(std::string_view paragraph, std::size_t max, std::vector<std::string>& out) {
  paragraph = trimmed(paragraph);
  while (!paragraph.empty() && out.size() < max) {
    const std::size_t end = sentence_end(paragraph);
    const std::string_view sentence = trimmed(paragraph.substr(0, end));
    if (sentence.size() <= kSentenceMax) out.emplace_back(sentence);
    paragraph = trimmed(paragraph.substr(end));
  }
}

}  // namespace

std::string new_text(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (ends_new_text(line)) break;
    if (line.starts_with('>')) continue;
    out.append(line).append("\n");
  }
  return out;
}

std::vector<std::string> sentences(std::string_view text, std::size_t max) {
  std::vector<std::string> out;
  std::string paragraph;
  while (!text.empty() && out.size() < max) {
    const std::string_view line = trimmed(take_line(text));
    if (line.empty() || is_bullet(line)) {
      append_sentences(paragraph, max, out);
      paragraph.clear();
    }
    paragraph.append(line).append(" ");
    if (line.size() < kShortLine) {
      append_sentences(paragraph, max, out);
      paragraph.clear();
    }
  }
  append_sentences(paragraph, max, out);
  return out;
}

}  // namespace email::triage
