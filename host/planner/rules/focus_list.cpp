#include "host/planner/rules/focus_list.hpp"

#include <algorithm>

namespace host {

namespace {

constexpr std::int64_t kUsualMinutes = 30;

bool planned(const Plan& plan, const Item& item) {
  return std::any_of(plan.actions.begin(), plan.actions.end(), [&](const Action& action) {
    return std::any_of(action.items.begin(), action.items.end(),
                       [&](const Item& each) { return each.key == item.key; });
  });
}

bool due_earlier(const tasks::Scored* left, const tasks::Scored* right) {
  if (!left->due || !right->due) return left->due.has_value() && !right->due.has_value();
  return left->due->at < right->due->at;
}

}  // namespace

Item placing_item(const World& world, const tasks::Scored& task) {
  return {.key = "place:" + date_text(world.today()) + ":" + task.id, .about = "task " + task.id};
}

std::string origin_of(const tasks::Scored& task) {
  return task.untrusted ? "tasks " + task.id : "";
}

std::chrono::minutes estimate_of(const tasks::Scored& task) {
  return std::chrono::minutes(task.estimate_minutes.value_or(kUsualMinutes));
}

std::vector<const tasks::Scored*> tasks_to_place(const World& world, const Plan& plan) {
  std::vector<const tasks::Scored*> list;
  if (!world.priorities) return list;
  for (const std::string& id : world.priorities->focus) {
    const auto& tasks = world.priorities->tasks;
    const auto task = std::find_if(tasks.begin(), tasks.end(),
                                   [&](const tasks::Scored& each) { return each.id == id; });
    if (task == tasks.end()) continue;
    const Item item = placing_item(world, *task);
    if (!world.history.settled(item.key) && !planned(plan, item)) list.push_back(&*task);
  }
  switch (world.profile.task_order) {
    case TaskOrder::Score:
      break;
    case TaskOrder::Deadline:
      std::stable_sort(list.begin(), list.end(), due_earlier);
      break;
    case TaskOrder::Importance:
      std::stable_sort(list.begin(), list.end(),
                       [](const tasks::Scored* left, const tasks::Scored* right) {
                         return left->breakdown.importance > right->breakdown.importance;
                       });
      break;
    case TaskOrder::Shortest:
      std::stable_sort(list.begin(), list.end(),
                       [](const tasks::Scored* left, const tasks::Scored* right) {
                         return estimate_of(*left) < estimate_of(*right);
                       });
      break;
  }
  return list;
}

}  // namespace host
