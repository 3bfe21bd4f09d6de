#pragma once

#include <string>

namespace bench {

/// The least that finding a name can cost: getdents64 over a whole tree, each name looked at once.
/// How many names hold the word.
long plain_walk(const std::string& folder, const std::string& word);

}  // namespace bench
