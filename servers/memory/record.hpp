#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "schemas/common/json.hpp"
#include "schemas/memory/rows.hpp"
#include "servers/common/times.hpp"

namespace memory {

/// Something remembered, as it is stored.
struct Record {
  std::int64_t number{};
  Kind kind{};
  std::string text{};
  common::Time at{};  ///< When it happened.
  std::string action{};
  Outcome outcome{Outcome::Unknown};
  std::string feedback{};
  std::vector<std::string> tags{};
  std::string origin{};
  bool untrusted{};  ///< The words are of others.
  std::chrono::sys_seconds learned{};
};

/// A key of the profile that is set.
struct Entry {
  std::string key{};
  common::Json value{};
  std::string origin{};
  bool untrusted{};
  std::chrono::sys_seconds learned{};
};

std::string id_of(std::int64_t number);
Memory row_of(const Record& record, const common::Times& times);
Episode episode_of(const Record& record);

/// A key of the profile as something that is known: a preference, or a fact about the user. Its id
/// is the key.
Memory row_of(const Entry& entry, const common::Times& times);

}  // namespace memory
