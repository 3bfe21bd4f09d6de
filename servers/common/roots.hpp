#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/transport/descriptor.hpp"
#include "servers/common/folders.hpp"
#include "servers/common/links.hpp"

namespace common {

/// What became of a path: an open file or folder, or why not.
struct Opened {
  transport::Descriptor file{};  ///< None (-1) on failure.
  std::filesystem::path real{};  ///< Where it lies, links resolved; if `outside`, as it was asked.
  int error{};  ///< errno: ENOENT, ENOTDIR, EACCES, ...; ENOTSUP for what is no file and no folder.
  bool outside{};  ///< The path, or a link in it, leads out of every root.
};

/// A name in an open folder: what is made, replaced, renamed or removed, whatever becomes of the
/// path meanwhile.
struct Spot {
  transport::Descriptor folder{};  ///< None (-1) on failure.
  std::string name{};
  int error{};  ///< errno: ENOENT, ENOTDIR, EACCES; ELOOP for a link in the way; EXDEV for what is
                ///< in no root, EBUSY for a root itself.
};

/// The folders that path arguments may reach, and nothing else: no path, link or race leads out,
/// for the kernel resolves each path beneath a folder that was opened at the start (openat2,
/// RESOLVE_BENEATH, no links of /proc). A link that leads from one root into another, or by an
/// absolute path back into its own, is followed. Outside nothing is even looked at (follow_links),
/// so that what is there is refused in the same words as what is not. Devices, pipes, sockets and
/// /proc are never opened. What lies in the hidden folder, which holds Adjutant's own data, counts
/// as outside, though a root may lie above it. Immutable, shared by all workers.
class Roots final {
 public:
  /// Folders that are missing or no folders are left out; `skipped()` names them. `hidden` need not
  /// be there; empty: none.
  explicit Roots(const std::vector<std::filesystem::path>& folders,
                 const std::filesystem::path& hidden = {});

  /// Absolute and normalised: as given and, where that differs, where the folder lies.
  const std::vector<std::filesystem::path>& folders() const { return names_; }
  const std::vector<std::filesystem::path>& skipped() const { return skipped_; }

  /// Absolute, without links as far as it exists; empty if nothing is hidden.
  const std::filesystem::path& hidden() const { return hidden_; }
  /// By its name alone: in the hidden folder, or that itself.
  bool is_hidden(const std::filesystem::path& path) const;
  /// The hidden folder, if it is there and `folder` (without links) is above it: what walks down
  /// from there by itself must pass it over.
  std::optional<FolderId> hidden_below(const std::filesystem::path& folder) const;

  /// The path that is meant: "~" is the home folder, a relative path is beneath the first root in
  /// which it stays; absolute and normalised.
  std::filesystem::path absolute(const std::filesystem::path& path) const;
  /// By its name alone: in or below one of folders(). `path` is absolute and normalised.
  bool contains(const std::filesystem::path& path) const;

  /// Opens an existing file or folder for reading.
  Opened open(const std::filesystem::path& path) const;

  /// Opens the folder that holds `real`, which need not be there: an absolute path without links,
  /// as open() finds them. A link that somebody has put into its way since is not followed.
  Spot open_spot(const std::filesystem::path& real) const;

  /// True if there is something at the path, links followed, within the roots.
  bool reaches(const std::filesystem::path& path) const;

  /// The whole of a regular file, for tools outside the files server: throws mcp::ToolError
  /// beginning with `pointer` ("/path"), in the same words for what is missing and for what is
  /// outside.
  std::string read(std::string_view pointer, const std::filesystem::path& path,
                   std::size_t bytes_max) const;

 private:
  bool hides(const Root& root, const std::string& rest) const;
  Opened open_without_links(const std::filesystem::path& wanted) const;
  Opened open_following_links(const std::filesystem::path& wanted) const;

  std::vector<Root> roots_;
  std::filesystem::path hidden_;
  std::vector<std::filesystem::path> names_;
  std::vector<std::filesystem::path> skipped_;
};

/// Everything that `file` still holds, at most `bytes_max` + 1 bytes. Throws std::system_error.
std::string read_all(const transport::Descriptor& file, std::size_t bytes_max);

}  // namespace common
