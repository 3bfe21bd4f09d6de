#pragma once

#include <filesystem>
#include <fstream>
#include <string_view>

namespace test {

/// Makes the folders above it, too.
inline void write_file(const std::filesystem::path& file, std::string_view bytes) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << bytes;
}

}  // namespace test
