#include "host/commands/terminal.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cwchar>

namespace host {

namespace {

constexpr char32_t kReplacement = 0xFFFD;

/// The code point at `at`, which moves behind it. What is not UTF-8 is read as U+FFFD, byte by
/// byte.
char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
  const unsigned char first = byte(at++);
  if (first < 0x80) return first;
  const std::size_t more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
  if (first < 0xC2 || first > 0xF4 || at + more > text.size()) return kReplacement;
  char32_t code = first & (0x3FU >> more);
  for (std::size_t i = 0; i < more; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80U) return kReplacement;
    code = (code << 6U) | (byte(at + i) & 0x3FU);
  }
  static constexpr std::array<char32_t, 4> kSmallest{0, 0x80, 0x800, 0x10000};
  if (code < kSmallest[more] || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
    return kReplacement;
  at += more;
  return code;
}

bool is_space(char32_t code) {
  return code == ' ' || (code >= '\t' && code <= '\r') || code == 0x85 || code == 0xA0 ||
         code == 0x2028 || code == 0x2029;
}

/// Control characters of C0 and C1, and the marks that reorder or hide text (bidirectional
/// overrides and isolates, zero-width characters, tags).
bool is_hidden(char32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0xAD || code == 0x61C ||
         (code >= 0x200B && code <= 0x200F) || (code >= 0x202A && code <= 0x202E) ||
         (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF ||
         (code >= 0xE0000 && code <= 0xE007F);
}

std::size_t width_of(char32_t code) {
  const int width = ::wcwidth(static_cast<wchar_t>(code));
  return width < 0 ? 0 : static_cast<std::size_t>(width);
}

std::string_view code_of(Style style) {
  switch (style) {
    case Style::Plain:
      return "";
    case Style::Bold:
      return "\033[1m";
    case Style::Dim:
      return "\033[2m";
    case Style::Good:
      return "\033[32m";
    case Style::Warn:
      return "\033[33m";
    case Style::Bad:
      return "\033[31m";
  }
  return "";
}

}  // namespace

std::string plain(std::string_view text) {
  std::string result;
  bool gap = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t code = next_code_point(text, at);
    if (is_space(code)) {
      gap = !result.empty();
      continue;
    }
    if (is_hidden(code)) continue;
    if (gap) result += ' ';
    gap = false;
    if (code == kReplacement) {
      result += "\xEF\xBF\xBD";
    } else {
      result += text.substr(begin, at - begin);
    }
  }
  return result;
}

std::string plain_lines(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    result += std::string(indent, ' ') + plain(line) + "\n";
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return result;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) width += width_of(next_code_point(text, at));
  return width;
}

std::string fitted(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  if (width == 0) return "";
  std::size_t used = 0;
  std::size_t keep = 0;
  for (std::size_t at = 0; at < text.size();) {
    used += width_of(next_code_point(text, at));
    if (used > width - 1) break;
    keep = at;
  }
  while (keep > 0 && text[keep - 1] == ' ') --keep;
  return std::string(text.substr(0, keep)) + "…";
}

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t used = display_width(text);
  return std::string(text) + std::string(used < width ? width - used : 0, ' ');
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  std::string line;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    if (!line.empty() && display_width(line) + 1 + display_width(word) > width) {
      lines.push_back(std::move(line));
      line.clear();
    }
    if (!line.empty()) line += ' ';
    line += word;
  }
  if (!line.empty() || lines.empty()) lines.push_back(line);
  return lines;
}

std::string wrapped_lines(std::string_view text, std::size_t indent) {
  std::string result;
  const std::string lines = plain_lines(text);
  for (std::size_t at = 0; at < lines.size(); at = lines.find('\n', at) + 1) {
    const std::string line = lines.substr(at, lines.find('\n', at) - at);
    const std::size_t before = indent + std::min(line.find_first_not_of(' '), line.size());
    for (const std::string& part :
         wrapped(line, Terminal::kWidth - std::min(before, Terminal::kWidth / 2)))
      result += std::string(before, ' ') + part + "\n";
  }
  return result;
}

Terminal Terminal::of(int fd) {
  const char* no_colour = std::getenv("NO_COLOR");
  return Terminal(::isatty(fd) == 1 && (no_colour == nullptr || *no_colour == '\0'));
}

std::string Terminal::styled(Style style, std::string_view text) const {
  if (!colour_ || style == Style::Plain || text.empty()) return std::string(text);
  return std::string(code_of(style)) + std::string(text) + "\033[0m";
}

std::string Terminal::heading(std::string_view title) const {
  std::string line = "── " + styled(Style::Bold, title) + " ";
  for (std::size_t used = display_width(title) + 4; used < kWidth; ++used) line += "─";
  return line + "\n";
}

std::string Terminal::entry(std::string_view label, std::string_view text, std::size_t indent,
                            Style label_style) const {
  std::string result;
  const std::string first = padded(label, indent);
  for (const std::string& line : wrapped(text, kWidth - indent)) {
    result += result.empty() ? styled(label_style, first) : std::string(indent, ' ');
    result += line + "\n";
  }
  return result;
}

}  // namespace host
