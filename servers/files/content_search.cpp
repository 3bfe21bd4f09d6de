#include "servers/files/content_search.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <memory>
#include <utility>

#include "servers/common/roots.hpp"
#include "servers/files/find_names.hpp"
#include "servers/files/listing.hpp"
#include "servers/files/search_crew.hpp"

namespace files {
namespace {

constexpr std::size_t kBatch = 128;         // files that one thread takes at a time
constexpr std::size_t kFoldersInBatch = 8;  // which they keep open
constexpr std::size_t kIgnoreBytes = 1024 * 1024;
constexpr std::int64_t kFilesPerReport = 1000;
constexpr auto kLook = std::chrono::milliseconds(50);  // between looks at the client

using Parts = std::vector<std::string_view>;

Parts parts_of(const WalkedFolder& folder, std::string_view name) {
  Parts parts(folder.parts.begin(), folder.parts.end());
  parts.push_back(name);
  return parts;
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

/// Walks on the caller's thread, which also searches whenever the crew has enough to do; takes the
/// outcomes in the order of the walk.
class Search {
 public:
  Search(const ContentSearch& search, const mcp::Call& call, const TakeLines& take)
      : search_(search),
        call_(call),
        take_(take),
        crew_(search.query, {.context = search.context, .lines_max = search.lines_max}, state_,
              [this] { look(); }) {}

  Searched run(const transport::Descriptor& top) {
    auto folder = std::make_shared<WalkedFolder>();
    folder->file = open_folder_in(top.get(), ".");
    visit(std::move(folder), search_.ignored);
    launch();
    while (!crew_.is_empty()) collect();
    return searched_;
  }

  void run_one(const transport::Descriptor& file, const std::string& name) {
    std::vector<FoundLine> lines = crew_.search(file.get(), line_in({}, name));
    if (!lines.empty()) take_(Parts{name}, std::move(lines));
  }

 private:
  struct Named {
    std::string name{};
    bool is_folder{};
  };

  void visit(std::shared_ptr<WalkedFolder> folder, IgnoreRules rules) {
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
  std::vector<Named> names_in(const WalkedFolder& folder, IgnoreRules& rules) {
    if (folder.file.get() < 0 || listing_.read(folder.file.get(), search_.hidden) != 0) return {};
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

  void enter(const WalkedFolder& folder, const std::string& name, const IgnoreRules& rules) {
    if (folder.parts.size() + 1 > kWalkDepthMax) {
      ++searched_.too_deep;
      return;
    }
    auto inner = std::make_shared<WalkedFolder>();
    inner->file = open_folder_in(folder.file.get(), name);
    inner->parts = folder.parts;
    inner->parts.push_back(name);
    visit(std::move(inner), rules);
  }

  void add(const std::shared_ptr<const WalkedFolder>& folder, const std::string& name) {
    if (jobs_.empty() || jobs_.back().folder != folder) ++folders_;
    jobs_.push_back({.folder = folder, .name = name, .after_line = line_in(*folder, name)});
    if (jobs_.size() >= kBatch || folders_ >= kFoldersInBatch) launch();
  }

  /// The line after which the page begins, if it begins within this file.
  std::int64_t line_in(const WalkedFolder& folder, const std::string& name) const {
    if (search_.after_key.empty()) return 0;
    const std::string key = key_of_path(parts_of(folder, name)) + '\x01';
    if (!search_.after_key.starts_with(key)) return 0;
    return std::atoll(search_.after_key.c_str() + key.size());
  }

  void launch() {
    if (jobs_.empty()) return;
    if (crew_.is_full()) collect();
    searched_.files += static_cast<std::int64_t>(jobs_.size());
    crew_.give(std::exchange(jobs_, {}));
    folders_ = 0;
  }

  /// Hands on what was found in the oldest batch.
  void collect() {
    const std::vector<FileOutcome> outcomes = crew_.take();
    if (call_.cancelled()) state_.stop = true;
    if (searched_.files >= reported_ + kFilesPerReport) report();
    for (const FileOutcome& outcome : outcomes) {
      if (state_.stop) return;
      if (!take_(parts_of(*outcome.job.folder, outcome.job.name), outcome.lines))
        state_.stop = true;
    }
  }

  void look() {
    const auto now = std::chrono::steady_clock::now();
    if (now < looked_ + kLook) return;
    looked_ = now;
    if (call_.cancelled()) state_.stop = true;
    report();
  }

  void report() {
    const std::uint64_t bytes = state_.bytes;
    if (bytes <= told_) return;
    told_ = bytes;
    reported_ = searched_.files;
    call_.progress(static_cast<double>(bytes), std::nullopt,
                   std::to_string(searched_.files) + " files, " + std::to_string(bytes >> 20U) +
                       " MiB searched");
  }

  static constexpr std::int64_t kLineMax = 9'999'999'999;

  const ContentSearch& search_;
  const mcp::Call& call_;
  const TakeLines& take_;
  ScanState state_{};
  Listing listing_;
  std::vector<FileJob> jobs_;
  std::size_t folders_{};  ///< That jobs_ are in.
  Searched searched_{};
  std::int64_t reported_{};
  std::uint64_t told_{};
  std::chrono::steady_clock::time_point looked_ = std::chrono::steady_clock::now();
  SearchCrew crew_;  ///< Last: it uses state_.
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

Searched search_contents(const transport::Descriptor& folder, const ContentSearch& search,
                         const mcp::Call& call, const TakeLines& take) {
  return Search(search, call, take).run(folder);
}

void search_one(const transport::Descriptor& file, const std::string& name,
                const ContentSearch& search, const mcp::Call& call, const TakeLines& take) {
  Search(search, call, take).run_one(file, name);
}

}  // namespace files
