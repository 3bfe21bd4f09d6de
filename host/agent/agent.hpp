#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "host/agent/learner.hpp"
#include "host/agent/observer.hpp"
#include "host/planner/planner.hpp"

namespace host {

/// What one cycle did, in order.
struct Cycle {
  struct Step {
    Action action{};
    Outcome outcome{};
  };
  World world{};
  std::vector<Unseen> unseen{};
  std::vector<Step> steps{};
  std::vector<Notice> notices{};
  std::vector<LeftOut> left_out{};
};

constexpr int kCyclesMax = 12;  ///< At one instant; a plan that never ends is a bug of a rule.

/// Observe, reason, execute, learn. Belongs to the thread that owns the store.
class Agent {
 public:
  struct Parts {
    Gate& gate;
    Planner& planner;
    Learner& learner;
    const common::Times& times;
    bool zone_given{};  ///< `--zone` was given; else the profile's zone comes before that of
                        ///< `times`.
  };
  explicit Agent(const Parts& parts)
      : parts_(parts),
        observer_(parts.gate, {.times = parts.times, .zone_given = parts.zone_given}) {}

  /// Told what happens while a cycle runs: "looking at mail, calendar, tasks and files".
  using Progress = std::function<void(const std::string& text)>;
  void set_progress(Progress progress) { progress_ = std::move(progress); }

  /// `next_look`: when the next cycle will be; reminders that fall before it are given now.
  Cycle run_cycle(std::chrono::sys_seconds next_look);

  /// Gets each cycle once it is over.
  using OnCycle = std::function<void(const Cycle& cycle)>;
  /// Cycles until one proposes nothing that is not done, queued or denied.
  void run_until_quiet(std::chrono::sys_seconds next_look, const OnCycle& on_cycle);

  /// Observes, and does nothing.
  Observer::Seen look();

 private:
  /// Nothing if another process was first.
  std::optional<Outcome> execute(const Action& action);
  void say(const std::string& text) const;

  Parts parts_;
  Observer observer_;
  Progress progress_;
};

}  // namespace host
