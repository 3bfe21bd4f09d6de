#include "servers/files/file_scan.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace files {
namespace {

constexpr std::size_t kBlock = 256 * 1024;
constexpr std::size_t kShownMax = 400;     // bytes of a line
constexpr std::size_t kShownBefore = 100;  // the match, in a line that is cut

bool continues(char byte) {  // a character of UTF-8 that began before
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// The line, or the part of it around `at`.
std::string shown(std::string_view line, std::size_t at) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.size() <= kShownMax) return std::string(line);
  std::size_t begin = at > kShownBefore ? at - kShownBefore : 0;
  begin = std::min(begin, line.size() - kShownMax);
  std::size_t end = begin + kShownMax;
  while (begin > 0 && begin < end && continues(line[begin])) ++begin;
  while (end < line.size() && end > begin && continues(line[end])) --end;
  return (begin > 0 ? "…" : "") + std::string(line.substr(begin, end - begin)) +
         (end < line.size() ? "…" : "");
}

}  // namespace

std::vector<FoundLine> FileScanner::scan(int file, const ScanSpec& spec) {
  found_.clear();
  used_ = searched_ = counted_ = 0;
  line_ = 1;
  at_end_ = skips_line_ = false;
  block_.resize(kBlock);
  for (bool first = true; !state_.stop && found_.size() < spec.lines_max; first = false) {
    if (!fill(file)) break;
    if (look_) look_();
    if (first && std::memchr(block_.data(), '\0', used_) != nullptr) break;
    const std::size_t whole = searchable(spec.context);
    const bool too_long = whole <= searched_;
    const std::size_t after_hit = search(too_long ? used_ : whole, spec);
    if (at_end_) break;
    if (too_long && !skips_line_) searched_ = std::max(after_hit, used_ - finder_.overlap());
    forget(spec.context);
  }
  return std::move(found_);
}

/// Reads on; false where nothing is left to be searched.
bool FileScanner::fill(int file) {
  const std::size_t wanted = kBlock - used_;
  ssize_t count = 0;
  do {
    count = ::read(file, block_.data() + used_, wanted);
  } while (count < 0 && errno == EINTR);
  const std::size_t came = count < 0 ? 0 : static_cast<std::size_t>(count);
  used_ += came;
  at_end_ = came < wanted;  // regular files give all they have
  state_.bytes += came;
  return used_ > searched_;
}

/// Up to where lines are whole and have their context behind them.
std::size_t FileScanner::searchable(std::size_t context) const {
  if (at_end_) return used_;
  std::size_t limit = used_;
  for (std::size_t i = 0; i <= context; ++i) {
    const void* end =
        limit == 0 ? nullptr : ::memrchr(block_.data(), '\n', limit - (i > 0 ? 1 : 0));
    if (end == nullptr) return 0;
    limit = static_cast<std::size_t>(static_cast<const char*>(end) - block_.data()) + 1;
  }
  return limit;
}

/// Returns where the last line that was found ends, or where the search began.
std::size_t FileScanner::search(std::size_t limit, const ScanSpec& spec) {
  const std::string_view text(block_.data(), limit);
  std::size_t after_hit = searched_;
  while (searched_ < limit) {
    if (skips_line_) {
      const std::size_t end = text.find('\n', searched_);
      skips_line_ = end == text.npos;
      searched_ = after_hit = skips_line_ ? limit : end + 1;
      continue;
    }
    const std::optional<LineFinder::Hit> hit = finder_.find(text, searched_);
    if (!hit) {
      searched_ = limit;
      break;
    }
    const std::size_t before = hit->begin == 0 ? text.npos : text.rfind('\n', hit->begin - 1);
    const std::size_t begin = before == text.npos ? 0 : before + 1;
    const std::size_t end = std::min(text.find('\n', hit->begin), limit);
    take(*hit, begin, end, spec);
    skips_line_ = end == limit && !at_end_;
    searched_ = after_hit = std::min(end + 1, limit);
    if (found_.size() >= spec.lines_max) break;
  }
  return after_hit;
}

void FileScanner::take(LineFinder::Hit hit, std::size_t begin, std::size_t end,
                       const ScanSpec& spec) {
  const std::int64_t line = count_lines(begin);
  if (line <= spec.after_line) return;
  const std::string_view text(block_.data(), used_);
  FoundLine found{.line = line, .text = shown(text.substr(begin, end - begin), hit.begin - begin)};
  for (std::size_t at = begin; at > 0 && found.before.size() < spec.context;) {
    const std::size_t end_before = at - 1;
    const std::size_t start = end_before == 0 ? text.npos : text.rfind('\n', end_before - 1);
    at = start == text.npos ? 0 : start + 1;
    found.before.push_back(shown(text.substr(at, end_before - at), 0));
  }
  std::ranges::reverse(found.before);
  for (std::size_t at = end + 1; at < used_ && found.after.size() < spec.context;) {
    const std::size_t end_after = std::min(text.find('\n', at), used_);
    found.after.push_back(shown(text.substr(at, end_after - at), 0));
    at = end_after + 1;
  }
  found_.push_back(std::move(found));
}

std::int64_t FileScanner::count_lines(std::size_t to) {
  if (to > counted_) {
    line_ += std::count(block_.data() + counted_, block_.data() + to, '\n');
    counted_ = to;
  }
  return line_;
}

/// Makes room: keeps what is not yet searched, and the lines before it that are its context.
void FileScanner::forget(std::size_t context) {
  std::size_t keep = searched_;
  for (std::size_t i = 0; i < context && keep > 0; ++i) {
    const void* end = ::memrchr(block_.data(), '\n', keep - 1);
    keep = end == nullptr
               ? 0
               : static_cast<std::size_t>(static_cast<const char*>(end) - block_.data()) + 1;
  }
  if (searched_ - keep > kBlock / 2) keep = searched_;
  count_lines(keep);
  std::memmove(block_.data(), block_.data() + keep, used_ - keep);
  used_ -= keep;
  searched_ -= keep;
  counted_ -= keep;
}

}  // namespace files
