#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace harness {

/// A folder of its own for one of our servers under test, with something in it to read: never the
/// user's. Gone with it.
class Throwaway {
 public:
  Throwaway();
  ~Throwaway();
  Throwaway(const Throwaway&) = delete;
  Throwaway& operator=(const Throwaway&) = delete;

  const std::filesystem::path& data() const { return data_; }

  /// The command line of one of our servers ("email") on this folder.
  std::vector<std::string> args_for(const std::string& server, const std::string& zone) const;

 private:
  void write(const std::filesystem::path& name, const std::string& text) const;

  std::filesystem::path folder_;
  std::filesystem::path data_;
};

}  // namespace harness
