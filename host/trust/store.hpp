#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "servers/common/database.hpp"
#include "servers/common/times.hpp"

namespace host {

/// `host.db` in the host's folder: cards, deeds, changes and lessons. Belongs to one thread;
/// several processes may each have one.
class Store {
 public:
  Store(const std::filesystem::path& folder, const common::Times& times);

  common::Database& database() { return database_; }
  /// The Clock's now as RFC 3339 in the user's zone.
  std::string now() const;

 private:
  const common::Times& times_;
  common::Database database_;
};

}  // namespace host
