#pragma once

#include <chrono>
#include <functional>

#include "host/agent/agent.hpp"

namespace host {

/// Part of a day that is walked through step by step.
struct Window {
  std::chrono::sys_seconds from{};
  std::chrono::sys_seconds to{};  ///< The last instant at which a cycle may run.
  std::chrono::minutes step{30};
};

using SetClock = std::function<void(std::chrono::sys_seconds now)>;

/// Moves the clock from step to step and runs cycles at each until one proposes nothing new.
void walk_through(Agent& agent, const Window& window, const SetClock& set_clock,
                  const Agent::OnCycle& on_cycle);

}  // namespace host
