#pragma once

#include <chrono>

#include "servers/common/clock.hpp"

namespace test {

/// A clock that the test sets; at first Mon 2026-03-16 09:00 in Warsaw.
class HandClock final : public common::Clock {
 public:
  std::chrono::sys_seconds now() const override { return at; }
  std::chrono::sys_seconds at{std::chrono::sys_days{std::chrono::year{2026} / 3 / 16} +
                              std::chrono::hours(8)};
};

}  // namespace test
