#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace common {

/// An open file descriptor with one owner.
class Descriptor final {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();
  explicit operator bool() const { return fd_ >= 0; }
  int get() const { return fd_; }
  int release();

 private:
  int fd_{-1};
};

/// What became of a path: an open file, or why not.
struct Opened {
  Descriptor file{};
  std::filesystem::path real{};  ///< Where it lies, links resolved; on failure, as far as is known.
  int error{};                   ///< errno: 0, ENOENT, ENOTDIR, EACCES, ELOOP, ...
  bool outside{};                ///< The path, or a link in it, leads out of every root.
};

/// The folders that path arguments may reach, and nothing else: no path, link or race leads out,
/// for the kernel resolves each path beneath a folder that was opened at the start (openat2,
/// RESOLVE_BENEATH, no links of /proc). A link that leads from one root into another is followed.
/// Immutable, shared by all workers.
class Roots final {
 public:
  /// Folders that are missing or no folders are left out; `skipped()` names them.
  explicit Roots(const std::vector<std::filesystem::path>& folders);

  /// As given (absolute, normalised) and, where links make a difference, also as they are.
  const std::vector<std::filesystem::path>& folders() const { return names_; }
  const std::vector<std::filesystem::path>& skipped() const { return skipped_; }

  /// Opens an existing file or folder for reading, absolute or relative to the first root that has
  /// it. Never blocks on a pipe; what is opened may be anything that read_only tools should check
  /// by fstat.
  Opened open(const std::filesystem::path& path) const;

  /// The whole of a regular file, for tools outside the files server: throws mcp::ToolError
  /// beginning with `pointer` ("/path"), in the same words for what is missing and for what is
  /// outside.
  std::string read(std::string_view pointer, const std::filesystem::path& path,
                   std::size_t bytes_max) const;

 private:
  struct Root {
    std::filesystem::path name;  ///< As given.
    std::filesystem::path real;
    Descriptor folder;
  };
  const Root* root_of(const std::filesystem::path& path, std::filesystem::path& rest) const;

  std::vector<Root> roots_;
  std::vector<std::filesystem::path> names_;
  std::vector<std::filesystem::path> skipped_;
};

}  // namespace common
