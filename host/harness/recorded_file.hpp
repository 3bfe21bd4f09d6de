#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "host/harness/recording.hpp"

namespace harness {

/// The test file that a recording becomes.
struct RecordedFile {
  std::filesystem::path path{};
  std::string server{};                ///< A name of the configuration, or
  std::vector<std::string> command{};  ///< a program and its arguments, with ${folder} in them.
  Fixture fixture{};
  std::filesystem::path folder{};  ///< The session's temporary folder.
  std::int64_t now{};              ///< Seconds since 1970.
};

/// Its text: one test whose steps are the calls.
std::string recorded_text(const RecordedFile& file, const Heard& heard);

/// Writes it in one step, so that the file is whole at every moment. Returns what went wrong, a
/// sentence, or nothing.
std::string write_recorded(const RecordedFile& file, const Heard& heard);

}  // namespace harness
