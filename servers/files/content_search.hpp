#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "protocol/mcp/handler.hpp"
#include "servers/files/file_scan.hpp"
#include "servers/files/glob.hpp"
#include "servers/files/ignore_rules.hpp"
#include "servers/files/paths.hpp"

namespace files {

/// Globs that choose files: one without a slash is asked of the name alone.
class NameFilter final {
 public:
  explicit NameFilter(const std::vector<std::string>& patterns);
  bool empty() const { return globs_.empty(); }
  bool matches(PathParts path) const;

 private:
  struct Each {
    Glob glob;
    bool name_alone{};
  };
  std::vector<Each> globs_;
};

struct ContentSearch {
  Query query{};
  NameFilter include;
  NameFilter exclude;
  IgnoreRules ignored{};  ///< Of the folders above.
  std::size_t context{};
  std::size_t lines_max{};                   ///< Of one file; more than a page holds.
  std::optional<common::FolderId> hidden{};  ///< A folder that is passed over.
  std::string after_key{};  ///< Only what comes after this key in the order of the walk.
};

/// The key of a line: sorts as the walk finds them, and holds no byte beyond ASCII.
std::string key_of(PathParts path, std::int64_t line);

/// Takes the lines of one file in order; false ends the search.
using TakeLines = std::function<bool(PathParts path, std::vector<FoundLine> lines)>;

struct Searched {
  std::int64_t files{};
  std::int64_t too_deep{};  ///< Folders below kWalkDepthMax, which were not entered.
};

/// Searches the files beneath an open folder, names in the order of their bytes, several files at a
/// time; links, binary files and ".git" are passed over. Reports progress, stops when cancelled.
Searched search_contents(const transport::Descriptor& folder, const ContentSearch& search,
                         const mcp::Call& call, const TakeLines& take);

/// Searches one open file, whatever it is called; its path is `name`.
void search_one(const transport::Descriptor& file, const std::string& name,
                const ContentSearch& search, const mcp::Call& call, const TakeLines& take);

}  // namespace files
