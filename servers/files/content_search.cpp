#include "servers/files/content_search.hpp"

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <deque>
#include <future>
#include <memory>
#include <thread>
#include <utility>

#include "servers/common/roots.hpp"
#include "servers/files/find_names.hpp"
#include "servers/files/listing.hpp"

namespace files {
namespace {

constexpr std::size_t kBatch = 128;  // files that one thread takes at a time
constexpr std::size_t kIgnoreBytes = 1024 * 1024;
constexpr std::int64_t kFilesPerReport = 1000;
constexpr auto kLook = std::chrono::milliseconds(50);  // how often a slow file is looked after

/// A folder of the walk; the files in it that wait for a thread keep it open.
struct Folder {
  transport::Descriptor file{};
  std::vector<std::string> parts{};
};

struct Job {
  std::shared_ptr<const Folder> folder{};
  std::string name{};
  std::int64_t after_line{};
};

struct Outcome {
  Job job{};
  std::vector<FoundLine> lines{};
};

using Parts = std::vector<std::string_view>;

Parts parts_of(const Folder& folder, std::string_view name) {
  Parts parts(folder.parts.begin(), folder.parts.end());
  parts.push_back(name);
  return parts;
}

transport::Descriptor open_file_in(int folder, const std::string& name) {
  return transport::Descriptor(
      ::openat(folder, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
}

std::string key_of_path(PathParts path) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string key;
  for (const std::string_view part : path) {
    if (!key.empty()) key += '\x01';  // before all that a name may hold
    for (const char c : part) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte < 0x7F) {
        key += c;
      } else {
        key += {'\x7F', kHex[byte >> 4U], kHex[byte & 15U]};
      }
    }
  }
  return key;
}

/// One thread's things, used by one batch after the other.
struct Searcher {
  Searcher(const Query& query, ScanState& state) : finder(query), scanner(finder, state) {}
  LineFinder finder;
  FileScanner scanner;
};

std::vector<Outcome> search_batch(Searcher& searcher, const ContentSearch& search,
                                  const ScanState& state, std::vector<Job> jobs) {
  std::vector<Outcome> outcomes;
  for (Job& job : jobs) {
    if (state.stop) break;
    const transport::Descriptor file = open_file_in(job.folder->file.get(), job.name);
    if (file.get() < 0) continue;
    std::vector<FoundLine> lines = searcher.scanner.scan(
        file.get(),
        {.context = search.context, .after_line = job.after_line, .lines_max = search.lines_max});
    if (!lines.empty()) outcomes.push_back({.job = std::move(job), .lines = std::move(lines)});
  }
  return outcomes;
}

/// Walks on the caller's thread and hands batches of files to others, a few at a time; takes their
/// outcomes in the order of the walk.
class Search {
 public:
  Search(const ContentSearch& search, const mcp::Call& call, const TakeLines& take)
      : search_(search), call_(call), take_(take) {
    const std::size_t threads = std::clamp(std::thread::hardware_concurrency(), 1U, 4U);
    for (std::size_t i = 0; i <= threads; ++i) {  // one waits while the others work
      searchers_.push_back(std::make_unique<Searcher>(search.query, state_));
    }
  }

  std::int64_t run(const transport::Descriptor& top) {
    auto folder = std::make_shared<Folder>();
    folder->file = open_folder_in(top.get(), ".");
    visit(std::move(folder), search_.ignored);
    if (!jobs_.empty()) launch();
    while (!batches_.empty()) collect();
    return files_;
  }

  void run_one(const transport::Descriptor& file, const std::string& name) {
    const auto nowhere = std::make_shared<const Folder>();
    Job job{.folder = nowhere, .name = name, .after_line = line_in(*nowhere, name)};
    batches_.push_back(std::async(std::launch::async, [&, job] {
      const ScanSpec spec{
          .context = search_.context, .after_line = job.after_line, .lines_max = search_.lines_max};
      return std::vector<Outcome>{
          {.job = job, .lines = searchers_.front()->scanner.scan(file.get(), spec)}};
    }));
    collect();
  }

 private:
  struct Named {
    std::string name{};
    bool is_folder{};
  };

  void visit(std::shared_ptr<Folder> folder, IgnoreRules rules) {
    const std::vector<Named> names = names_in(*folder, rules);
    for (const Named& each : names) {
      if (state_.stop) return;
      if (each.is_folder) {
        enter(*folder, each.name, rules);
      } else {
        add(folder, each.name);
      }
    }
  }

  /// What is to be searched, sorted. Puts the folder's own .gitignore into the rules.
  std::vector<Named> names_in(const Folder& folder, IgnoreRules& rules) {
    if (folder.file.get() < 0 || listing_.read(folder.file.get()) != 0) return {};
    const auto items = listing_.items();
    const auto has = [&](std::string_view name) {
      return std::ranges::find(items, name, &Item::name) != items.end();
    };
    if (has(".git")) rules = {};  // a work tree of its own
    if (has(".gitignore")) {
      const transport::Descriptor file = open_file_in(folder.file.get(), ".gitignore");
      if (file.get() >= 0) {
        rules = rules.with(common::read_all(file, kIgnoreBytes), folder.parts.size());
      }
    }
    std::vector<Named> names;
    Parts path = parts_of(folder, "");
    for (const Item& item : items) {
      const bool is_folder = item.kind == Item::Kind::Folder;
      if ((!is_folder && item.kind != Item::Kind::File) || item.name == ".git") continue;
      path.back() = item.name;
      if (is_wanted(path, is_folder, rules)) names.push_back({std::string(item.name), is_folder});
    }
    std::ranges::sort(names, {}, &Named::name);
    return names;
  }

  bool is_wanted(PathParts path, bool is_folder, const IgnoreRules& rules) const {
    if (rules.ignores(path, is_folder) || search_.exclude.matches(path)) return false;
    if (!is_folder && !search_.include.empty() && !search_.include.matches(path)) return false;
    if (search_.after_key.empty()) return true;
    return (is_folder ? key_of_path(path) + '\x02' : key_of(path, kLineMax)) > search_.after_key;
  }

  void enter(const Folder& folder, const std::string& name, const IgnoreRules& rules) {
    if (folder.parts.size() + 1 > kWalkDepthMax) return;
    auto inner = std::make_shared<Folder>();
    inner->file = open_folder_in(folder.file.get(), name);
    inner->parts = folder.parts;
    inner->parts.push_back(name);
    visit(std::move(inner), rules);
  }

  void add(const std::shared_ptr<const Folder>& folder, const std::string& name) {
    jobs_.push_back({.folder = folder, .name = name, .after_line = line_in(*folder, name)});
    if (jobs_.size() < kBatch) return;
    if (batches_.size() + 1 >= searchers_.size()) collect();
    launch();
  }

  /// The line after which the page begins, if it begins within this file.
  std::int64_t line_in(const Folder& folder, const std::string& name) const {
    if (search_.after_key.empty()) return 0;
    const std::string key = key_of_path(parts_of(folder, name)) + '\x01';
    if (!search_.after_key.starts_with(key)) return 0;
    return std::atoll(search_.after_key.c_str() + key.size());
  }

  void launch() {
    Searcher& searcher = *searchers_[launched_++ % searchers_.size()];
    files_ += static_cast<std::int64_t>(jobs_.size());
    batches_.push_back(
        std::async(std::launch::async, [this, &searcher, jobs = std::exchange(jobs_, {})] {
          return search_batch(searcher, search_, state_, jobs);
        }));
  }

  /// Waits for the oldest batch and hands on what it found.
  void collect() {
    while (batches_.front().wait_for(kLook) == std::future_status::timeout) look();
    const std::vector<Outcome> outcomes = batches_.front().get();
    batches_.pop_front();
    if (call_.cancelled()) state_.stop = true;
    if (files_ >= reported_ + kFilesPerReport) look();
    for (const Outcome& outcome : outcomes) {
      if (state_.stop) return;
      if (!take_(parts_of(*outcome.job.folder, outcome.job.name), outcome.lines))
        state_.stop = true;
    }
  }

  void look() {
    if (call_.cancelled()) state_.stop = true;
    const std::uint64_t bytes = state_.bytes;
    if (bytes <= told_) return;
    told_ = bytes;
    reported_ = files_;
    call_.progress(
        static_cast<double>(bytes), std::nullopt,
        std::to_string(files_) + " files, " + std::to_string(bytes >> 20U) + " MiB searched");
  }

  static constexpr std::int64_t kLineMax = 9'999'999'999;

  const ContentSearch& search_;
  const mcp::Call& call_;
  const TakeLines& take_;
  ScanState state_{};
  std::vector<std::unique_ptr<Searcher>> searchers_;
  Listing listing_;
  std::vector<Job> jobs_;
  std::size_t launched_{};
  std::int64_t files_{};
  std::int64_t reported_{};
  std::uint64_t told_{};
  std::deque<std::future<std::vector<Outcome>>> batches_;  ///< Last: they use all of the above.
};

}  // namespace

NameFilter::NameFilter(const std::vector<std::string>& patterns) {
  for (const std::string& pattern : patterns) {
    globs_.push_back({.glob = Glob(pattern), .name_alone = pattern.find('/') == std::string::npos});
  }
}

bool NameFilter::matches(PathParts path) const {
  return std::ranges::any_of(globs_, [&](const Each& each) {
    return each.glob.matches(each.name_alone ? path.last(1) : path);
  });
}

std::string key_of(PathParts path, std::int64_t line) {
  std::array<char, 24> digits{};
  std::snprintf(digits.data(), digits.size(), "%010lld", static_cast<long long>(line));
  return key_of_path(path) + '\x01' + digits.data();
}

std::int64_t search_contents(const transport::Descriptor& folder, const ContentSearch& search,
                             const mcp::Call& call, const TakeLines& take) {
  return Search(search, call, take).run(folder);
}

void search_one(const transport::Descriptor& file, const std::string& name,
                const ContentSearch& search, const mcp::Call& call, const TakeLines& take) {
  Search(search, call, take).run_one(file, name);
}

}  // namespace files
