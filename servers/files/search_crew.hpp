#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <semaphore>
#include <string>
#include <vector>

#include "protocol/transport/descriptor.hpp"
#include "servers/files/file_scan.hpp"

namespace files {

/// A folder of a walk; the files in it that wait to be searched keep it open.
struct WalkedFolder {
  transport::Descriptor file{};
  std::vector<std::string> parts{};  ///< As seen from where the walk began.
};

struct FileJob {
  std::shared_ptr<const WalkedFolder> folder{};
  std::string name{};
  std::int64_t after_line{};
};

/// A file in which something was found.
struct FileOutcome {
  FileJob job{};
  std::vector<FoundLine> lines{};
};

/// Searches files on a few threads, the caller's among them, a batch at a time, and hands the
/// outcomes back in the order in which the batches were given. The caller does a batch itself
/// whenever it would wait, so that nobody is idle and few are woken. Belongs to one thread.
class SearchCrew final {
 public:
  /// `look` is called on the caller's thread, often, while it searches or waits. The references
  /// outlive the crew. `spec.after_line` is that of each job.
  SearchCrew(const Query& query, const ScanSpec& spec, ScanState& state,
             std::function<void()> look);
  /// Stops what is not done.
  ~SearchCrew();
  SearchCrew(const SearchCrew&) = delete;
  SearchCrew& operator=(const SearchCrew&) = delete;

  bool is_full() const { return given_ - taken_ == kBatchesMax; }
  bool is_empty() const { return given_ == taken_; }
  /// Not where it is full.
  void give(std::vector<FileJob> jobs);
  /// The outcomes of the oldest batch that was given and not taken.
  std::vector<FileOutcome> take();
  /// Searches one open file, on the caller's thread.
  std::vector<FoundLine> search(int file, std::int64_t after_line);

 private:
  static constexpr std::size_t kBatchesMax = 8;

  /// One thread's things, used by one batch after the other.
  struct Searcher {
    Searcher(const Query& query, ScanState& state, std::function<void()> look)
        : finder(query), scanner(finder, state, std::move(look)) {}
    LineFinder finder;
    FileScanner scanner;
  };
  struct Batch {
    std::packaged_task<std::vector<FileOutcome>(Searcher&)> work{};
    std::future<std::vector<FileOutcome>> outcomes{};
  };

  std::vector<FileOutcome> search_all(Searcher& searcher, std::vector<FileJob>& jobs) const;
  std::vector<FoundLine> search_in(Searcher& searcher, int file, std::int64_t after_line) const;
  void start_helpers();
  bool do_one(Searcher& searcher);

  const Query& query_;
  ScanSpec spec_;
  ScanState& state_;
  std::function<void()> look_;
  Searcher own_;
  std::array<Batch, kBatchesMax> batches_{};  ///< A ring; the counters say who may touch which.
  std::atomic<std::size_t> given_{};
  std::atomic<std::size_t> claimed_{};
  std::size_t taken_{};
  std::counting_semaphore<> tickets_{0};  ///< One for each batch, and at the end for each helper.
  std::atomic<bool> over_{};
  std::vector<std::future<void>> helpers_{};  ///< Last: they use all of the above.
};

}  // namespace files
