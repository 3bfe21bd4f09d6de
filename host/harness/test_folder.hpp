#pragma once

#include <filesystem>

#include "host/harness/test_file.hpp"
#include "host/harness/variables.hpp"

namespace harness {

/// A temporary folder of one test's own, gone with it.
class TestFolder final {
 public:
  /// Throws std::runtime_error.
  TestFolder();
  ~TestFolder();
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;

  /// Absolute, without links in it: servers tell paths as they really are.
  const std::filesystem::path& path() const { return path_; }

  /// Puts the fixture's files there. Throws std::runtime_error.
  void fill(const Fixture& fixture, const Variables& variables) const;

 private:
  std::filesystem::path path_;
};

}  // namespace harness
