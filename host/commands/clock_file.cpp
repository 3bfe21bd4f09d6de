#include "host/commands/clock_file.hpp"

#include <unistd.h>

#include <utility>

#include "host/trust/descriptor.hpp"
#include "schemas/common/time.hpp"

namespace host {

ClockFile::ClockFile(const std::filesystem::path& folder, std::chrono::sys_seconds start)
    : path_(folder / ("clock." + std::to_string(::getpid()))), own_(true) {
  make_private_folder(folder);
  set(start);
}

ClockFile::ClockFile(ClockFile&& other) noexcept
    : path_(std::exchange(other.path_, {})), own_(std::exchange(other.own_, false)) {}

ClockFile::~ClockFile() {
  std::error_code error;
  if (own_) std::filesystem::remove(path_, error);
}

void ClockFile::set(std::chrono::sys_seconds now) const {
  replace_file(path_, common::to_string(common::instant(now, std::chrono::seconds(0))) + "\n");
}

}  // namespace host
