#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>

#include "host/harness/seen.hpp"
#include "host/harness/volatile_values.hpp"

namespace harness {

/// Whole answers as they were, kept beside a test file: `notes.test.toml` has
/// `notes.snapshots.json`, a JSON object of tests, in each its steps. The test file itself is never
/// written.
class Snapshots final {
 public:
  /// Reads what there is; a missing file is an empty one. Throws std::runtime_error for one that
  /// cannot be read.
  explicit Snapshots(const std::filesystem::path& test_file);

  /// An answer with what changes from run to run made the same.
  static nlohmann::ordered_json normalised(const Seen& seen, const VolatileValues& same);

  /// What is wrong with the answer, as a sentence; empty if it is as it was.
  std::string difference(const std::string& test, const std::string& step,
                         const nlohmann::ordered_json& answer) const;

  /// Keeps the answer from now on. Returns whether that changed anything.
  bool keep(const std::string& test, const std::string& step, const nlohmann::ordered_json& answer);

  /// Forgets the tests and steps that are not among `kept` ("test\nstep") any more.
  void forget_others(const std::set<std::string>& kept);

  /// Writes the file if there is anything new, and removes it if nothing is left.
  void save() const;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  nlohmann::ordered_json tests_ = nlohmann::ordered_json::object();
  bool changed_{};
};

/// Replaces the file in one step, with the rights that it had; a new one gets those of any new
/// file.
void replace_text(const std::filesystem::path& path, const std::string& text);

}  // namespace harness
