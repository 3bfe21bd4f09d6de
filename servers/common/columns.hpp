#pragma once

#include <SQLiteCpp/Column.h>

#include <algorithm>
#include <cassert>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/mcp/fields.hpp"
#include "schemas/common/time.hpp"

/// How values lie in the columns of a store: enumerators by their names, times as answers show
/// them, lists as lines.
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

}  // namespace common
