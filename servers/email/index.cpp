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

  /// What is renamed or missing in a folder; what is new there becomes an arrival.
  void compare(const std::string& folder, std::vector<MailFile>& arrivals) {
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

  /// Takes in the arrivals from number `begin` on, as many as one transaction should hold. Returns
  /// the number of the first that is left.
  std::size_t take_in(const std::vector<MailFile>& arrivals, std::size_t begin) {
    const std::size_t end = std::min(arrivals.size(), begin + kArrivalsMax);
    for (std::size_t i = begin; i < end; ++i)
      if (!is_there(db, arrivals[i])) take_in(arrivals[i]);  // another process may have been faster
    return end;
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

  void finish(const std::map<std::string, FolderStamp>& stamps) {
    for (const auto& [folder, stamp] : stamps) keep_stamp(db, folder, maildir.stamp(folder), stamp);
    forget_gone_rows(db, now - kKeepGoneSeconds);
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
  std::vector<MailFile> arrivals;
  std::size_t done = 0;
  const auto in_one_transaction = [&](const auto& work) {
    database_.write({}, [&](SQLite::Database& db) {
      Step step{.db = db, .maildir = maildir_, .now = times_.now().at.time_since_epoch().count()};
      work(step);
      done = step.take_in(arrivals, done);
      if (done == arrivals.size()) step.finish(changed);
    });
  };
  in_one_transaction([&](Step& step) {
    for (const auto& [folder, stamp] : changed) step.compare(folder, arrivals);
    std::ranges::sort(arrivals, {}, &MailFile::name);  // names begin with the time of arrival
  });
  while (done < arrivals.size() && !call.cancelled()) {
    call.progress(static_cast<double>(done), static_cast<double>(arrivals.size()),
                  "Reading mail that is new here");
    in_one_transaction([](Step&) {});
  }
}

}  // namespace email
