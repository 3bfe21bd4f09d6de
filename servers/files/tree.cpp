#include "servers/files/tree.hpp"

#include <algorithm>
#include <cerrno>
#include <memory>

#include "protocol/mcp/fields.hpp"
#include "protocol/mcp/handler.hpp"
#include "servers/files/errors.hpp"
#include "servers/files/listing.hpp"
#include "servers/files/text.hpp"

namespace files {
namespace {

class Writer {
 public:
  Writer(const Found& folder, const TreeExcludes& excludes)
      : excludes_(excludes), hidden_(folder.hidden), path_(folder.path) {}

  std::string write(int folder) {
    const transport::Descriptor own = open_folder_in(folder, ".");
    children(own.get());
    return std::move(text_);
  }

 private:
  /// The array of what is in the folder. Its indentation is two levels for each folder above.
  void children(int folder) {
    const std::size_t depth = parts_.size();
    if (listings_.size() <= depth) listings_.push_back(std::make_unique<Listing>());
    const int error = folder < 0 ? errno : listings_[depth]->read(folder, hidden_);
    if (error != 0) throw mcp::ToolError(system_error(error, "scandir", path_));
    const std::vector<Item> items = shown(*listings_[depth]);
    if (items.empty()) {
      text_ += "[]";
      return;
    }
    text_ += "[";
    for (std::size_t i = 0; i < items.size(); ++i) {
      text_ += i == 0 ? "\n" : ",\n";
      object(folder, items[i]);
      if (text_.size() > kTextBytes) refuse();
    }
    line(2 * depth, "]");
  }

  void object(int folder, const Item& item) {
    const std::size_t indent = 2 * parts_.size() + 1;
    const bool is_folder = item.kind == Item::Kind::Folder;
    text_.append(2 * indent, ' ').append("{");
    line(indent + 1, "\"name\": ");
    mcp::fields::append_json_string(text_, item.name);
    text_ += ",";
    line(indent + 1, is_folder ? "\"type\": \"directory\"," : "\"type\": \"file\"");
    if (is_folder) {
      line(indent + 1, "\"children\": ");
      const std::filesystem::path outer = path_;
      path_ /= item.name;
      const transport::Descriptor inner = open_folder_in(folder, item.name);
      parts_.push_back(item.name);
      children(inner.get());
      parts_.pop_back();
      path_ = outer;
    }
    line(indent, "}");
  }

  std::vector<Item> shown(const Listing& listing) {
    std::vector<Item> items;
    parts_.emplace_back();
    for (const Item& item : listing.items()) {
      parts_.back() = item.name;
      if (!excludes_.matches(parts_)) items.push_back(item);
    }
    parts_.pop_back();
    std::ranges::sort(items, {}, &Item::name);
    return items;
  }

  void line(std::size_t indent, std::string_view words) {
    text_.append("\n").append(2 * indent, ' ').append(words);
  }

  [[noreturn]] static void refuse() {
    throw mcp::ToolError("Too long for one answer, which holds " + std::to_string(kTextBytes) +
                         " bytes. Ask for the tree of a folder within, or leave out more with "
                         "excludePatterns.");
  }

  const TreeExcludes& excludes_;
  std::optional<common::FolderId> hidden_;
  std::filesystem::path path_;
  std::string text_;
  std::vector<std::string_view> parts_;  ///< Of the folder that is being written.
  std::vector<std::unique_ptr<Listing>> listings_;
};

}  // namespace

TreeExcludes::TreeExcludes(std::span<const std::string> patterns) {
  for (const std::string& pattern : patterns) {
    globs_.emplace_back(pattern);
    if (pattern.find('*') != std::string::npos) continue;
    globs_.emplace_back("**/" + pattern);
    globs_.emplace_back("**/" + pattern + "/**");
  }
}

bool TreeExcludes::matches(PathParts path) const {
  return std::ranges::any_of(globs_, [&](const Glob& glob) { return glob.matches(path); });
}

std::string tree_text(const Found& folder, const TreeExcludes& excludes) {
  return Writer(folder, excludes).write(folder.file.get());
}

}  // namespace files
