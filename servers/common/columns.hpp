#pragma once

#include <SQLiteCpp/Column.h>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/mcp/fields.hpp"
#include "schemas/common/time.hpp"

/// How values lie in the columns of a store: enumerators by their names, times as answers show
/// them (or, where only the instant counts, as Unix seconds), lists as lines; and how the number of
/// a row becomes its id.
namespace common {

template <class Enum>
std::string name_of(const mcp::fields::Type& type, Enum value) {
  return std::string(type.names[static_cast<std::size_t>(value)]);
}

template <class Enum>
Enum value_of(const mcp::fields::Type& type, std::string_view name) {
  const auto found = std::ranges::find(type.names, name);
  assert(found != type.names.end());
  return static_cast<Enum>(found - type.names.begin());
}

/// One item a line; items hold no line ends.
inline std::string lines_of(const std::vector<std::string>& items) {
  std::string lines;
  for (const std::string& item : items) lines += item + "\n";
  return lines;
}

inline std::vector<std::string> items_of(std::string_view lines) {
  std::vector<std::string> items;
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    items.emplace_back(lines.substr(0, end));
    lines.remove_prefix(end + 1);
  }
  return items;
}

inline std::optional<Time> time_in(const SQLite::Column& column) {
  if (column.isNull()) return std::nullopt;
  Time time;
  [[maybe_unused]] const auto problem = parse(column.getString(), time);
  assert(!problem);
  return time;
}

inline std::optional<std::int64_t> number_in(const SQLite::Column& column) {
  return column.isNull() ? std::nullopt : std::optional(column.getInt64());
}

inline std::int64_t seconds_of(std::chrono::sys_seconds at) {
  return at.time_since_epoch().count();
}

inline std::chrono::sys_seconds instant_in(const SQLite::Column& column) {
  return std::chrono::sys_seconds{std::chrono::seconds{column.getInt64()}};
}

/// The number that follows `prefix` at the beginning of an id ("e12-20260316" and "e" give 12); it
/// is at least 1. `rest` gets what follows; without it nothing may.
inline std::optional<std::int64_t> number_of_id(std::string_view id, std::string_view prefix,
                                                std::string_view* rest = nullptr) {
  if (!id.starts_with(prefix)) return std::nullopt;
  std::int64_t number = 0;
  const char* end = id.data() + id.size();
  const auto [stop, error] = std::from_chars(id.data() + prefix.size(), end, number);
  if (error != std::errc() || number < 1 || (rest == nullptr && stop != end)) return std::nullopt;
  if (rest != nullptr) *rest = std::string_view(stop, static_cast<std::size_t>(end - stop));
  return number;
}

}  // namespace common
