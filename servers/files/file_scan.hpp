#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "servers/files/line_finder.hpp"

namespace files {

struct FoundLine {
  std::int64_t line{};  ///< From 1.
  std::string text{};   ///< Of a long line the part around the match, with … where it is cut.
  std::vector<std::string> before{};
  std::vector<std::string> after{};
};

struct ScanSpec {
  std::size_t context{};      ///< Lines before and after.
  std::int64_t after_line{};  ///< Only lines after this one.
  std::size_t lines_max{};    ///< Stops after so many.
};

/// What the threads of one search tell each other.
struct ScanState {
  std::atomic<bool> stop{};
  std::atomic<std::uint64_t> bytes{};  ///< Read so far.
};

/// Looks for lines in one file after another with one block of memory, however long files and lines
/// are. A line longer than the block is searched in parts that overlap.
class FileScanner final {
 public:
  /// `look`, if any, is called for each block.
  FileScanner(const LineFinder& finder, ScanState& state, std::function<void()> look)
      : finder_(finder), state_(state), look_(std::move(look)) {}

  /// The lines of the open file that match. Nothing from a binary file (one with a NUL byte in the
  /// first block), and nothing more from where a file cannot be read any further.
  std::vector<FoundLine> scan(int file, const ScanSpec& spec);

 private:
  bool fill(int file);
  std::size_t searchable(std::size_t context) const;
  std::size_t search(std::size_t limit, const ScanSpec& spec);
  void take(LineFinder::Hit hit, std::size_t begin, std::size_t end, const ScanSpec& spec);
  void forget(std::size_t context);
  std::int64_t count_lines(std::size_t to);

  const LineFinder& finder_;
  ScanState& state_;
  std::function<void()> look_;
  std::string block_;
  std::size_t used_{};      ///< Of the block.
  std::size_t searched_{};  ///< Up to here.
  std::size_t counted_{};   ///< Where the line `line_` is counted to.
  std::int64_t line_{};
  bool at_end_{};
  bool skips_line_{};  ///< The line at `searched_` has been found already.
  std::vector<FoundLine> found_;
};

}  // namespace files
