#include "servers/tasks/score.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <set>
#include <tuple>

#include "servers/common/words.hpp"

namespace tasks {
namespace {

constexpr std::int64_t kScoreMax = 100;
constexpr std::int64_t kPerImportance = 10;
constexpr std::int64_t kGoal = 20;
constexpr std::int64_t kHabit = 15;
constexpr std::size_t kSharedStems = 2;
constexpr int kFirstDays = 3;

struct DueStep {
  std::chrono::days within{};
  std::int64_t points{};
  std::string_view words{};
};
constexpr std::array<DueStep, 3> kDueSteps{
    {{std::chrono::days(1), 50, "it is due within a day"},
     {std::chrono::days(3), 30, "it is due within three days"},
     {std::chrono::days(7), 10, "it is due within a week"}}};

/// The step that the task's due time is in, or nothing.
const DueStep* due_step(const Record& task, const common::Times& times) {
  if (!task.due) return nullptr;
  const std::chrono::seconds left = times.begin_of(*task.due) - times.now().at;
  const auto step =
      std::ranges::find_if(kDueSteps, [&](const DueStep& s) { return left <= s.within; });
  return step == kDueSteps.end() ? nullptr : &*step;
}

std::string text_of(const Record& task) {
  std::string text = task.title + "\n" + task.notes + "\n" + task.project;
  for (const std::string& tag : task.tags) text += "\n" + tag;
  return text;
}

/// A goal with what is compared, worked out once for all tasks.
struct Goal {
  std::string given{};
  std::string plain{};
  std::set<std::string> stems{};
};

std::vector<Goal> prepared(const std::vector<std::string>& goals) {
  std::vector<Goal> result;
  for (const std::string& goal : goals) {
    if (common::words_of(goal).empty()) continue;
    result.push_back({goal, common::folded(goal), common::content_stems(goal)});
  }
  return result;
}

bool serves(const std::string& plain, const std::set<std::string>& stems, const Goal& goal) {
  if (plain.find(goal.plain) != std::string::npos) return true;
  const auto shared = std::ranges::count_if(
      goal.stems, [&](const std::string& stem) { return stems.contains(stem); });
  return static_cast<std::size_t>(shared) >= kSharedStems;
}

/// The first goal that the task serves, or nothing.
const Goal* goal_of(const Record& task, const std::vector<Goal>& goals) {
  if (goals.empty()) return nullptr;
  const std::string plain = common::folded(text_of(task));
  const std::set<std::string> stems = common::content_stems(plain);
  const auto goal =
      std::ranges::find_if(goals, [&](const Goal& one) { return serves(plain, stems, one); });
  return goal == goals.end() ? nullptr : &*goal;
}

std::set<std::string> labels_of(const Record& task) {
  std::set<std::string> labels;
  if (!task.project.empty()) labels.insert(common::folded(task.project));
  for (const std::string& tag : task.tags) labels.insert(common::folded(tag));
  return labels;
}

Ranked rank(const Record& task, const std::vector<Goal>& goals, const std::set<std::string>& first,
            const common::Times& times) {
  const DueStep* step = due_step(task, times);
  const Goal* goal = goal_of(task, goals);
  const bool habit = std::ranges::any_of(
      labels_of(task), [&](const std::string& label) { return first.contains(label); });
  const ScoredBreakdown breakdown{.due = step == nullptr ? 0 : step->points,
                                  .importance = importance_of(task) * kPerImportance,
                                  .goal = goal == nullptr ? 0 : kGoal,
                                  .habit = habit ? kHabit : 0};
  const std::int64_t sum = breakdown.due + breakdown.importance + breakdown.goal + breakdown.habit;
  Scored row{.id = id_of(task),
             .title = task.title,
             .untrusted = task.untrusted,
             .due = task.due,
             .estimate_minutes = task.estimate_minutes,
             .score = std::min(kScoreMax, sum),
             .breakdown = breakdown};
  if (task.due) row.weekday = common::weekday_of(*task.due);
  return {.task = task, .row = std::move(row), .goal = goal == nullptr ? "" : goal->given};
}

std::string reason_of(const Ranked& ranked, const common::Times& times) {
  const ScoredBreakdown& parts = ranked.row.breakdown;
  if (is_overdue(ranked.task, times)) return "it is overdue";
  if (parts.due > 0) return std::string(due_step(ranked.task, times)->words);
  if (parts.importance > 0)
    return "its importance is " + std::to_string(importance_of(ranked.task));
  if (parts.goal > 0) return "it serves a goal";
  if (parts.habit > 0) return "its like usually comes first";
  return "it is the oldest";
}

std::string listed(const std::vector<std::string>& ids) {
  std::string text;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    text += (i == 0 ? "" : i + 1 == ids.size() ? " and " : ", ") + ids[i];
  }
  return text;
}

}  // namespace

std::vector<Ranked> ranked(const std::vector<Record>& tasks, const Leanings& leanings,
                           const common::Times& times) {
  const std::vector<Goal> goals = prepared(leanings.goals);
  std::set<std::string> first;
  for (const std::string& label : leanings.first) first.insert(common::folded(label));
  std::vector<Ranked> result;
  for (const Record& task : tasks) result.push_back(rank(task, goals, first, times));
  const auto order = [&](const Ranked& one) {
    const auto due = one.task.due ? times.begin_of(*one.task.due) : std::chrono::sys_seconds::max();
    return std::tuple(-one.row.score, due, one.task.number);
  };
  std::ranges::sort(result, {}, order);
  return result;
}

std::vector<std::string> habits_of(const std::vector<Record>& completed,
                                   const common::Times& times) {
  std::map<std::chrono::local_days, std::vector<std::set<std::string>>> days;
  for (const Record& task : completed) {
    const auto at = times.zone().to_local(times.begin_of(*task.completed));
    days[std::chrono::floor<std::chrono::days>(at)].push_back(labels_of(task));
  }
  struct Count {
    int first{};
    int all{};
  };
  std::map<std::string, Count> counts;
  for (const auto& [day, done] : days) {
    std::set<std::string> labels;
    for (const std::set<std::string>& task : done) labels.insert(task.begin(), task.end());
    if (labels == done.front()) continue;  // nothing beside it
    for (const std::string& label : labels) ++counts[label].all;
    for (const std::string& label : done.front()) ++counts[label].first;
  }
  std::vector<std::string> habits;
  for (const auto& [label, count] : counts) {
    if (count.first >= kFirstDays && 2 * count.first >= count.all) habits.push_back(label);
  }
  return habits;
}

std::string recommendation(const std::vector<Ranked>& focus, const common::Times& times) {
  if (focus.empty()) return "Nothing is left to do.";
  std::vector<std::string> then;
  std::vector<std::string> unknown;
  std::int64_t minutes = 0;
  for (const Ranked& one : focus) {
    if (&one != &focus.front()) then.push_back(one.row.id);
    if (!one.task.estimate_minutes) unknown.push_back(one.row.id);
    minutes += one.task.estimate_minutes.value_or(0);
  }
  std::string text =
      "Begin with " + focus.front().row.id + ": " + reason_of(focus.front(), times) + ".";
  if (!then.empty()) text += " Then " + listed(then) + ".";
  if (minutes > 0) text += " That takes " + std::to_string(minutes) + " minutes.";
  if (!unknown.empty()) {
    text += " No estimate for " + listed(unknown) + ".";
  }
  for (const Ranked& one : focus) {
    if (!one.goal.empty()) text += " " + one.row.id + " serves \"" + one.goal + "\".";
  }
  return text;
}

}  // namespace tasks
