#include "host/harness/test_folder.hpp"

#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace harness {

namespace fs = std::filesystem;

TestFolder::TestFolder() {
  std::string name = (fs::temp_directory_path() / "adjutant-test.XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) {
    throw std::runtime_error("cannot make a temporary folder in " +
                             fs::temp_directory_path().string() + "; set TMPDIR to another");
  }
  path_ = fs::canonical(name);
}

TestFolder::~TestFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

void TestFolder::fill(const Fixture& fixture, const Variables& variables) const {
  for (const fs::path& copy : fixture.copies) {
    fs::copy(copy, path_,
             fs::copy_options::recursive | fs::copy_options::overwrite_existing |
                 fs::copy_options::copy_symlinks);
  }
  for (const FixtureFile& file : fixture.files) {
    const fs::path path = path_ / file.path;
    fs::create_directories(file.folder ? path : path.parent_path());
    if (file.folder) continue;
    if (!file.from.empty()) {
      fs::copy_file(file.from, path, fs::copy_options::overwrite_existing);
      continue;
    }
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << expanded(file.text, variables);
    out.flush();
    if (!out) throw std::runtime_error("cannot write the fixture " + path.string());
  }
}

}  // namespace harness
