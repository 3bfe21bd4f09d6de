#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "host/agent/answers.hpp"
#include "host/planner/world.hpp"
#include "host/tools/gate.hpp"
#include "servers/common/times.hpp"

namespace host {

/// Looks at all servers side by side, through the gate. One that hangs or dies is a line in
/// `unseen`; the rest is seen all the same.
class Observer {
 public:
  /// Where the user is.
  struct Place {
    const common::Times& times;
    bool zone_given{};  ///< The zone of `times` was named for this run: not the profile's counts.
  };
  /// The gate and the times outlive it.
  Observer(Gate& gate, const Place& place) : gate_(gate), place_(place) {}

  struct Seen {
    World world{};
    std::vector<Unseen> unseen{};
  };
  Seen look(History history, std::chrono::sys_seconds next_look);

 private:
  using Events = std::optional<std::vector<calendar::Event>>;

  Profile see_profile(std::vector<Unseen>& unseen);
  Events see_events(const World& world, std::vector<Unseen>& unseen);
  std::optional<std::vector<email::Triaged>> see_inbox(std::vector<Unseen>& unseen);
  void read_letters(const std::vector<email::Triaged>& inbox, std::vector<Unseen>& unseen);
  std::optional<tasks::PrioritizeTasksResult> see_tasks(const Profile& profile,
                                                        std::vector<Unseen>& unseen);
  std::vector<Document> see_documents(std::vector<Unseen>& unseen);

  Gate& gate_;
  const Place place_;
  /// What a letter says does not change, so each is read once. Used by see_inbox's thread alone.
  std::map<std::string, email::Message> letters_;
};

}  // namespace host
