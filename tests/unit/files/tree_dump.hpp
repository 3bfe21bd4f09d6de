#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

namespace test {

inline std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  return bytes.str();
}

enum class FolderTimes { Shown, Left };

/// Everything in a folder and itself: permissions, time of modification to the nanosecond,
/// contents, targets of links.
inline std::map<std::string, std::string> tree_dump(const std::filesystem::path& folder,
                                                    FolderTimes times = FolderTimes::Shown) {
  namespace fs = std::filesystem;
  std::map<std::string, std::string> dump;
  const auto add = [&](const fs::path& path) {
    struct stat what {};
    if (::lstat(path.c_str(), &what) != 0) return;
    std::string line = std::to_string(what.st_mode);
    if (!S_ISDIR(what.st_mode) || times == FolderTimes::Shown) {
      line +=
          " " + std::to_string(what.st_mtim.tv_sec) + "." + std::to_string(what.st_mtim.tv_nsec);
    }
    if (S_ISREG(what.st_mode)) line += " " + bytes_of(path);
    if (S_ISLNK(what.st_mode)) line += " -> " + fs::read_symlink(path).string();
    dump[fs::relative(path.parent_path(), folder) / path.filename()] = line;
  };
  add(folder);
  for (const auto& entry : fs::recursive_directory_iterator(folder)) add(entry.path());
  return dump;
}

}  // namespace test
