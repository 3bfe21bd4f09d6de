#include "servers/files/glob.hpp"

#include <algorithm>
#include <limits>

#include "servers/files/braces.hpp"

namespace files {
namespace {

using Section = std::span<const GlobSegment>;

/// Each segment against the part at its place.
bool fits(Section section, PathParts path, std::size_t at) {
  if (at + section.size() > path.size()) return false;
  for (std::size_t i = section.size(); i-- > 0;) {
    if (!section[i].matches(path[at + i])) return false;
  }
  return true;
}

/// "a/../b" is "b"; adjacent globstars are one.
std::vector<std::string> simplified(const std::vector<std::string>& parts) {
  std::vector<std::string> kept;
  for (const std::string& part : parts) {
    const std::string last = kept.empty() ? "" : kept.back();
    if (part == "**" && last == "**") continue;
    if (part == ".." && !last.empty() && last != ".." && last != "." && last != "**") {
      kept.pop_back();
    } else {
      kept.push_back(part);
    }
  }
  if (kept.empty()) kept.emplace_back();
  return kept;
}

std::vector<std::string> split(std::string_view pattern) {
  std::vector<std::string> parts(1);
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '/') {
      parts.back() += pattern[i];
    } else if (i == 0 || pattern[i - 1] != '/') {
      parts.emplace_back();
    }
  }
  return parts;
}

}  // namespace

GlobPath parse_path(std::string_view pattern, GlobRules rules) {
  GlobPath path;
  for (const std::string& part : simplified(split(pattern))) path.emplace_back(part, rules);
  return path;
}

bool matches(const GlobPath& glob, PathParts path) {
  const auto first = std::ranges::find_if(glob, &GlobSegment::is_globstar);
  if (first == glob.end()) return glob.size() == path.size() && fits(glob, path, 0);
  const Section all(glob);
  auto last = glob.end() - 1;
  while (!last->is_globstar()) --last;
  const Section head = all.first(static_cast<std::size_t>(first - glob.begin()));
  const Section tail = all.subspan(static_cast<std::size_t>(last - glob.begin()) + 1);
  if (head.size() + tail.size() > path.size()) return false;
  const std::size_t end = path.size() - tail.size();
  if (!fits(tail, path, end) || !fits(head, path, 0)) return false;
  std::size_t at = head.size();
  if (first == last) return !tail.empty() || at < end;
  // The sections between the globstars, each where it first fits.
  for (auto star = first; star != last;) {
    const auto next = std::find_if(star + 1, glob.end(),
                                   [](const GlobSegment& each) { return each.is_globstar(); });
    const Section section = all.subspan(static_cast<std::size_t>(star - glob.begin()) + 1,
                                        static_cast<std::size_t>(next - star) - 1);
    const PathParts within = path.first(end);
    while (at + section.size() <= end && !fits(section, within, at)) ++at;
    if (at + section.size() > end) return false;
    at += section.size();
    star = next;
  }
  return !tail.empty() || at < end;
}

Glob::Glob(std::string_view pattern) : parts_max_(0) {
  if (pattern.empty() || pattern[0] == '#') return;
  while (pattern.starts_with('!')) {
    negated_ = !negated_;
    pattern.remove_prefix(1);
  }
  bool endless = negated_;
  for (const std::string& one : expand_braces(pattern)) {
    paths_.push_back(parse_path(one, GlobRules::Minimatch));
    endless = endless || std::ranges::any_of(paths_.back(), &GlobSegment::is_globstar);
    parts_max_ = std::max(parts_max_, paths_.back().size());
  }
  if (endless) parts_max_ = std::numeric_limits<std::size_t>::max();
}

bool Glob::matches(PathParts path) const {
  const bool found =
      std::ranges::any_of(paths_, [&](const GlobPath& glob) { return files::matches(glob, path); });
  return found != negated_;
}

}  // namespace files
