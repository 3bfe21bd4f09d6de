#include "servers/files/sizes.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>

#include "servers/files/folder.hpp"
#include "servers/files/glob_sequence.hpp"
#include "servers/files/info.hpp"
#include "servers/files/locale.hpp"
#include "servers/files/text.hpp"

namespace files {
namespace {

constexpr std::size_t kNameWidth = 30;  // UTF-16 units, as the reference pads
constexpr std::size_t kSizeWidth = 10;

std::int64_t size_of(const Found& folder, const std::string& name, const common::Roots& roots) {
  struct stat what {};
  if (::fstatat(folder.file.get(), name.c_str(), &what, AT_SYMLINK_NOFOLLOW) != 0) return 0;
  if (!S_ISLNK(what.st_mode)) return what.st_size;
  const common::Opened target = roots.open(folder.path / name);
  if (target.error != 0 || ::fstat(target.file.get(), &what) != 0) return 0;
  return what.st_size;
}

std::string line_of(const SizedEntry& entry) {
  std::string line = (entry.is_folder ? "[DIR] " : "[FILE] ") + entry.name;
  const std::size_t width = utf16_length(entry.name);
  if (width < kNameWidth) line.append(kNameWidth - width, ' ');
  line += ' ';
  if (entry.is_folder) return line;
  const std::string size = size_text(entry.size);
  if (size.size() < kSizeWidth) line.append(kSizeWidth - size.size(), ' ');
  return line + size;
}

}  // namespace

std::vector<SizedEntry> sized_entries_of(const Found& folder, const common::Roots& roots) {
  std::vector<SizedEntry> sized;
  for (Entry& entry : entries_of(folder.file, folder.hidden)) {
    const std::int64_t size = size_of(folder, entry.name, roots);
    sized.push_back({.name = std::move(entry.name), .is_folder = entry.is_folder, .size = size});
  }
  return sized;
}

std::string sizes_text(std::vector<SizedEntry> entries, SizesOrder order) {
  if (order == SizesOrder::LargestFirst) {
    std::ranges::stable_sort(entries, std::greater<>(), &SizedEntry::size);
  } else {
    const Collation collation;
    std::ranges::stable_sort(entries, [&](const SizedEntry& left, const SizedEntry& right) {
      return collation.less(left.name, right.name);
    });
  }
  std::string text;
  std::int64_t folders = 0;
  std::int64_t total = 0;
  std::size_t hidden = 0;
  for (const SizedEntry& entry : entries) {
    (entry.is_folder ? folders : total) += entry.is_folder ? 1 : entry.size;
    const std::string line = line_of(entry);
    if (hidden > 0 || text.size() + line.size() > kTextBytes) {
      ++hidden;
    } else {
      text += line + "\n";
    }
  }
  if (hidden > 0) {
    text += "... and " + std::to_string(hidden) + " more, too many for one answer\n";
  }
  return text + "\nTotal: " + std::to_string(static_cast<std::int64_t>(entries.size()) - folders) +
         " files, " + std::to_string(folders) + " directories\nCombined size: " + size_text(total);
}

}  // namespace files
