#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/trust/store.hpp"

namespace host {

/// One thing that an action deals with: one message of a batch, one task, one invitation.
struct Item {
  std::string key{};    ///< Names the thing and what is done with it: "archive:<message>".
  std::string about{};  ///< What a lesson generalises to: the sender, the series; may be empty.
  std::string text{};   ///< The thing, for people.
};

enum class DeedState : std::uint8_t {
  Started,  ///< If it stays so, the process died in between: it may have happened.
  Done,
  Queued,
  Denied,
  Failed,
  Rejected,
  Undone
};

std::string_view name_of(DeedState state);

/// What became of one item.
struct Deed {
  Item item{};
  std::string kind{};
  DeedState state{};
  std::string server{};
  std::string title{};  ///< What was done, and why; of all items of one action the same.
  std::string reason{};
  std::string change_id{};
  std::optional<std::int64_t> card{};
  std::string made{};  ///< The id of what was made (a draft, an event), where there is one.
  std::string at{};
  std::int64_t order{};  ///< Grows with each put().
};

/// What the planner's actions came to, by item: the reason why a second cycle does not do things
/// twice.
class Deeds {
 public:
  explicit Deeds(Store& store) : store_(store) {}

  /// Everything known, by key.
  std::map<std::string, Deed> all();
  /// Puts all of them, if nothing is known of any but that it failed or was denied. False, and
  /// nothing is put, if another process or an earlier run was first.
  bool claim(const std::vector<Deed>& deeds);
  /// Inserts or replaces by key; `at` is set here.
  void put(const std::vector<Deed>& deeds);
  std::vector<Deed> of_card(std::int64_t card);
  std::vector<Deed> of_change(const std::string& change_id);

 private:
  Store& store_;
};

}  // namespace host
