#include <fcntl.h>
#include <sys/file.h>

#include "host/trust/audit.hpp"
#include "host/trust/audit_line.hpp"
#include "host/trust/descriptor.hpp"

namespace host {

namespace {

/// Walks the log's lines in order and stops at the first that does not hold.
class Walk {
 public:
  Walk(std::string_view log, const Seal& seal) : rest_(log), seal_(seal) {}

  /// True while records hold; then `report` says why it stopped, if not at the end.
  bool next(AuditReport& report) {
    if (rest_.empty()) return false;
    const std::size_t end = rest_.find('\n');
    if (end == std::string_view::npos) {
      report.torn = true;
      return false;
    }
    const std::optional<ReadLine> line = read_audit_line(rest_.substr(0, end), seal_, mac_);
    const std::int64_t number = report.records + 1;
    if (!line || !line->holds || line->record.seq != number) {
      report.bad = number;
      report.problem = fault(line, number);
      return false;
    }
    rest_.remove_prefix(end + 1);
    mac_ = line->mac;
    record_ = line->record;
    report.records = number;
    return true;
  }

  const std::string& mac() const { return mac_; }
  const AuditRecord& record() const { return record_; }

 private:
  static std::string fault(const std::optional<ReadLine>& line, std::int64_t number) {
    const std::string name = "record " + std::to_string(number);
    if (!line) return name + " was changed: its line is no record any more";
    if (line->record.seq == number) return name + " was changed: its MAC does not fit its bytes";
    return name + " is missing: record " + std::to_string(line->record.seq) +
           " stands in its place, so records were removed or swapped";
  }

  std::string_view rest_;
  const Seal& seal_;
  std::string mac_;
  AuditRecord record_;
};

void set_fault(AuditReport& report, std::int64_t number, std::string problem) {
  report.bad = number;
  report.problem = std::move(problem);
}

/// What the head knows beyond the chain: that nothing was cut off at the end.
void check_head(AuditReport& report, const AuditHead& head, const std::string& mac_at_head) {
  const std::string counted = std::to_string(head.count);
  const std::string next = std::to_string(report.records + 1);
  if (report.records < head.count) {
    report.torn = false;
    set_fault(
        report, report.records + 1,
        "record " + next + " is missing: the log ends before it, audit.head counts " + counted);
  } else if (report.records > head.count + 1) {
    set_fault(report, head.count + 1,
              "audit.head is older than the log: it counts " + counted + " of " +
                  std::to_string(report.records) + " records");
  } else if (mac_at_head != head.last_mac) {
    set_fault(report, head.count, "record " + counted + " is not the one that audit.head names");
  }
}

}  // namespace

AuditReport AuditLog::verify() const {
  AuditReport report;
  const std::optional<std::string> key = read_file(folder_ / "audit.key");
  if (!key) {
    if (std::filesystem::exists(folder_ / "audit.jsonl"))
      report.problem = "audit.key is missing, so nothing can be checked";
    return report;
  }
  const Seal seal = Seal::from_hex(*key);
  const Descriptor file(folder_ / "audit.jsonl", O_RDONLY | O_CREAT);
  file.lock(LOCK_SH);
  const std::string log = file.read_from(0);
  const std::optional<std::string> bytes = read_file(folder_ / "audit.head");
  const std::optional<AuditHead> head = bytes ? read_head(*bytes, seal) : std::nullopt;

  Walk walk(log, seal);
  std::string mac_at_head;
  while (walk.next(report)) {
    if (head && report.records == head->count) mac_at_head = walk.mac();
  }
  if (!report.problem.empty()) return report;
  if (!head) {
    report.problem = "audit.head is missing or was changed, so a cut end could not be seen";
    return report;
  }
  check_head(report, *head, mac_at_head);
  return report;
}

std::vector<AuditRecord> AuditLog::read() const {
  std::vector<AuditRecord> records;
  const std::optional<std::string> key = read_file(folder_ / "audit.key");
  const std::optional<std::string> log = read_file(folder_ / "audit.jsonl");
  if (!key || !log) return records;
  const Seal seal = Seal::from_hex(*key);
  Walk walk(*log, seal);
  AuditReport report;
  while (walk.next(report)) records.push_back(walk.record());
  return records;
}

}  // namespace host
