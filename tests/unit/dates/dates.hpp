#pragma once

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <string_view>

#include "schemas/common/when.hpp"
#include "servers/common/clock.hpp"
#include "servers/common/times.hpp"

namespace common {

inline When when(std::string_view text) {
  When parsed;
  const auto problem = parse(text, parsed);
  if (problem) throw std::runtime_error(std::string(text) + ": " + *problem);
  return parsed;
}

inline Time time_of(std::string_view text) {
  Time parsed;
  EXPECT_FALSE(parse(text, parsed)) << text;
  return parsed;
}

/// A clock that stands still, and the times in a zone by it.
class At final {
 public:
  explicit At(std::string_view now, std::string_view zone = "Europe/Warsaw")
      : clock_(time_of(now).at), times_(clock_, *Zone::find(zone)) {}

  const Times& operator*() const { return times_; }
  const Times* operator->() const { return &times_; }

 private:
  StillClock clock_;
  Times times_;
};

}  // namespace common
