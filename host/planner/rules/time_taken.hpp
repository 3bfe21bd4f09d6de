#pragma once

#include <vector>

#include "host/planner/plan.hpp"
#include "host/planner/world.hpp"

namespace host {

/// Whether the event keeps the user busy: not cancelled, not declined, not free, and not a mere
/// mark on a day.
bool keeps_busy(const calendar::Event& event);

Span span_of(const calendar::Event& event, const common::Zone& zone);

/// What is busy in the calendar, and what the plan has filled. Needs world.events.
std::vector<Span> time_taken(const World& world, const Plan& plan);

}  // namespace host
