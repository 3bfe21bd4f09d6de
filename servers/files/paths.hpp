#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "protocol/transport/descriptor.hpp"
#include "servers/common/roots.hpp"

namespace files {

/// An open file or folder, and its path without links.
struct Found {
  transport::Descriptor file{};
  std::filesystem::path path{};
  std::optional<common::FolderId> hidden{};  ///< Somewhere beneath it: to be passed over.
};

/// Why a path was not opened, in words for the caller.
struct Refusal {
  std::string words{};
};
using Opening = std::variant<Found, Refusal>;

/// Turns path arguments into open files. What is refused, and in which words, is what the reference
/// filesystem server does ("Access denied - path outside allowed directories: ..."); what contains
/// is common::Roots.
class Paths final {
 public:
  /// `roots` outlives it.
  explicit Paths(const common::Roots& roots) : roots_(roots) {}

  /// A name that is not there is looked for in its other Unicode spelling. Throws mcp::ToolError,
  /// as for a file where a folder is asked for, and the other way round.
  Found open_folder(const std::string& path) const;
  /// `operation` is the system call that the reference names where nothing is there: open or stat.
  Found open_file(const std::string& path, std::string_view operation) const;
  Found open_any(const std::string& path, std::string_view operation) const;
  /// Whatever is there, links followed. Where nothing is, `file` is none and `path` says where it
  /// would be made: free of links, though its folder may be missing too. Throws as above.
  Found find(const std::string& path, std::string_view operation) const;

  static bool is_folder(const Found& found);

  /// As open_file, for those who go on where one of several cannot be read.
  Opening try_file(const std::string& path, std::string_view operation) const;

 private:
  Opening open(const std::string& path, std::string_view operation) const;
  Opening look_for(const std::string& path, std::string_view operation) const;
  Opening look_for_equivalent(const std::filesystem::path& absolute) const;
  Found found_at(common::Opened opened) const;
  Refusal outside(std::string_view what, const std::filesystem::path& path) const;

  const common::Roots& roots_;
};

}  // namespace files
