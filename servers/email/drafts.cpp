#include "servers/email/drafts.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <random>
#include <set>
#include <system_error>

#include "servers/common/folders.hpp"
#include "servers/email/effects.hpp"
#include "servers/email/ids.hpp"
#include "servers/email/index.hpp"
#include "servers/email/lines.hpp"
#include "servers/email/mime/utf8.hpp"
#include "servers/email/store.hpp"

namespace email {
namespace {

constexpr std::string_view kDraftState = "draft";
constexpr std::string_view kQueuedState = "queued";

/// A file that no row names yet; removed unless it is kept.
class StagedFile final {
 public:
  StagedFile(std::filesystem::path path, std::string_view bytes) : path_(std::move(path)) {
    const transport::Descriptor file = common::open_private_file(path_);
    while (!bytes.empty()) {
      const ssize_t count = ::write(file.get(), bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) throw std::system_error(errno, std::generic_category(), path_.string());
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    if (::fsync(file.get()) != 0)
      throw std::system_error(errno, std::generic_category(), path_.string());
  }
  StagedFile(StagedFile&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  StagedFile& operator=(StagedFile&&) = delete;
  ~StagedFile() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  void keep() { path_.clear(); }

 private:
  std::filesystem::path path_;
};

/// Files that nothing can bring back any more: of a process that was cut off, or of a change that
/// has left the journal (after 30 days; renaming a file sets its change time).
void remove_forgotten(const std::filesystem::path& staged) {
  constexpr std::int64_t kKeepSeconds = std::int64_t{62} * 24 * 3600;
  for (const auto& entry : std::filesystem::directory_iterator(staged)) {
    struct stat what {};
    if (::lstat(entry.path().c_str(), &what) != 0 || !S_ISREG(what.st_mode)) continue;
    if (::time(nullptr) - what.st_ctim.tv_sec > kKeepSeconds) ::unlink(entry.path().c_str());
  }
}

std::string new_file_name(const common::Time& now) {
  std::random_device random;
  return std::to_string(now.at.time_since_epoch().count()) + "." + std::to_string(random()) + "." +
         std::to_string(random()) + ".eml";
}

std::vector<std::string> spoken_all(const std::vector<Mail::Address>& addresses) {
  std::vector<std::string> out;
  for (const Mail::Address& address : addresses) out.push_back(spoken(address));
  return out;
}

std::string attachment_lines(const std::vector<Outgoing::Attached>& attachments) {
  std::vector<std::string> lines;
  for (const Outgoing::Attached& attached : attachments)
    lines.push_back(std::to_string(attached.bytes.size()) + "\t" + attached.mime_type + "\t" +
                    attached.name);
  return joined_lines(lines);
}

std::vector<Attachment> attachments_from(std::string_view text) {
  std::vector<Attachment> out;
  for (const std::string& line : lines_of(text)) {
    const std::size_t first = line.find('\t');
    const std::size_t second = line.find('\t', first + 1);
    out.push_back({.name = line.substr(second + 1),
                   .mime_type = line.substr(first + 1, second - first - 1),
                   .size = std::stoll(line.substr(0, first))});
  }
  return out;
}

std::int64_t insert(SQLite::Database& db, const NewDraft& draft, const std::string& file) {
  SQLite::Statement row(db, R"sql(
INSERT INTO drafts(state, file, recipients, copies, blind_copies, subject, body, reply_to, forward,
                   attachments, untrusted, made)
VALUES('draft', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql");
  int at = 0;
  row.bind(++at, file);
  row.bind(++at, joined_lines(spoken_all(draft.mail.to)));
  row.bind(++at, joined_lines(spoken_all(draft.mail.cc)));
  row.bind(++at, joined_lines(spoken_all(draft.mail.bcc)));
  row.bind(++at, draft.mail.subject);
  row.bind(++at, draft.mail.text);
  ++at;
  if (draft.reply_to) row.bind(at, *draft.reply_to);
  ++at;
  if (draft.forward) row.bind(at, *draft.forward);
  row.bind(++at, attachment_lines(draft.mail.attachments));
  row.bind(++at, draft.untrusted ? 1 : 0);
  row.bind(++at, static_cast<std::int64_t>(draft.mail.date.at.time_since_epoch().count()));
  row.exec();
  return db.getLastInsertRowid();
}

std::string draft_id(std::int64_t row) {
  return "d" + std::to_string(row);
}

std::string row_id(const SQLite::Column& column) {
  return column.isNull() ? std::string() : message_id_of(column.getInt64());
}

/// As much of a text as an answer with `count` drafts has room for; the draft itself holds all.
std::string shown(const std::string& text, std::size_t count) {
  constexpr std::size_t kAnswerBytes = 32 * 1024;
  constexpr std::size_t kLeast = 200;
  const std::size_t max = std::max(kLeast, kAnswerBytes / std::max<std::size_t>(1, count));
  if (text.size() <= max) return text;
  const std::string_view begin = utf8_prefix(text, max);
  return std::string(begin) + "\n[" + std::to_string(text.size() - begin.size()) +
         " more bytes are in the draft]";
}

DraftState state_of(const std::string& state) {
  return state == kQueuedState ? DraftState::Queued : DraftState::Draft;
}

std::string sum_up(std::string_view verb, const std::vector<Draft>& drafts) {
  constexpr std::size_t kNamed = 3;
  std::string text(verb);
  for (std::size_t i = 0; i < drafts.size() && i < kNamed; ++i) {
    const Draft& draft = drafts[i];
    text += (i == 0 ? " " : "; ") + draft.id + " \"" + draft.subject + "\"";
    if (!draft.to.empty()) text += " to " + draft.to.front();
  }
  if (drafts.size() > kNamed) text += " and " + std::to_string(drafts.size() - kNamed) + " more";
  return text;
}

}  // namespace

DraftStore::DraftStore(common::Database& database, const std::filesystem::path& folder,
                       const common::Times& times)
    : database_(database), folder_(folder), times_(times) {
  for (const std::string_view name : {kStaged, kDrafts, kOutbox})
    common::make_private_folder(folder_ / name.substr(0, name.size() - 1));
  remove_forgotten(folder_ / kStaged);
}

std::filesystem::path DraftStore::path_of(std::string_view folder, const std::string& file) const {
  return folder_ / (std::string(folder) + file);
}

std::filesystem::path DraftStore::outbox() const {
  return folder_ / kOutbox.substr(0, kOutbox.size() - 1);
}

std::vector<Draft> DraftStore::add(const std::vector<NewDraft>& drafts, mcp::Call& call) {
  std::vector<StagedFile> staged;
  std::vector<std::string> files;
  common::Write write{.call = &call};
  for (const NewDraft& draft : drafts) {
    files.push_back(new_file_name(draft.mail.date));
    staged.emplace_back(path_of(kStaged, files.back()), write_mail(draft.mail));
    write.effects.push_back(
        draft_effect(std::string(kStaged) + files.back(), std::string(kDrafts) + files.back()));
  }
  std::vector<Draft> added = database_.write(write, [&](SQLite::Database& db) {
    std::vector<Draft> out;
    for (std::size_t i = 0; i < drafts.size(); ++i) {
      const Outgoing& mail = drafts[i].mail;
      out.push_back({.id = draft_id(insert(db, drafts[i], files[i])),
                     .to = spoken_all(mail.to),
                     .cc = spoken_all(mail.cc),
                     .bcc = spoken_all(mail.bcc),
                     .subject = mail.subject,
                     .text = shown(mail.text, drafts.size()),
                     .reply_to = drafts[i].reply_to ? message_id_of(*drafts[i].reply_to) : "",
                     .forward = drafts[i].forward ? message_id_of(*drafts[i].forward) : "",
                     .attachments = attachments_from(attachment_lines(mail.attachments)),
                     .state = DraftState::Draft,
                     .leaves = {},
                     .untrusted = drafts[i].untrusted});
    }
    database_.summarize(sum_up("Drafted", out));
    return out;
  });
  for (StagedFile& file : staged) file.keep();
  return added;
}

std::vector<DraftStore::Row> DraftStore::rows_of(const std::vector<std::string>& ids) {
  return database_.read([&](SQLite::Database& db) {
    std::vector<Row> rows;
    std::string problems;
    std::set<std::int64_t> seen;
    SQLite::Statement find(db, R"sql(
SELECT state, file, recipients, copies, blind_copies, subject, body, reply_to, forward, attachments,
       untrusted FROM drafts WHERE id = ?)sql");
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const std::string where = "/ids/" + std::to_string(i) + ": ";
      const std::int64_t id = number_after('d', ids[i]).value_or(0);
      find.bind(1, id);
      if (!find.executeStep()) {
        problems += where + "no draft " + ids[i] + "; its id is in the answer of create_draft\n";
      } else if (seen.insert(id).second) {
        Row row{.draft = {.id = draft_id(id),
                          .to = lines_of(find.getColumn(2).getString()),
                          .cc = lines_of(find.getColumn(3).getString()),
                          .bcc = lines_of(find.getColumn(4).getString()),
                          .subject = find.getColumn(5).getString(),
                          .text = shown(find.getColumn(6).getString(), ids.size()),
                          .reply_to = row_id(find.getColumn(7)),
                          .forward = row_id(find.getColumn(8)),
                          .attachments = attachments_from(find.getColumn(9).getString()),
                          .state = state_of(find.getColumn(0).getString()),
                          .leaves = {},
                          .untrusted = find.getColumn(10).getInt() != 0},
                .file = find.getColumn(1).getString()};
        if (row.draft.state != DraftState::Draft)
          problems += where + ids[i] + " is in the outbox already\n";
        if (row.draft.to.empty() && row.draft.cc.empty() && row.draft.bcc.empty())
          problems += where + ids[i] + " has no recipient; write it again with `to`\n";
        rows.push_back(std::move(row));
      }
      find.reset();
    }
    if (!problems.empty()) throw mcp::ToolError(problems.substr(0, problems.size() - 1));
    return rows;
  });
}

std::vector<Draft> DraftStore::queue(const Queueing& queueing, mcp::Call& call) {
  const std::vector<Row> rows = rows_of(queueing.ids);
  common::Write write{.call = &call, .dry_run = queueing.dry_run};
  for (const Row& row : rows)
    write.effects.push_back(
        draft_effect(std::string(kDrafts) + row.file, std::string(kOutbox) + row.file));
  return database_.write(write, [&](SQLite::Database& db) {
    std::vector<Draft> queued;
    SQLite::Statement update(db, "UPDATE drafts SET state = 'queued', leaves = ? WHERE id = ?");
    for (const Row& row : rows) {
      Draft draft = row.draft;
      draft.state = DraftState::Queued;
      draft.leaves = queueing.leaves;
      if (draft.leaves) {
        update.bind(1, static_cast<std::int64_t>(
                           times_.begin_of(*draft.leaves).time_since_epoch().count()));
      } else {
        update.bind(1);
      }
      update.bind(2, *number_after('d', draft.id));
      update.exec();
      update.reset();
      queued.push_back(std::move(draft));
    }
    database_.summarize(sum_up("Put into the outbox:", queued));
    return queued;
  });
}

}  // namespace email
