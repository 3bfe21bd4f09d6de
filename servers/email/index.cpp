#include "servers/email/index.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <time.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "servers/email/index_rows.hpp"

namespace email {
namespace {

/// Messages read in one transaction: others wait that long for the database.
constexpr std::size_t kArrivalsMax = 1000;
/// How long the id of a message whose file is gone is kept for its return.
constexpr std::int64_t kKeepGoneSeconds = std::int64_t{30} * 24 * 3600;

/// A folder changed within the clock's last ticks may change again under the same stamp.
FolderStamp settled(const FolderStamp& stamp) {
  constexpr std::int64_t kTickNs = 50'000'000;
  constexpr std::int64_t kSecondNs = 1'000'000'000;
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  const std::int64_t now_ns = now.tv_sec * kSecondNs + now.tv_nsec;
  const bool fresh = now_ns - std::max(stamp.new_ns, stamp.cur_ns) < kTickNs;
  return fresh ? FolderStamp{} : stamp;
}

}  // namespace

/// One transaction's worth of catching up.
struct MailIndex::Step {
  SQLite::Database& db;
  const Maildir& maildir;
  std::int64_t now;
  std::vector<MailFile> arrivals{};

  /// What is renamed or missing in a folder; what is new there becomes an arrival.
  void compare(const std::string& folder) {
    struct Known {
      std::int64_t id;
      MailFile file;
    };
    std::unordered_map<std::string, Known> known;
    SQLite::Statement rows(
        db, "SELECT id, is_new, name, uniq FROM messages WHERE folder = ? AND gone IS NULL");
    rows.bind(1, folder);
    while (rows.executeStep()) {
      known[rows.getColumn(3).getString()] = {.id = rows.getColumn(0).getInt64(),
                                              .file = {.folder = folder,
                                                       .is_new = rows.getColumn(1).getInt() != 0,
                                                       .name = rows.getColumn(2).getString()}};
    }
    for (MailFile& file : maildir.files(folder)) {
      const auto found = known.find(std::string(unique_part(file.name)));
      if (found == known.end()) {
        arrivals.push_back(std::move(file));
        continue;
      }
      if (found->second.file != file) place_row(db, found->second.id, file);
      known.erase(found);
    }
    for (const auto& [unique, row] : known) miss_row(db, row.id, now);
  }

  void take_in(const MailFile& file) {
    const std::optional<std::string> bytes = maildir.read(file, kMessageBytesMax);
    if (!bytes) return;  // gone again
    const Mail mail = read_mail(*bytes);
    const std::int64_t digest = digest_of(*bytes);
    std::optional<std::int64_t> id = find_gone_row(db, file, digest);
    if (id) {
      place_row(db, *id, file);
    } else {
      id = add_row(db, {.file = file, .digest = digest, .mail = mail, .now = now});
    }
    add_words(db, *id, mail);
  }
};

std::map<std::string, FolderStamp> MailIndex::changed_folders() {
  std::map<std::string, FolderStamp> stamps;
  for (const MailFolder& folder : maildir_.folders()) {
    const std::optional<FolderStamp> stamp = maildir_.stamp(folder.path);
    if (stamp) stamps[folder.path] = settled(*stamp);
  }
  database_.read([&](SQLite::Database& db) {
    SQLite::Statement rows(db, "SELECT path, new_ns, cur_ns FROM folders");
    while (rows.executeStep()) {
      const std::string path = rows.getColumn(0).getString();
      const FolderStamp then{.new_ns = rows.getColumn(1).getInt64(),
                             .cur_ns = rows.getColumn(2).getInt64()};
      const auto now = stamps.find(path);
      if (now == stamps.end()) {
        stamps[path] = FolderStamp{};  // the folder is gone
      } else if (now->second == then && then != FolderStamp{}) {
        stamps.erase(now);
      }
    }
  });
  return stamps;
}

void MailIndex::refresh(const mcp::Call& call) {
  // Stamps are taken before the folders are listed: what changes after is seen next time.
  const std::map<std::string, FolderStamp> changed = changed_folders();
  if (changed.empty()) return;
  std::size_t taken_in = 0;
  bool more = true;
  while (more && !call.cancelled()) {
    more = database_.write({}, [&](SQLite::Database& db) {
      Step step{.db = db, .maildir = maildir_, .now = times_.now().at.time_since_epoch().count()};
      for (const auto& [folder, stamp] : changed) step.compare(folder);
      std::ranges::sort(step.arrivals, {},
                        &MailFile::name);  // names begin with the time of arrival
      const std::size_t count = std::min(step.arrivals.size(), kArrivalsMax);
      for (std::size_t i = 0; i < count; ++i) step.take_in(step.arrivals[i]);
      taken_in += count;
      if (count < step.arrivals.size()) {
        call.progress(static_cast<double>(taken_in),
                      static_cast<double>(taken_in + step.arrivals.size() - count),
                      "Reading the mailbox for the first time");
        return true;
      }
      for (const auto& [folder, stamp] : changed)
        keep_stamp(db, folder, maildir_.stamp(folder), stamp);
      forget_gone_rows(db, step.now - kKeepGoneSeconds);
      return false;
    });
  }
}

}  // namespace email
