#include "servers/common/links.hpp"

#include <fcntl.h>
#include <linux/openat2.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <optional>
#include <vector>

#include "servers/common/containment.hpp"

namespace common {
namespace {

namespace fs = std::filesystem;
using transport::Descriptor;
using Parts = std::vector<std::string>;

constexpr int kLinksMax = 40;  // as the kernel

Parts parts_of(const fs::path& path) {
  Parts parts;
  for (const fs::path& part : path) {
    if (!part.empty() && part != "/" && part != ".") parts.push_back(part.string());
  }
  return parts;
}

bool begins_with(const Parts& path, const Parts& folder) {
  return path.size() >= folder.size() && std::equal(folder.begin(), folder.end(), path.begin());
}

/// The target of the link `name` in the folder `parent` beneath `root`; nothing, with errno set, if
/// it is none (EINVAL) or cannot be read.
std::optional<std::string> target_of(const Root& root, const std::string& parent,
                                     const std::string& name) {
  const Descriptor folder(
      open_beneath(root.folder.get(), parent, O_PATH | O_DIRECTORY, RESOLVE_NO_SYMLINKS));
  if (folder.get() < 0) return std::nullopt;
  std::array<char, PATH_MAX> target{};
  const ssize_t size = ::readlinkat(folder.get(), name.c_str(), target.data(), target.size());
  if (size < 0) return std::nullopt;
  return std::string(target.data(), static_cast<std::size_t>(size));
}

class Follower {
 public:
  Follower(std::span<const Root> roots, const fs::path& hidden)
      : roots_(roots), hidden_(parts_of(hidden)) {
    for (const Root& root : roots) {
      names_.push_back(parts_of(root.name));
      reals_.push_back(parts_of(root.real));
    }
  }

  Target follow(const fs::path& path) {
    put_before(path);
    while (!todo_.empty()) {
      const std::string part = std::move(todo_.back());
      todo_.pop_back();
      if (part == "..") {
        if (!at_.empty()) at_.pop_back();
        continue;
      }
      at_.push_back(part);
      if (const int error = step(); error != 0) return {.root = root_of(at_), .error = error};
    }
    const Root* root = root_of(at_);
    return {.root = root, .rest = root == nullptr ? "" : rest_in(*root, at_.size())};
  }

 private:
  void put_before(const fs::path& path) {
    const Parts parts = parts_of(path);
    todo_.insert(todo_.end(), parts.rbegin(), parts.rend());
  }

  /// Looks at the last part of `at_`, if it lies in a root.
  int step() {
    const auto name = std::ranges::find(names_, at_);
    if (name != names_.end()) {  // a root is where it was opened, whatever its name is now
      at_ = reals_[static_cast<std::size_t>(name - names_.begin())];
      return 0;
    }
    const Root* root = root_of(at_);
    if (root == nullptr || rest_in(*root, at_.size()) == ".") return 0;
    const std::optional<std::string> link =
        target_of(*root, rest_in(*root, at_.size() - 1), at_.back());
    if (!link) return errno == EINVAL || errno == ENOENT ? 0 : errno;
    if (++links_ > kLinksMax) return ELOOP;
    at_.pop_back();
    if (link->starts_with('/')) at_.clear();
    put_before(*link);
    return 0;
  }

  /// The innermost root that holds the path.
  const Root* root_of(const Parts& path) const {
    if (!hidden_.empty() && begins_with(path, hidden_)) return nullptr;
    const Root* found = nullptr;
    std::size_t depth = 0;
    for (std::size_t i = 0; i < roots_.size(); ++i) {
      if (!begins_with(path, reals_[i]) || (found != nullptr && reals_[i].size() <= depth))
        continue;
      found = &roots_[i];
      depth = reals_[i].size();
    }
    return found;
  }

  /// The first `count` parts of `at_` as seen from the root.
  std::string rest_in(const Root& root, std::size_t count) const {
    std::string rest;
    const std::size_t depth = reals_[static_cast<std::size_t>(&root - roots_.data())].size();
    for (std::size_t i = depth; i < count; ++i) rest += (rest.empty() ? "" : "/") + at_[i];
    return rest.empty() ? "." : rest;
  }

  std::span<const Root> roots_;
  Parts hidden_;
  std::vector<Parts> names_;
  std::vector<Parts> reals_;
  Parts at_;    ///< Where the path has led so far; within a root it has no links.
  Parts todo_;  ///< What is still to be followed, the next part last.
  int links_{};
};

}  // namespace

Target follow_links(std::span<const Root> roots, const fs::path& path, const fs::path& hidden) {
  return Follower(roots, hidden).follow(path);
}

}  // namespace common
