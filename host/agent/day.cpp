#include "host/agent/day.hpp"

namespace host {

void walk_through(Agent& agent, const Window& window, const SetClock& set_clock,
                  const Agent::OnCycle& on_cycle) {
  for (std::chrono::sys_seconds now = window.from; now <= window.to; now += window.step) {
    set_clock(now);
    const bool last = now + window.step > window.to;
    agent.run_until_quiet(last ? now : now + window.step, on_cycle);
  }
}

}  // namespace host
