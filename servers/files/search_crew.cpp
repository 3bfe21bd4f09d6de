#include "servers/files/search_crew.hpp"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "servers/files/listing.hpp"

namespace files {
namespace {

constexpr auto kPatience = std::chrono::milliseconds(50);  // then a slow file is looked after

std::size_t helpers_wanted() {
  return std::clamp(std::thread::hardware_concurrency(), 1U, 4U) - 1;
}

}  // namespace

SearchCrew::SearchCrew(const Query& query, const ScanSpec& spec, ScanState& state,
                       std::function<void()> look)
    : query_(query),
      spec_(spec),
      state_(state),
      look_(std::move(look)),
      own_(query, state, look_) {}

SearchCrew::~SearchCrew() {
  over_ = true;
  state_.stop = true;
  tickets_.release(static_cast<std::ptrdiff_t>(helpers_.size()));
}

void SearchCrew::give(std::vector<FileJob> jobs) {
  std::packaged_task<std::vector<FileOutcome>(Searcher&)> work(
      [this, jobs = std::move(jobs)](Searcher& searcher) mutable {
        return search_all(searcher, jobs);
      });
  std::future<std::vector<FileOutcome>> outcomes = work.get_future();
  batches_[given_ % kBatchesMax] = {.work = std::move(work), .outcomes = std::move(outcomes)};
  ++given_;
  if (given_ > 1 && helpers_.empty()) start_helpers();  // what is little needs none
  if (!helpers_.empty()) tickets_.release();
}

std::vector<FileOutcome> SearchCrew::take() {
  using std::chrono::milliseconds;
  std::future<std::vector<FileOutcome>>& oldest = batches_[taken_ % kBatchesMax].outcomes;
  while (oldest.wait_for(milliseconds(0)) != std::future_status::ready) {
    if (!do_one(own_) && oldest.wait_for(kPatience) != std::future_status::ready) look_();
  }
  ++taken_;
  return oldest.get();
}

std::vector<FoundLine> SearchCrew::search(int file, std::int64_t after_line) {
  return search_in(own_, file, after_line);
}

void SearchCrew::start_helpers() {
  const std::size_t wanted = helpers_wanted();
  while (helpers_.size() < wanted) {
    helpers_.push_back(std::async(std::launch::async, [this] {
      Searcher searcher(query_, state_, {});
      for (tickets_.acquire(); !over_; tickets_.acquire()) do_one(searcher);
    }));
  }
}

/// Does the oldest batch that nobody has begun; false where there is none.
bool SearchCrew::do_one(Searcher& searcher) {
  std::size_t at = claimed_;
  while (at < given_) {
    if (!claimed_.compare_exchange_weak(at, at + 1)) continue;
    // Out of the ring, where the next one may be put as soon as this one is done.
    auto work = std::move(batches_[at % kBatchesMax].work);
    work(searcher);
    return true;
  }
  return false;
}

std::vector<FileOutcome> SearchCrew::search_all(Searcher& searcher,
                                                std::vector<FileJob>& jobs) const {
  std::vector<FileOutcome> outcomes;
  for (FileJob& job : jobs) {
    if (state_.stop) break;
    const transport::Descriptor file = open_file_in(job.folder->file.get(), job.name);
    if (file.get() < 0) continue;
    std::vector<FoundLine> lines = search_in(searcher, file.get(), job.after_line);
    if (!lines.empty()) outcomes.push_back({.job = std::move(job), .lines = std::move(lines)});
  }
  return outcomes;
}

std::vector<FoundLine> SearchCrew::search_in(Searcher& searcher, int file,
                                             std::int64_t after_line) const {
  ScanSpec spec = spec_;
  spec.after_line = after_line;
  return searcher.scanner.scan(file, spec);
}

}  // namespace files
