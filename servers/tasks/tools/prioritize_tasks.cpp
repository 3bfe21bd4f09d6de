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
  Ranking ranking(leanings_of(context, args), context.times,
                  std::max(kFocus, static_cast<std::size_t>(args.limit)));
  context.store.for_each_unfinished(
      args.project, args.assignee,
      [&](const Record& brief, const auto& whole) { ranking.add(brief, whole); });
  const std::size_t count = ranking.count();
  const std::vector<Ranked> first = std::move(ranking).foremost();
  const std::vector<Ranked> focus(
      first.begin(), first.begin() + static_cast<long>(std::min(kFocus, first.size())));

  PrioritizeTasksResult result{.recommendation = recommendation(focus)};
  for (const Ranked& one : focus) {
    result.focus.push_back(one.row.id);
    if (one.task.untrusted) call.set_untrusted();
    result.focus_minutes += one.task.estimate_minutes.value_or(0);
  }
  common::Page<Scored> page(call, {.limit = args.limit});
  for (const Ranked& one : first) {
    if (!page.offer("", one.row)) break;
  }
  result.tasks = std::move(page).rows();
  if (result.tasks.size() < count) {
    result.recommendation += " Shown are the first " + std::to_string(result.tasks.size()) +
                             " of " + std::to_string(count) + " unfinished tasks.";
  }
  return result;
}

}  // namespace tasks
