#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "host/trust/audit.hpp"
#include "host/trust/seal.hpp"

namespace host {

/// How records and the head stand in their files.

/// The record, without its MAC.
nlohmann::ordered_json to_json(const AuditRecord& record);

/// The record as its line, without the line's end; the MAC is its last member.
std::string audit_line(const AuditRecord& record, const Seal& seal, std::string_view previous_mac);

struct ReadLine {
  AuditRecord record{};
  std::string mac{};
  bool holds{};  ///< The MAC fits the bytes of the line and the MAC before it.
};

/// Nothing if the line is no record at all. Of a record that does not hold only `seq` is read.
std::optional<ReadLine> read_audit_line(std::string_view line, const Seal& seal,
                                        std::string_view previous_mac);

/// How many records there are and the MAC of the last ("" of none).
struct AuditHead {
  std::int64_t count{};
  std::string last_mac{};
};

std::string head_line(const AuditHead& head, const Seal& seal);
/// Nothing if the bytes are not a head made with this key.
std::optional<AuditHead> read_head(std::string_view bytes, const Seal& seal);

}  // namespace host
