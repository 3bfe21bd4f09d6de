#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string_view>

#include "servers/common/icalendar/zones.hpp"

namespace common {

/// What time it is. One clock serves all threads of a process.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::chrono::sys_seconds now() const = 0;
};

class SystemClock final : public Clock {
 public:
  std::chrono::sys_seconds now() const override;
};

/// Stands still at one instant.
class StillClock final : public Clock {
 public:
  explicit StillClock(std::chrono::sys_seconds at) : at_(at) {}
  std::chrono::sys_seconds now() const override { return at_; }

 private:
  std::chrono::sys_seconds at_;
};

/// Starts at an instant when it is made, and runs.
class RunningClock final : public Clock {
 public:
  explicit RunningClock(std::chrono::sys_seconds start);
  std::chrono::sys_seconds now() const override;

 private:
  std::chrono::sys_seconds start_;
  std::chrono::steady_clock::time_point made_;
};

/// One RFC 3339 line in a file that somebody else replaces atomically; read at each call, so that
/// time stands still in between. A file that holds anything else is a std::runtime_error that names
/// it.
class FileClock final : public Clock {
 public:
  explicit FileClock(std::filesystem::path file) : file_(std::move(file)) {}
  std::chrono::sys_seconds now() const override;

 private:
  std::filesystem::path file_;
};

/// The clock that `--clock FILE` and `--now T` ask for: the file wins, neither is the system's. T
/// is RFC 3339, or a date or local time in `zone`. Throws std::runtime_error for what is no time.
std::unique_ptr<Clock> make_clock(std::string_view now, const std::filesystem::path& file,
                                  const Zone& zone);

}  // namespace common
