#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/mcp/fields.hpp"

/// What generated tables are made of, besides fields.hpp.
namespace mcp::fields {

extern const Type kBool;
extern const Type kInt;
extern const Type kNumber;
extern const Type kString;

template <class T>
inline constexpr ListAccess list_access{
    .size = [](const void* list) { return static_cast<const std::vector<T>*>(list)->size(); },
    .at = [](const void* list, std::size_t index) -> const void* {
      return &(*static_cast<const std::vector<T>*>(list))[index];
    },
    .append = [](void* list) -> void* {
      return &static_cast<std::vector<T>*>(list)->emplace_back();
    }};

/// std::vector<T> whose elements are described by `Element`.
template <class T, const Type* Element>
inline constexpr Type list_of{
    .name = "list", .kind = Kind::List, .element = Element, .list = &list_access<T>};

template <class T>
inline constexpr OptionalAccess optional_of{
    .get = [](const void* optional) -> const void* {
      const auto& value = *static_cast<const std::optional<T>*>(optional);
      return value ? &*value : nullptr;
    },
    .emplace = [](void* optional) -> void* {
      return &static_cast<std::optional<T>*>(optional)->emplace();
    }};

/// A custom scalar T with `parse(std::string_view, T&)` and `to_string(const T&)` beside it.
template <class T>
inline constexpr Scalar scalar_of{
    .name = "",
    .parse = [](std::string_view text,
                void* value) { return parse(text, *static_cast<T*>(value)); },
    .print = [](const void* value) -> std::string {
      return to_string(*static_cast<const T*>(value));
    }};

}  // namespace mcp::fields
