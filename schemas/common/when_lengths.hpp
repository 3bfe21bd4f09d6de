#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "schemas/common/when_item.hpp"

namespace common::words {

constexpr std::int64_t kCountMax = 100'000;  ///< Of one unit.
constexpr std::size_t kAmountsMax = 8;
constexpr int kNthMax = 1000;  ///< "3 fridays from now"

/// So many units, a fraction counted in the next smaller ones. Nothing for what has no such part
/// (half a month), or is more than anybody means.
std::optional<Duration> duration_of(const Quantity& count, Unit unit);

}  // namespace common::words
