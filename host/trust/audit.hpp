#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace common {
class Clock;
}

namespace host {

/// One line of the audit: what was decided about a call, or what came of it. Never content: of the
/// arguments only their digest and the ids that they name.
struct AuditRecord {
  std::int64_t seq{};   ///< From 1, without gaps; given by the log.
  std::string at{};     ///< RFC 3339 in UTC by the Clock; given by the log.
  std::string actor{};  ///< "user", "adjutant", or the program that asked.
  std::string server{};
  std::string tool{};
  std::string action_class{};  ///< read, own, named, delete, send or stranger.
  std::string decision{};      ///< act, tell, ask or deny.
  std::string rule{};          ///< What decided, in words.
  std::string args_sha256{};
  std::vector<std::string> ids{};
  std::optional<std::int64_t> card{};
  std::string phase{};  ///< decided; then, if the call was made, done or failed.
};

/// What `audit verify` found. Nothing is changed by looking.
struct AuditReport {
  std::int64_t records{};             ///< Whole records from the start that hold.
  bool torn{};                        ///< The last line was cut off while being written; no fault.
  std::optional<std::int64_t> bad{};  ///< The number of the first record that does not hold.
  std::string problem{};              ///< What is wrong there, a sentence; empty if nothing is.
};

/// The log of one data folder: `audit.jsonl`, each line chained to the one before by a MAC;
/// `audit.head` (how many, the last MAC, itself MACed), so that a cut tail shows; `audit.key`.
/// Several processes and threads append at once: each append opens the files and holds a lock.
///
/// It shows every edit by somebody without the key. It cannot show that all three files were taken
/// back together to an older state, nor what somebody who can read the key does.
class AuditLog {
 public:
  /// Makes the folder, the key and an empty head where there is none yet.
  AuditLog(std::filesystem::path folder, const common::Clock& clock);

  /// Appends and returns the record's number once it is on the disk. A torn last line is first
  /// moved to `audit.torn`. Throws std::runtime_error if head or key were tampered with: what
  /// cannot be recorded must not be done.
  std::int64_t append(AuditRecord record);

  std::vector<AuditRecord> read() const;
  AuditReport verify() const;

 private:
  std::filesystem::path folder_;
  const common::Clock& clock_;
};

}  // namespace host
