#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "schemas/common/time.hpp"

namespace common {

struct ZoneTable;

/// A time zone: a handle on an immutable table of offsets, cheap to copy and free to share between
/// threads. Every Zone is one that exists; there is no empty one.
class Zone {
 public:
  /// The zone of that IANA name in the system's tzdata ("Europe/Warsaw", "UTC"), or nothing. The
  /// first use of a zone reads its file (under a lock, about a millisecond), later ones share the
  /// table.
  static std::optional<Zone> find(std::string_view iana);

  static Zone utc();

  explicit Zone(std::shared_ptr<const ZoneTable> table);

  const std::string& id() const;

  /// Local time minus UTC at that instant.
  std::chrono::seconds offset_at(std::chrono::sys_seconds instant) const;

  std::chrono::local_seconds to_local(std::chrono::sys_seconds instant) const;

  /// What a local time means (RFC 5545, 3.3.5): one that occurs twice is its first occurrence, one
  /// that a change of offset skips is read with the offset before the change.
  std::chrono::sys_seconds to_utc(std::chrono::local_seconds local) const;

  /// The instant as an answer shows it.
  Time at(std::chrono::sys_seconds instant) const;

  friend bool operator==(const Zone& left, const Zone& right) { return left.id() == right.id(); }

 private:
  std::shared_ptr<const ZoneTable> table_;
};

}  // namespace common
