#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "host/harness/test_folder.hpp"

namespace harness {

/// A folder of its own for one of our servers under test, with something in it to read: never the
/// user's. Gone with it.
class Throwaway final {
 public:
  /// Throws std::runtime_error.
  Throwaway();

  const std::filesystem::path& data() const { return data_; }

  /// The command line of one of our servers ("email") on this folder.
  std::vector<std::string> args_for(const std::string& server, const std::string& zone) const;

 private:
  void write(const std::filesystem::path& name, const std::string& text) const;

  TestFolder folder_{};
  std::filesystem::path data_{folder_.path() / "data"};
};

}  // namespace harness
