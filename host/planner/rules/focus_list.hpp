#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "host/planner/plan.hpp"
#include "host/planner/world.hpp"

namespace host {

/// The tasks of the focus list that have no time today yet, in the order in which the profile's
/// task_prioritization wants them.
std::vector<const tasks::Scored*> tasks_to_place(const World& world, const Plan& plan);

/// Names "this task has its time today".
Item placing_item(const World& world, const tasks::Scored& task);

/// Where the words of a title come from, if they are not the user's own.
std::string origin_of(const tasks::Scored& task);

std::chrono::minutes estimate_of(const tasks::Scored& task);

}  // namespace host
