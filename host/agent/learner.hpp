#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "host/tools/gate.hpp"
#include "host/trust/changes.hpp"
#include "host/trust/deeds.hpp"
#include "host/trust/lessons.hpp"

namespace host {

class History;
struct Action;
struct Notice;

/// Keeps what came of each action: as deeds, so that nothing is done twice; as lessons, so that the
/// user's answers change what is proposed; and as episodes in the memory server.
class Learner {
 public:
  struct Parts {
    Gate& gate;
    Deeds& deeds;
    Lessons& lessons;
    Changes& changes;
  };
  explicit Learner(const Parts& parts) : parts_(parts) {}

  /// What the planner is told of the past at `now`. A failed action may be tried again after an
  /// hour, a denied one after a day.
  History history(std::chrono::sys_seconds now);

  /// To be called right before an action: should the process die in it, nobody repeats it. False if
  /// another process has begun it: then it must not be done.
  bool begin(const Action& action);
  void settle(const Action& action, const Outcome& outcome);
  void told(const Notice& notice);

  /// A call that the user typed.
  void typed(const CallRequest& request, const Outcome& outcome);
  /// The user's answer to a card.
  void approved(const Card& card, const Outcome& outcome);
  void rejected(const Card& card);
  void undone(const std::string& change_id);

 private:
  struct Episode;
  void record(const Episode& episode);
  static std::vector<Deed> deeds_of(const Action& action, DeedState state, const Outcome* outcome);

  Parts parts_;
};

}  // namespace host
