#pragma once

#include <optional>
#include <string>

#include "host/trust/store.hpp"

namespace host {

struct MadeChange {
  std::string server{};
  std::string change_id{};
};

/// The changes that the user's and the agent's calls have made at the servers, in order, so that
/// `undo` without a name knows the last one. What is kept about learning is not among them.
class Changes {
 public:
  explicit Changes(Store& store) : store_(store) {}

  void add(const MadeChange& change);
  /// The last one that was not undone.
  std::optional<MadeChange> last();
  void mark_undone(const std::string& change_id);

 private:
  Store& store_;
};

}  // namespace host
