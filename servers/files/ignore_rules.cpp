#include "servers/files/ignore_rules.hpp"

#include <algorithm>
#include <ranges>
#include <string>

namespace files {
namespace {

/// Without the blanks at its end that no backslash holds.
std::string_view trimmed(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  while (line.ends_with(' ')) {
    const std::size_t last = line.find_last_not_of(' ');
    if (last != std::string_view::npos && line[last] == '\\') {
      return line.substr(0, last + 2);
    }
    line.remove_suffix(line.size() - (last == std::string_view::npos ? 0 : last + 1));
  }
  return line;
}

}  // namespace

IgnoreFile::IgnoreFile(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view words = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (words.empty() || words.starts_with('#')) continue;
    Line line;
    line.kept = words.starts_with('!');
    if (line.kept) words.remove_prefix(1);
    line.folders = words.ends_with('/');
    if (line.folders) words.remove_suffix(1);
    line.any_depth = words.find('/') == std::string_view::npos;
    if (words.starts_with('/')) words.remove_prefix(1);
    if (words.empty()) continue;
    line.glob = parse_path(words, GlobRules::Git);
    lines_.push_back(std::move(line));
  }
}

IgnoreFile::Verdict IgnoreFile::verdict(PathParts path, bool is_folder) const {
  for (const Line& line : std::views::reverse(lines_)) {
    if (line.folders && !is_folder) continue;
    if (!matches(line.glob, line.any_depth ? path.last(1) : path)) continue;
    return line.kept ? Verdict::Kept : Verdict::Ignored;
  }
  return Verdict::Silent;
}

IgnoreRules IgnoreRules::with(std::string_view text, std::size_t depth) const {
  IgnoreRules rules = *this;
  rules.scopes_.push_back(
      std::make_shared<const Scope>(Scope{.file = IgnoreFile(text), .depth = depth}));
  return rules;
}

IgnoreRules IgnoreRules::with_outer(std::string_view text, std::vector<std::string> above) const {
  IgnoreRules rules = *this;
  rules.scopes_.push_back(
      std::make_shared<const Scope>(Scope{.file = IgnoreFile(text), .above = std::move(above)}));
  return rules;
}

bool IgnoreRules::ignores(PathParts path, bool is_folder) const {
  std::vector<std::string_view> whole;
  for (const auto& scope : std::views::reverse(scopes_)) {
    PathParts seen = path.subspan(scope->depth);
    if (!scope->above.empty()) {
      whole.assign(scope->above.begin(), scope->above.end());
      whole.insert(whole.end(), path.begin(), path.end());
      seen = whole;
    }
    switch (scope->file.verdict(seen, is_folder)) {
      case IgnoreFile::Verdict::Ignored:
        return true;
      case IgnoreFile::Verdict::Kept:
        return false;
      case IgnoreFile::Verdict::Silent:
        break;
    }
  }
  return false;
}

}  // namespace files
