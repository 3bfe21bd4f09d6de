#include "servers/files/unified_diff.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace files {
namespace {

using Line = std::ptrdiff_t;

constexpr Line kContext = 4;
/// Paths are kept for so many edits at most; they take their square in memory.
constexpr Line kEditsMax = 3000;

/// Lines, each with its end.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t size = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

enum class Kind : std::uint8_t { Same, Added, Removed };

/// So many lines in a row.
struct Run {
  Kind kind{};
  Line count{};
};

/// Equal lines have equal numbers.
struct Numbered {
  std::vector<std::size_t> before{};
  std::vector<std::size_t> after{};
};

Numbered numbered(const std::vector<std::string_view>& before,
                  const std::vector<std::string_view>& after) {
  std::unordered_map<std::string_view, std::size_t> numbers;
  const auto number = [&](std::string_view line) {
    return numbers.try_emplace(line, numbers.size()).first->second;
  };
  Numbered out;
  for (const std::string_view line : before) out.before.push_back(number(line));
  for (const std::string_view line : after) out.after.push_back(number(line));
  return out;
}

/// The search for the shortest way from one text to the other. A path has got to `old` lines of the
/// first; how it got there is a chain of runs.
class PathSearch final {
 public:
  explicit PathSearch(const Numbered& texts)
      : before_(texts.before),
        after_(texts.after),
        old_size_(static_cast<Line>(before_.size())),
        new_size_(static_cast<Line>(after_.size())),
        reach_(std::min(old_size_ + new_size_, kEditsMax)),
        best_(static_cast<std::size_t>(2 * reach_ + 3)) {}

  /// Nothing where it takes more than kEditsMax edits.
  std::optional<std::vector<Run>> shortest() {
    Path start;
    if (is_end(start, follow_same(start, 0))) return runs(start);
    at(0) = start;
    for (Line edits = 1; edits <= reach_; ++edits) {
      if (std::optional<Path> end = extend(edits)) return runs(*end);
    }
    return std::nullopt;
  }

 private:
  static constexpr std::int32_t kNone = -1;
  struct Link {
    Kind kind{};
    std::int32_t count{};
    std::int32_t previous{kNone};
  };
  struct Path {
    Line old{};
    std::int32_t last{kNone};
  };

  std::optional<Path>& at(Line diagonal) {
    return best_[static_cast<std::size_t>(diagonal + reach_ + 1)];
  }
  bool is_end(const Path& path, Line in_new) const {
    return path.old >= old_size_ && in_new >= new_size_;
  }

  void append(Path& path, Kind kind, Line count) {
    Link link{.kind = kind, .count = static_cast<std::int32_t>(count), .previous = path.last};
    if (path.last != kNone && kind != Kind::Same) {
      const Link& last = links_[static_cast<std::size_t>(path.last)];
      if (last.kind == kind) {
        link.count += last.count;
        link.previous = last.previous;
      }
    }
    path.last = static_cast<std::int32_t>(links_.size());
    links_.push_back(link);
  }

  /// Goes on over equal lines; returns how far it got in the new text.
  Line follow_same(Path& path, Line diagonal) {
    const Line start = path.old;
    while (path.old < old_size_ && path.old - diagonal < new_size_ &&
           before_[static_cast<std::size_t>(path.old)] ==
               after_[static_cast<std::size_t>(path.old - diagonal)]) {
      ++path.old;
    }
    if (path.old > start) append(path, Kind::Same, path.old - start);
    return path.old - diagonal;
  }

  /// All paths with one edit more; the one that has reached both ends, if any.
  std::optional<Path> extend(Line edits) {
    for (Line diagonal = std::max(lowest_, -edits); diagonal <= std::min(highest_, edits);
         diagonal += 2) {
      const std::optional<Path> removing = std::exchange(at(diagonal - 1), std::nullopt);
      const std::optional<Path>& adding = at(diagonal + 1);
      const bool can_add =
          adding && adding->old - diagonal > 0 && adding->old - diagonal <= new_size_;
      const bool can_remove = removing && removing->old < old_size_;
      if (!can_add && !can_remove) {
        at(diagonal).reset();
        continue;
      }
      const bool adds = !can_remove || (can_add && removing->old < adding->old);
      Path path = adds ? *adding : *removing;
      append(path, adds ? Kind::Added : Kind::Removed, 1);
      if (!adds) ++path.old;
      const Line in_new = follow_same(path, diagonal);
      if (is_end(path, in_new)) return path;
      at(diagonal) = path;
      if (path.old >= old_size_) highest_ = std::min(highest_, diagonal - 1);
      if (in_new >= new_size_) lowest_ = std::max(lowest_, diagonal + 1);
    }
    return std::nullopt;
  }

  std::vector<Run> runs(const Path& path) const {
    std::vector<Run> out;
    for (std::int32_t link = path.last; link != kNone;) {
      const Link& here = links_[static_cast<std::size_t>(link)];
      out.push_back({.kind = here.kind, .count = here.count});
      link = here.previous;
    }
    std::ranges::reverse(out);
    return out;
  }

  const std::vector<std::size_t>& before_;
  const std::vector<std::size_t>& after_;
  Line old_size_;
  Line new_size_;
  Line reach_;  ///< Diagonals go from -reach_ to reach_.
  std::vector<std::optional<Path>> best_;
  std::vector<Link> links_{};
  Line lowest_{std::numeric_limits<Line>::min()};
  Line highest_{std::numeric_limits<Line>::max()};
};

/// Everything between the lines that both begin and end with.
std::vector<Run> replaced_whole(const Numbered& texts) {
  const auto& [before, after] = texts;
  const auto first = std::ranges::mismatch(before, after);
  const Line head = first.in1 - before.begin();
  Line tail = 0;
  while (tail < static_cast<Line>(std::min(before.size(), after.size())) - head &&
         *(before.rbegin() + tail) == *(after.rbegin() + tail)) {
    ++tail;
  }
  std::vector<Run> runs;
  if (head > 0) runs.push_back({Kind::Same, head});
  runs.push_back({Kind::Removed, static_cast<Line>(before.size()) - head - tail});
  runs.push_back({Kind::Added, static_cast<Line>(after.size()) - head - tail});
  if (tail > 0) runs.push_back({Kind::Same, tail});
  return runs;
}

/// Collects the lines of one hunk after the other.
class Hunks final {
 public:
  Hunks(const std::vector<std::string_view>& before, const std::vector<std::string_view>& after)
      : before_(before), after_(after) {}

  std::string text(const std::vector<Run>& runs) {
    for (std::size_t i = 0; i < runs.size(); ++i) {
      if (runs[i].kind == Kind::Same) {
        pass_same(runs[i].count, i + 1 == runs.size());
      } else {
        open();
        add_changed(runs[i]);
      }
    }
    if (is_open_) close(0);
    return std::move(text_);
  }

 private:
  void open() {
    if (is_open_) return;
    is_open_ = true;
    const Line shown = std::min(kContext, same_before_);
    old_start_ = old_ - shown;
    new_start_ = new_ - shown;
    for (Line i = old_start_; i < old_; ++i) add(' ', before_[static_cast<std::size_t>(i)]);
  }

  void add_changed(const Run& run) {
    const bool removes = run.kind == Kind::Removed;
    Line& at = removes ? old_ : new_;
    for (Line i = 0; i < run.count; ++i, ++at) {
      add(removes ? '-' : '+', (removes ? before_ : after_)[static_cast<std::size_t>(at)]);
    }
    same_before_ = 0;
  }

  void pass_same(Line count, bool is_last) {
    const bool joins = count <= 2 * kContext && !is_last;
    const Line shown = joins ? count : std::min(count, kContext);
    if (is_open_) {
      for (Line i = 0; i < shown; ++i) add(' ', before_[static_cast<std::size_t>(old_ + i)]);
      if (!joins) close(shown);
    }
    old_ += count;
    new_ += count;
    same_before_ = count;
  }

  void close(Line shown) {
    text_ += "@@ -" + range(old_start_, old_ + shown) + " +" + range(new_start_, new_ + shown) +
             " @@\n" + lines_;
    lines_.clear();
    is_open_ = false;
  }

  static std::string range(Line start, Line end) {
    const Line count = end - start;
    return std::to_string(count == 0 ? start : start + 1) + "," + std::to_string(count);
  }

  void add(char sign, std::string_view line) {
    lines_ += sign;
    lines_ += line;
    if (!line.ends_with('\n')) lines_ += "\n\\ No newline at end of file\n";
  }

  const std::vector<std::string_view>& before_;
  const std::vector<std::string_view>& after_;
  std::string text_{};
  std::string lines_{};
  bool is_open_{};
  Line old_{};
  Line new_{};
  Line old_start_{};
  Line new_start_{};
  Line same_before_{};
};

}  // namespace

std::string unified_diff(std::string_view path, std::string_view before, std::string_view after) {
  const std::string name(path);
  std::string text = "Index: " + name + "\n" + std::string(67, '=') + "\n--- " + name +
                     "\toriginal\n+++ " + name + "\tmodified\n";
  const std::vector<std::string_view> old_lines = lines_of(before);
  const std::vector<std::string_view> new_lines = lines_of(after);
  const Numbered texts = numbered(old_lines, new_lines);
  const std::optional<std::vector<Run>> runs = PathSearch(texts).shortest();
  return text + Hunks(old_lines, new_lines).text(runs ? *runs : replaced_whole(texts));
}

}  // namespace files
