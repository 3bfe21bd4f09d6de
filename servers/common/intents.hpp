#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/transport/descriptor.hpp"

namespace common {

enum class Direction : std::uint8_t { Apply, Revert };
constexpr Direction opposite(Direction way) {
  return way == Direction::Apply ? Direction::Revert : Direction::Apply;
}

/// What a change does outside the database, and in which direction; the last step first when
/// reverted.
struct Steps {
  std::vector<std::string> effects{};
  Direction direction{Direction::Apply};
};

/// Steps as one blob (effects hold no NUL).
std::string packed(const std::vector<std::string>& effects);
std::vector<std::string> unpacked(std::string_view blob);

/// What is about to be done outside the database, written down first: a row each in
/// journal_intents. As long as its process lives it holds a lock (on the byte of the lock file that
/// the row's id numbers; the kernel lets go of it when the process ends, however it ends), so a
/// later start can tell an intent that is running from one that was cut off. The caller brings the
/// transaction.
class Intents final {
 public:
  Intents(SQLite::Database& database, const std::filesystem::path& lock_file);

  std::int64_t begin(const Steps& steps);
  void finish(std::int64_t id);

  struct Abandoned {
    std::int64_t id{};
    Steps steps{};
  };
  /// Intents that nobody holds; from now on this object holds them.
  std::vector<Abandoned> take_abandoned();

  /// Leaves an abandoned one to whoever can do something about it.
  void let_go(std::int64_t id) { unlock(id); }

  /// Waits until no other process is opening this database, and keeps others waiting until
  /// `end_opening`.
  void begin_opening();
  void end_opening();

 private:
  bool lock(std::int64_t byte, bool wait);
  void unlock(std::int64_t byte);

  SQLite::Database& database_;
  transport::Descriptor file_;
};

}  // namespace common
