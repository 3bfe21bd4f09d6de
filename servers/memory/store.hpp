#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "servers/common/database.hpp"
#include "servers/common/times.hpp"
#include "servers/memory/record.hpp"

namespace memory {

/// Which memories; every member that is set must fit.
struct Filter {
  std::vector<Kind> kinds{};  ///< Any of these; empty: all.
  std::string origin{};
  common::Range learned{};
};

/// Where a list, newest first, goes on: after this one.
struct Place {
  std::chrono::sys_seconds learned{};
  std::int64_t number{};
};

/// A key of the profile with its new value, or nothing to remove it.
struct Edit {
  std::string key{};
  std::optional<common::Json> value{};
};

/// What a key of the profile held, from `learned` on; nothing: it was removed.
struct Version {
  std::optional<common::Json> value{};
  std::string origin{};
  std::chrono::sys_seconds learned{};
  friend bool operator==(const Version&, const Version&) = default;
};

/// Where new words come from.
struct Source {
  std::string origin{};
  bool untrusted{};
};

/// What one user's agent remembers, in SQLite. Words are found by their stems, whatever their case
/// and accents.
class Store final {
 public:
  Store(const std::filesystem::path& file, const common::Times& times);

  common::Database& database() { return database_; }

  /// Returns the id. `number` and `learned` are the store's to set.
  std::string add(Record record, common::Write write);

  /// Newest first, at most `limit`.
  std::vector<Record> list(const Filter& filter, const std::optional<Place>& after,
                           std::int64_t limit);
  std::int64_t count(const Filter& filter);
  /// Episodes that share a word with `text`, the best match first.
  std::vector<Record> similar(std::string_view text, std::int64_t limit);

  /// What is set, in the order of the profile's keys.
  std::vector<Entry> profile();
  /// Applies the edits, and returns those that changed something, with the values before.
  struct Changed {
    Edit edit{};
    std::optional<common::Json> before{};
  };
  std::vector<Changed> edit_profile(const std::vector<Edit>& edits, const Source& source,
                                    common::Write write);
  /// Every value that a key has had, the oldest first. What was undone is not among them.
  std::vector<Version> history(std::string_view key);

 private:
  common::Database database_;
  const common::Times& times_;
};

}  // namespace memory
