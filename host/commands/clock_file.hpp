#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "servers/common/icalendar/zones.hpp"

namespace host {

/// The file that tells our own servers what time it is, where it is not the machine's. One that was
/// made here is removed again.
class ClockFile {
 public:
  /// No file: everybody goes by the machine's clock.
  ClockFile() = default;
  /// A file that somebody gave.
  explicit ClockFile(std::filesystem::path given) : path_(std::move(given)) {}
  /// A file of our own in `folder`, standing at `start`.
  ClockFile(const std::filesystem::path& folder, std::chrono::sys_seconds start);
  ~ClockFile();
  ClockFile(ClockFile&& other) noexcept;
  ClockFile& operator=(ClockFile&&) = delete;

  bool exists() const { return !path_.empty(); }
  const std::filesystem::path& path() const { return path_; }
  void set(std::chrono::sys_seconds now) const;

 private:
  std::filesystem::path path_;
  bool own_{};
};

}  // namespace host
