#include "host/trust/audit.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "host/trust/audit_line.hpp"
#include "host/trust/descriptor.hpp"
#include "schemas/common/time.hpp"
#include "servers/common/clock.hpp"

namespace host {

namespace fs = std::filesystem;

namespace {

// Longer than any line: ids are at most 500 a call.
constexpr off_t kTailBytes = 1 << 18;

struct Files {
  explicit Files(const fs::path& folder)
      : log(folder / "audit.jsonl"),
        head(folder / "audit.head"),
        key(folder / "audit.key"),
        torn(folder / "audit.torn") {}
  fs::path log;
  fs::path head;
  fs::path key;
  fs::path torn;
};

constexpr const char* kTampered =
    " `adjutant audit verify` says what was changed; to start a new audit, move the three files "
    "audit.jsonl, audit.head and audit.key away together";

/// The key; a new one, with an empty head, where the log has not begun. The head is written first,
/// so a key without a head means that somebody took the head away.
Seal open_seal(const Files& files, const Descriptor& log) {
  if (const std::optional<std::string> hex = read_file(files.key)) return Seal::from_hex(*hex);
  if (log.size() != 0)
    throw std::runtime_error(files.key.string() + " is missing, though records exist." + kTampered);
  const Seal seal = Seal::random();
  replace_file(files.head, head_line({}, seal) + "\n");
  replace_file(files.key, seal.to_hex() + "\n");
  return seal;
}

AuditHead open_head(const Files& files, const Seal& seal) {
  const std::optional<std::string> bytes = read_file(files.head);
  const std::optional<AuditHead> head = bytes ? read_head(*bytes, seal) : std::nullopt;
  if (!head)
    throw std::runtime_error(files.head.string() + " is missing or was changed." + kTampered);
  return *head;
}

/// Bytes after the last line's end are a record whose writer died: its call was never made. They
/// are kept aside.
void set_torn_line_aside(const Files& files, const Descriptor& log, std::string& tail) {
  const std::size_t end = tail.rfind('\n') + 1;  // npos + 1 = 0
  if (end == tail.size()) return;
  const Descriptor torn(files.torn, O_WRONLY | O_CREAT | O_APPEND);
  torn.write(tail.substr(end) + "\n");
  torn.make_durable();
  log.truncate(log.size() - static_cast<off_t>(tail.size() - end));
  tail.resize(end);
}

std::string_view last_line(std::string_view tail) {
  if (tail.empty()) return tail;
  tail.remove_suffix(1);
  return tail.substr(tail.rfind('\n') + 1);
}

/// Where the chain goes on. Normally at the head; after a crash between line and head, at the line.
/// If somebody cut or changed lines, at the head, so that `verify` finds the gap.
AuditHead next_link(const AuditHead& head, std::string_view tail, const Seal& seal) {
  const std::optional<ReadLine> last = read_audit_line(last_line(tail), seal, head.last_mac);
  if (last && last->holds && last->record.seq == head.count + 1)
    return {.count = last->record.seq, .last_mac = last->mac};
  return head;
}

}  // namespace

AuditLog::AuditLog(fs::path folder, const common::Clock& clock)
    : folder_(std::move(folder)), clock_(clock) {
  make_private_folder(folder_);
}

std::int64_t AuditLog::append(AuditRecord record) {
  const Files files(folder_);
  const Descriptor log(files.log, O_RDWR | O_CREAT | O_APPEND);
  log.lock(LOCK_EX);
  const Seal seal = open_seal(files, log);
  const AuditHead head = open_head(files, seal);
  std::string tail = log.read_from(std::max<off_t>(0, log.size() - kTailBytes));
  set_torn_line_aside(files, log, tail);
  const AuditHead link = next_link(head, tail, seal);

  record.seq = link.count + 1;
  record.at = common::to_string(common::instant(clock_.now(), std::chrono::seconds(0)));
  const std::string line = audit_line(record, seal, link.last_mac);
  log.write(line + "\n");
  log.make_durable();
  const std::optional<ReadLine> written = read_audit_line(line, seal, link.last_mac);
  replace_file(files.head, head_line({.count = record.seq, .last_mac = written->mac}, seal) + "\n");
  return record.seq;
}

}  // namespace host
