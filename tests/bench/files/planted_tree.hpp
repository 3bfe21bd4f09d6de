#pragma once

#include <filesystem>
#include <string>

namespace bench {

/// What is searched for in a planted tree: in one file of 5,000, at the end, and in one of 17.
constexpr const char* kRareWord = "Needle";
constexpr const char* kFrequentWord = "lantern";

/// `count` files of 20 to 200 words in 1,000 folders, the same for the same count.
void plant_tree(const std::filesystem::path& tree, int count);

}  // namespace bench
