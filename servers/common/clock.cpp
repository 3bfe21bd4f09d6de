#include "servers/common/clock.hpp"

#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>

#include "schemas/common/when.hpp"
#include "servers/common/times.hpp"

namespace common {

using namespace std::chrono;

sys_seconds SystemClock::now() const {
  return floor<seconds>(system_clock::now());
}

RunningClock::RunningClock(sys_seconds start) : start_(start), made_(steady_clock::now()) {}

sys_seconds RunningClock::now() const {
  return start_ + floor<seconds>(steady_clock::now() - made_);
}

sys_seconds FileClock::now() const {
  std::ifstream stream(file_);
  std::string line;
  Time time;
  if (!std::getline(stream, line) || parse(line, time) || time.date) {
    throw std::runtime_error("clock file " + file_.string() +
                             ": expected one line such as 2026-03-16T07:30:00+01:00, got \"" +
                             line + "\"");
  }
  return time.at;
}

std::unique_ptr<Clock> make_clock(std::string_view now, const std::filesystem::path& file,
                                  const Zone& zone) {
  if (!file.empty()) return std::make_unique<FileClock>(file);
  if (now.empty()) return std::make_unique<SystemClock>();
  When when;
  if (const std::optional<std::string> problem = parse(now, when)) {
    throw std::runtime_error("--now: " + *problem);
  }
  const SystemClock system;
  const Times times(system, zone);
  const Time start = times.point(when, {.pointer = "--now"});
  return std::make_unique<RunningClock>(times.begin_of(start));
}

}  // namespace common
