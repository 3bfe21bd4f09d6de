#include "servers/files/edits.hpp"

#include <glib.h>

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "protocol/mcp/handler.hpp"

namespace files {
namespace {

constexpr std::size_t kLinesNamed = 10;

std::vector<std::string_view> plain_lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (true) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

/// What JavaScript's trim() takes away and \s matches.
bool is_blank(gunichar c) {
  constexpr gunichar kByteOrderMark = 0xFEFF;
  constexpr gunichar kLineSeparator = 0x2028;
  constexpr gunichar kParagraphSeparator = 0x2029;
  return (c >= '\t' && c <= '\r') || c == kByteOrderMark || c == kLineSeparator ||
         c == kParagraphSeparator || g_unichar_type(c) == G_UNICODE_SPACE_SEPARATOR;
}

/// The blanks that a line begins with. The texts are valid UTF-8.
std::string_view indent_of(std::string_view line) {
  const char* at = line.data();
  const char* end = at + line.size();
  while (at < end && is_blank(g_utf8_get_char(at))) at = g_utf8_next_char(at);
  return line.substr(0, static_cast<std::size_t>(at - line.data()));
}

std::string_view without_indent(std::string_view line) {
  return line.substr(indent_of(line).size());
}

std::string_view without_blanks(std::string_view line) {
  line = without_indent(line);
  while (!line.empty()) {
    const char* last = g_utf8_prev_char(line.data() + line.size());
    if (!is_blank(g_utf8_get_char(last))) break;
    line = line.substr(0, static_cast<std::size_t>(last - line.data()));
  }
  return line;
}

std::int64_t width_of(std::string_view indent) {
  return g_utf8_strlen(indent.data(), static_cast<gssize>(indent.size()));
}

/// "4, 9 and 20"
std::string listed(const std::vector<std::size_t>& lines) {
  std::string text;
  const std::size_t shown = std::min(lines.size(), kLinesNamed);
  for (std::size_t i = 0; i < shown; ++i) {
    const bool is_last = i + 1 == lines.size();
    if (i > 0) text += is_last ? " and " : ", ";
    text += std::to_string(lines[i]);
  }
  if (shown < lines.size()) text += " and " + std::to_string(lines.size() - shown) + " more";
  return text;
}

std::string pointer_of(std::size_t index) {
  return "/edits/" + std::to_string(index) + "/oldText: ";
}

[[noreturn]] void refuse_ambiguous(std::size_t index, const std::vector<std::size_t>& lines,
                                   std::string_view how) {
  throw mcp::ToolError(
      pointer_of(index) + "matches " + std::to_string(lines.size()) + " times" + std::string(how) +
      ", at lines " + listed(lines) +
      "; nothing was changed. Give more of the text around the one that is meant.");
}

/// Where the old text stands as it is: offsets, and the lines they are in, from 1.
struct ExactPlaces {
  std::vector<std::size_t> offsets{};
  std::vector<std::size_t> lines{};
};

ExactPlaces exact_places(const std::string& text, const std::string& old) {
  ExactPlaces places;
  std::size_t line = 1;
  std::size_t counted = 0;
  for (std::size_t at = text.find(old); at != std::string::npos; at = text.find(old, at + 1)) {
    line +=
        static_cast<std::size_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(counted),
                                            text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    counted = at;
    places.offsets.push_back(at);
    places.lines.push_back(line);
  }
  return places;
}

/// Where it does but for the blanks around each line; a place is the index of its first line.
std::vector<std::size_t> loose_places(const std::vector<std::string_view>& lines,
                                      const std::vector<std::string_view>& old) {
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at + old.size() <= lines.size(); ++at) {
    const bool matches =
        std::equal(old.begin(), old.end(), lines.begin() + static_cast<std::ptrdiff_t>(at),
                   [](std::string_view mine, std::string_view theirs) {
                     return without_blanks(mine) == without_blanks(theirs);
                   });
    if (matches) places.push_back(at);
  }
  return places;
}

/// The new lines, indented as the place is.
std::string indented(std::string_view place, const std::vector<std::string_view>& old,
                     const std::string& text) {
  const std::string indent(indent_of(place));
  std::string out;
  const std::vector<std::string_view> lines = plain_lines_of(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i > 0) out += '\n';
    const std::string_view old_indent = i < old.size() ? indent_of(old[i]) : std::string_view();
    const std::string_view new_indent = indent_of(lines[i]);
    if (i == 0) {
      out += indent + std::string(without_indent(lines[i]));
    } else if (!old_indent.empty() && !new_indent.empty()) {
      const std::int64_t more =
          std::max<std::int64_t>(0, width_of(new_indent) - width_of(old_indent));
      out += indent + std::string(static_cast<std::size_t>(more), ' ');
      out += without_indent(lines[i]);
    } else {
      out += lines[i];
    }
  }
  return out;
}

void apply_edit(EditedText& text, const Edit& edit, std::size_t index) {
  const std::string old = with_plain_ends(edit.oldText);
  if (old.empty()) {
    throw mcp::ToolError(pointer_of(index) + "expected the text to replace, got an empty one");
  }
  const ExactPlaces exact = exact_places(text.plain(), old);
  if (exact.offsets.size() > 1) refuse_ambiguous(index, exact.lines, "");
  if (exact.offsets.size() == 1) {
    return text.replace({.at = exact.offsets.front(), .length = old.size(), .with = edit.newText});
  }
  const std::vector<std::string_view> lines = plain_lines_of(text.plain());
  const std::vector<std::string_view> old_lines = plain_lines_of(old);
  std::vector<std::size_t> loose = loose_places(lines, old_lines);
  if (loose.empty()) {
    throw mcp::ToolError("Could not find exact match for edit:\n" + edit.oldText);
  }
  const std::size_t first = loose.front();
  const auto at = static_cast<std::size_t>(lines[first].data() - text.plain().data());
  const std::string_view last = lines[first + old_lines.size() - 1];
  const auto end = static_cast<std::size_t>(last.data() + last.size() - text.plain().data());
  for (std::size_t& line : loose) ++line;
  if (loose.size() > 1) refuse_ambiguous(index, loose, " but for the blanks around its lines");
  std::string with = indented(lines[first], old_lines, with_plain_ends(edit.newText));
  if (edit.newText.find("\r\n") != std::string::npos) {
    for (std::size_t i = with.find('\n'); i != std::string::npos; i = with.find('\n', i + 2)) {
      with.insert(i, 1, '\r');
    }
  }
  text.replace({.at = at, .length = end - at, .with = with});
}

}  // namespace

std::string with_plain_ends(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    plain += text[i];
  }
  return plain;
}

EditedText::EditedText(std::string_view text) : plain_(with_plain_ends(text)) {
  for (std::size_t at = text.find('\n'); at != std::string_view::npos;
       at = text.find('\n', at + 1)) {
    with_return_.push_back(at > 0 && text[at - 1] == '\r');
  }
}

std::string EditedText::whole() const {
  std::string text;
  text.reserve(plain_.size() + with_return_.size());
  std::size_t line = 0;
  for (const char c : plain_) {
    if (c == '\n' && with_return_[line++]) text += '\r';
    text += c;
  }
  return text;
}

void EditedText::replace(const Replacement& replacement) {
  const auto start = plain_.begin() + static_cast<std::ptrdiff_t>(replacement.at);
  const auto stop = start + static_cast<std::ptrdiff_t>(replacement.length);
  const std::ptrdiff_t before = std::count(plain_.begin(), start, '\n');
  const std::ptrdiff_t replaced = std::count(start, stop, '\n');
  const std::string with = with_plain_ends(replacement.with);

  // Past the ends that are replaced: as the last of those; else as the line it stands in, else as
  // the line before, else as it was given.
  bool further = replacement.with.find("\r\n") != std::string_view::npos;
  const auto count = static_cast<std::ptrdiff_t>(with_return_.size());
  if (replaced > 0) {
    further = with_return_[static_cast<std::size_t>(before + replaced - 1)];
  } else if (count > 0) {
    further = with_return_[static_cast<std::size_t>(std::min(before, count - 1))];
  }
  std::vector<bool> ends(with_return_.begin() + before, with_return_.begin() + before + replaced);
  ends.resize(static_cast<std::size_t>(std::ranges::count(with, '\n')), further);

  with_return_.erase(with_return_.begin() + before, with_return_.begin() + before + replaced);
  with_return_.insert(with_return_.begin() + before, ends.begin(), ends.end());
  plain_.replace(replacement.at, replacement.length, with);
}

void apply_edits(EditedText& text, const std::vector<Edit>& edits) {
  for (std::size_t i = 0; i < edits.size(); ++i) apply_edit(text, edits[i], i);
}

}  // namespace files
