#include "host/harness/recorded_file.hpp"

#include <exception>

#include "host/harness/snapshots.hpp"
#include "host/harness/write_test_file.hpp"

namespace harness {

std::string recorded_text(const RecordedFile& file, const Heard& heard) {
  std::string name = file.path.filename().string();
  name = name.substr(0, name.find('.'));
  TestFile written{
      .path = file.path, .server = file.server, .command = file.command, .fixture = file.fixture};
  written.tests.push_back(
      {.name = name + ", as recorded",
       .steps = steps_of({.folder = file.folder, .now = file.now, .heard = heard})});
  return write_test_file(written,
                         "Recorded by adjutant record. Times, UUIDs and the folder are expected by "
                         "their form;\nthe rest as it came: take out what need not stay.");
}

std::string write_recorded(const RecordedFile& file, const Heard& heard) {
  try {
    replace_text(file.path, recorded_text(file, heard));
    return "";
  } catch (const std::exception& error) {
    return "what was recorded cannot be written: " + std::string(error.what());
  }
}

}  // namespace harness
