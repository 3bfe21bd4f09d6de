#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/common/json.hpp"
#include "servers/memory/record.hpp"

/// The profile: which keys there are, what each may hold, and its JSON.
namespace memory {

/// The key itself, or all keys of the group that it names ("preferences.scheduling"), in the order
/// of the profile; all keys for "". Empty if there is nothing of that name.
std::vector<std::string> keys_under(std::string_view key);

/// What a caller gave for a key of the profile: text as it is, all else read as JSON. Sets `value`,
/// or returns what was expected.
std::optional<std::string> read_value(std::string_view key, std::string_view text,
                                      common::Json& value);

/// The part of the profile that `key` names: one value (null if it is not set), or an object of
/// what is set in a group.
common::Json profile_json(std::span<const Entry> entries, std::string_view key);

/// "scheduling: buffer between meetings: 10", "goals: short term: Release 2.4; Start the pilot".
std::string in_words(std::string_view key, const common::Json& value);

}  // namespace memory
