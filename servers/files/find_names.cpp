#include "servers/files/find_names.hpp"

#include <algorithm>
#include <memory>
#include <system_error>

#include "servers/files/text.hpp"

namespace files {
namespace {

class Walk {
 public:
  Walk(const Found& folder, const NameSearch& search)
      : search_(search), hidden_(folder.hidden), path_(folder.path) {
    if (path_ == "/") path_.clear();
  }

  NamesFound run(int folder) {
    transport::Descriptor own = open_folder_in(folder, ".");
    const int error = own.get() < 0 ? errno : listing(0).read(own.get(), hidden_);
    if (error != 0) throw std::system_error(error, std::generic_category(), "reading a folder");
    visit(own.get());
    return std::move(found_);
  }

 private:
  struct Wanted {
    std::string_view name{};
    Item::Kind kind{};
    bool hit{};
  };
  struct Level {
    Listing listing{};
    std::vector<Wanted> wanted{};
  };

  Listing& listing(std::size_t depth) {
    if (levels_.size() <= depth) levels_.push_back(std::make_unique<Level>());
    return levels_[depth]->listing;
  }

  /// The folder whose listing has been read at the depth of `parts_`.
  void visit(int folder) {
    const std::size_t depth = parts_.size();
    choose(*levels_[depth]);
    const std::size_t length = path_.size();
    for (const Wanted& each : levels_[depth]->wanted) {
      path_ += '/';
      path_ += each.name;
      if (each.hit) show(each.kind);
      if (each.kind == Item::Kind::Folder) enter(folder, each.name);
      path_.resize(length);
    }
  }

  /// Keeps what matches and the folders in which something may; only these are sorted.
  void choose(Level& level) {
    level.wanted.clear();
    parts_.emplace_back();
    const bool deeper = parts_.size() < search_.pattern.parts_max();
    for (const Item& item : level.listing.items()) {
      parts_.back() = item.name;
      const bool hit = search_.pattern.matches(parts_);
      if (!hit && !(deeper && item.kind == Item::Kind::Folder)) continue;
      if (std::ranges::any_of(search_.excludes,
                              [&](const Glob& glob) { return glob.matches(parts_); })) {
        continue;
      }
      level.wanted.push_back({.name = item.name, .kind = item.kind, .hit = hit});
    }
    parts_.pop_back();
    std::ranges::sort(level.wanted, {}, &Wanted::name);
  }

  void show(Item::Kind kind) {
    if (kind == Item::Kind::Link && !search_.link_is_shown(path_)) return;
    if (found_.more > 0 || found_.text.size() + path_.size() > kTextBytes) {
      ++found_.more;
    } else {
      found_.text += (found_.text.empty() ? "" : "\n") + path_;
    }
  }

  void enter(int folder, std::string_view name) {
    if (parts_.size() + 1 >= search_.pattern.parts_max() || search_.stopped()) return;
    if (parts_.size() + 1 > kWalkDepthMax) {
      found_.too_deep = true;
      return;
    }
    const transport::Descriptor inner = open_folder_in(folder, name);
    if (inner.get() < 0 || listing(parts_.size() + 1).read(inner.get(), hidden_) != 0) return;
    parts_.push_back(name);
    visit(inner.get());
    parts_.pop_back();
  }

  const NameSearch& search_;
  std::optional<common::FolderId> hidden_;
  std::string path_;                     ///< Of what is being looked at.
  std::vector<std::string_view> parts_;  ///< The same, as seen from where the walk began.
  std::vector<std::unique_ptr<Level>> levels_;
  NamesFound found_;
};

}  // namespace

NamesFound find_names(const Found& folder, const NameSearch& search) {
  return Walk(folder, search).run(folder.file.get());
}

}  // namespace files
