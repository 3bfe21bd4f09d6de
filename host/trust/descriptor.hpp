#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace host {

/// An open file of the host's own state: closed when it goes, locks on it let go. Errors of the
/// system fly as std::system_error that name the path.
class Descriptor {
 public:
  /// `flags` and `mode` as open(2) takes them; O_CLOEXEC is added.
  Descriptor(const std::filesystem::path& path, int flags, mode_t mode = 0600);
  ~Descriptor();
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  /// Waits for the lock; `operation` is LOCK_SH or LOCK_EX of flock(2).
  void lock(int operation) const;
  std::string read_from(off_t offset) const;
  off_t size() const;
  void write(std::string_view bytes) const;
  void truncate(off_t size) const;
  /// Returns once the bytes are on the disk.
  void make_durable() const;

 private:
  [[noreturn]] void fail(const char* action) const;

  std::filesystem::path path_;
  int fd_{-1};
};

/// The whole file; nothing if there is none.
std::optional<std::string> read_file(const std::filesystem::path& path);

/// Replaces the file in one step: after a crash it holds the old or the new bytes. Mode 0600.
void replace_file(const std::filesystem::path& path, std::string_view bytes);

/// The folder and its parents, 0700.
void make_private_folder(const std::filesystem::path& folder);

}  // namespace host
