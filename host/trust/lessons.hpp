#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "host/trust/deeds.hpp"
#include "host/trust/levels.hpp"
#include "host/trust/store.hpp"

namespace host {

enum class Verdict : std::uint8_t { Approved, Rejected, Undone };

std::string_view name_of(Verdict verdict);

/// What the user has said to the planner's actions. Only the host writes here, so that no server
/// and no model can free the agent's hands.
class Lessons {
 public:
  explicit Lessons(Store& store) : store_(store) {}

  /// One answer to one action: a batch counts once for its kind, and once for each thing in it.
  void add(Verdict verdict, const std::string& kind, const std::vector<Item>& items);

  Standing standing(const std::string& kind);

  /// (kind, about) pairs whose last two answers or more were no.
  struct TurnedDown {
    std::string kind{};
    std::string about{};
    int times{};
  };
  std::vector<TurnedDown> turned_down();

 private:
  Store& store_;
};

}  // namespace host
