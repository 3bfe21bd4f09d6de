#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/trust/deeds.hpp"
#include "host/trust/store.hpp"

namespace host {

enum class CardState : std::uint8_t {
  Waiting,
  Approved,  ///< Running; or, if it stays so, the process died and nobody knows what came of it.
  Rejected,
  Done,
  Failed
};

std::string_view name_of(CardState state);

/// A call that waits for the user, frozen: what is shown is what runs.
struct Card {
  std::int64_t id{};
  CardState state{};
  std::string actor{};
  std::string server{};
  std::string tool{};
  std::string arguments{};  ///< A JSON object, every argument resolved.
  std::string action_class{};
  std::string kind{};            ///< The planner's name for what this is; empty if a user asked.
  std::string title{};           ///< What it does, for people.
  std::string reason{};          ///< A sentence.
  std::string preview{};         ///< What a dry run of the call said, where the tool has one.
  std::string preview_sha256{};  ///< Of its answer: approval runs only what was shown.
  std::string created{};
  std::string decided{};
  std::string result{};  ///< The tool's text once it has run.
  std::string change_id{};
};

/// The queue of cards. Of several processes that decide one card at the same time, one wins.
class Cards {
 public:
  explicit Cards(Store& store) : store_(store) {}

  /// Returns the new card's id. `id`, `state` and `created` of `card` are set here.
  std::int64_t add(const Card& card);
  std::optional<Card> find(std::int64_t id);
  std::vector<Card> waiting();
  /// Approved, and nothing is known of what came of them: they run now, or the process died.
  std::vector<Card> interrupted();

  /// From waiting to `to` (Approved or Rejected). False if it was not waiting any more.
  bool decide(std::int64_t id, CardState to);
  /// From approved to `to` (Done or Failed).
  void finish(std::int64_t id, CardState to, const std::string& result,
              const std::string& change_id);

 private:
  std::vector<Card> in_state(CardState state);

  Store& store_;
};

}  // namespace host
