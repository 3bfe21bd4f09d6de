#pragma once

#include <string>
#include <string_view>

namespace files {

/// The difference between two texts as the reference filesystem server shows it (which takes it
/// from npm `diff`): Myers, "An O(ND) difference algorithm and its variations" (1986), removals
/// preferred where two paths are equally short, with four lines around each change and `path` as
/// the name of both. Texts that differ in very many lines are shown as all old lines replaced by
/// all new ones.
std::string unified_diff(std::string_view path, std::string_view before, std::string_view after);

}  // namespace files
