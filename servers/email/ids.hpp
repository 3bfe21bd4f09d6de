#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>

namespace email {

/// The number in "m12" for 'm'; nothing if `id` is not of that form.
inline std::optional<std::int64_t> number_after(char letter, std::string_view id) {
  if (id.empty() || id.front() != letter) return std::nullopt;
  std::int64_t number = 0;
  const char* const end = id.data() + id.size();
  const auto [stop, error] = std::from_chars(id.data() + 1, end, number);
  return error == std::errc() && stop == end && number > 0 ? std::optional(number) : std::nullopt;
}

}  // namespace email
