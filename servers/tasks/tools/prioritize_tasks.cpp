#include "schemas/tasks/prioritize_tasks.hpp"

#include <algorithm>

#include "servers/common/page.hpp"
#include "servers/tasks/context.hpp"
#include "servers/tasks/score.hpp"

namespace tasks {
namespace {

constexpr std::size_t kFocus = 3;
constexpr auto kHabitDays = std::chrono::days(60);

Leanings leanings_of(Context& context, const PrioritizeTasksArgs& args) {
  const auto start = context.times.now().at - kHabitDays;
  Leanings leanings{.goals = args.goals,
                    .first = habits_of(context.store.completed_since(start), context.times)};
  leanings.first.insert(leanings.first.end(), args.usual_first.begin(), args.usual_first.end());
  return leanings;
}

}  // namespace

PrioritizeTasksResult prioritize_tasks(Context& context, const PrioritizeTasksArgs& args,
                                       mcp::Call& call) {
  const std::vector<Ranked> all = ranked(context.store.unfinished(args.project, args.assignee),
                                         leanings_of(context, args), context.times);
  const std::vector<Ranked> focus(all.begin(),
                                  all.begin() + static_cast<long>(std::min(kFocus, all.size())));

  PrioritizeTasksResult result{.recommendation = recommendation(focus)};
  for (const Ranked& one : focus) {
    result.focus.push_back(one.row.id);
    if (one.task.untrusted) call.set_untrusted();
    result.focus_minutes += one.task.estimate_minutes.value_or(0);
  }
  common::Page<Scored> page(call, {.limit = args.limit});
  for (const Ranked& one : all) {
    if (!page.offer("", one.row)) break;
  }
  result.tasks = std::move(page).rows();
  if (result.tasks.size() < all.size()) {
    result.recommendation += " Shown are the first " + std::to_string(result.tasks.size()) +
                             " of " + std::to_string(all.size()) + " unfinished tasks.";
  }
  return result;
}

}  // namespace tasks
