#pragma once

#include "host/planner/plan.hpp"
#include "host/planner/world.hpp"

namespace host {

/// The rules of the embedded planner, one file each. A rule reads the world, and the plan as far as
/// it has come; it adds actions and notices.

void answer_invitations(const World& world, Plan& plan);
void sort_inbox(const World& world, Plan& plan);
void protect_focus_blocks(const World& world, Plan& plan);
void place_tasks(const World& world, Plan& plan);
void name_documents(const World& world, Plan& plan);
void remind(const World& world, Plan& plan);
void suggest_breaks(const World& world, Plan& plan);

}  // namespace host
