#pragma once

#include <optional>
#include <string_view>

#include "schemas/common/when_item.hpp"

namespace common::words {

/// The bit of a tag that patterns name, such as "moment"; nothing if there is no such tag.
std::optional<Tags> tag_named(std::string_view name);
/// All tags that fit an item.
Tags tags_of(const Item& item);
/// True if the item is a time: what a phrase may be.
bool is_time(const Item& item);
/// The time as a tree, or null for one that cannot be dated.
Tree tree_of(const Item& item);

}  // namespace common::words
