#include "host/planner/planner.hpp"
#include "host/planner/rules/rules.hpp"

namespace host {

Plan EmbeddedPlanner::plan(const World& world) {
  // What fills time comes in the order of its claim on it: invitations are answered by the calendar
  // as it is, then focus blocks are kept, then tasks take what is left.
  Plan plan;
  answer_invitations(world, plan);
  sort_inbox(world, plan);
  protect_focus_blocks(world, plan);
  place_tasks(world, plan);
  name_documents(world, plan);
  remind(world, plan);
  suggest_breaks(world, plan);
  return plan;
}

}  // namespace host
