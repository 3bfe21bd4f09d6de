#include "servers/common/intents.hpp"

#include <SQLiteCpp/Statement.h>
#include <fcntl.h>

#include <cassert>
#include <cerrno>
#include <system_error>

#include "servers/common/folders.hpp"

namespace common {
namespace {

constexpr std::int64_t kOpeningByte = 0;  // ids of rows begin at 1

}  // namespace

std::string packed(const std::vector<std::string>& effects) {
  std::string blob;
  for (const std::string& effect : effects) {
    assert(effect.find('\0') == std::string::npos);
    blob += effect;
    blob += '\0';
  }
  return blob;
}

std::vector<std::string> unpacked(std::string_view blob) {
  std::vector<std::string> effects;
  while (!blob.empty()) {
    const std::size_t end = blob.find('\0');
    effects.emplace_back(blob.substr(0, end));
    blob.remove_prefix(end + 1);
  }
  return effects;
}

Intents::Intents(SQLite::Database& database, const std::filesystem::path& lock_file)
    : database_(database), file_(open_private_file(lock_file)) {}

bool Intents::lock(std::int64_t byte, bool wait) {
  // Locks of the open file description: two connections of one process do not share them, unlike
  // those of fcntl's older kind, and closing another descriptor of the file does not drop them.
  struct flock range {};
  range.l_type = F_WRLCK;
  range.l_whence = SEEK_SET;
  range.l_start = byte;
  range.l_len = 1;
  while (::fcntl(file_.get(), wait ? F_OFD_SETLKW : F_OFD_SETLK, &range) != 0) {
    if (errno == EINTR) continue;
    if (errno == EAGAIN || errno == EACCES) return false;
    throw std::system_error(errno, std::generic_category(), "locking an intent");
  }
  return true;
}

void Intents::unlock(std::int64_t byte) {
  struct flock range {};
  range.l_type = F_UNLCK;
  range.l_whence = SEEK_SET;
  range.l_start = byte;
  range.l_len = 1;
  ::fcntl(file_.get(), F_OFD_SETLK, &range);
}

std::int64_t Intents::begin(const Steps& steps) {
  SQLite::Statement insert(database_,
                           "INSERT INTO journal_intents(effects, reverted) VALUES (?, ?)");
  const std::string blob = packed(steps.effects);
  insert.bind(1, blob.data(), static_cast<int>(blob.size()));
  insert.bind(2, steps.direction == Direction::Revert ? 1 : 0);
  insert.exec();
  const std::int64_t id = database_.getLastInsertRowid();
  lock(id, true);  // before the row is committed: nobody has seen it yet
  return id;
}

void Intents::finish(std::int64_t id) {
  SQLite::Statement remove(database_, "DELETE FROM journal_intents WHERE id = ?");
  remove.bind(1, id);
  remove.exec();
  unlock(id);
}

std::vector<Intents::Abandoned> Intents::take_abandoned() {
  std::vector<Abandoned> abandoned;
  SQLite::Statement rows(database_,
                         "SELECT id, effects, reverted FROM journal_intents ORDER BY id DESC");
  while (rows.executeStep()) {
    const std::int64_t id = rows.getColumn(0).getInt64();
    if (!lock(id, false)) continue;
    const bool reverted = rows.getColumn(2).getInt() != 0;
    abandoned.push_back({.id = id,
                         .steps = {.effects = unpacked(rows.getColumn(1).getString()),
                                   .direction = reverted ? Direction::Revert : Direction::Apply}});
  }
  return abandoned;
}

void Intents::begin_opening() {
  lock(kOpeningByte, true);
}
void Intents::end_opening() {
  unlock(kOpeningByte);
}

}  // namespace common
