#include "host/agent/folders.hpp"

#include <sstream>

#include "schemas/files/list_allowed_directories_types.hpp"
#include "schemas/files/list_directory_types.hpp"
#include "schemas/files/rows.hpp"

namespace host {

namespace {

constexpr int kDepthMax = 3;
constexpr std::size_t kFoldersMax = 60;
constexpr std::size_t kDocumentsMax = 2000;
constexpr std::string_view kFile = "[FILE] ";
constexpr std::string_view kFolder = "[DIR] ";

struct Folder {
  std::string path{};
  std::string name{};  ///< Within the folder that the user named; empty for that itself.
  int depth{};
};

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  std::string line;
  while (std::getline(stream, line)) lines.push_back(line);
  return lines;
}

}  // namespace

std::vector<Document> list_documents(Gate& gate, std::vector<Unseen>& unseen) {
  std::vector<Document> documents;
  const auto roots = read_as<files::Content>(gate, "files", "list_allowed_directories",
                                             files::ListAllowedDirectoriesArgs{}, unseen);
  if (!roots) return documents;
  std::vector<Folder> folders;
  for (const std::string& line : lines_of(roots->content)) {
    if (line.starts_with('/')) folders.push_back({.path = line});
  }
  for (std::size_t i = 0; i < folders.size() && i < kFoldersMax; ++i) {
    const Folder folder = folders[i];
    const auto entries = read_as<files::Content>(
        gate, "files", "list_directory", files::ListDirectoryArgs{.path = folder.path}, unseen);
    if (!entries) continue;
    for (const std::string& line : lines_of(entries->content)) {
      if (line.starts_with(kFile) && documents.size() < kDocumentsMax) {
        const std::string name = line.substr(kFile.size());
        documents.push_back({.path = folder.path + "/" + name, .name = folder.name + name});
      }
      const bool hidden = line.size() > kFolder.size() && line[kFolder.size()] == '.';
      if (line.starts_with(kFolder) && !hidden && folder.depth + 1 < kDepthMax)
        folders.push_back({.path = folder.path + "/" + line.substr(kFolder.size()),
                           .name = folder.name + line.substr(kFolder.size()) + "/",
                           .depth = folder.depth + 1});
    }
  }
  return documents;
}

}  // namespace host
