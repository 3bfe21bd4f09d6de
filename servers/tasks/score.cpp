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
constexpr std::array<DueStep, 3> kDueSteps{{{std::chrono::days(1), 50, "due within a day"},
                                            {std::chrono::days(3), 30, "due within three days"},
                                            {std::chrono::days(7), 10, "due within a week"}}};

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

std::string in_quotes(std::string_view text) {
  return "\"" + one_line(text) + "\"";
}

/// "a", "a and b", "a, b and c"
std::string listed(const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    text += (i == 0 ? "" : i + 1 == items.size() ? " and " : ", ") + items[i];
  }
  return text;
}

/// The words of a goal whose stems are among `stems`.
std::vector<std::string> shared_words(const std::string& goal, const std::set<std::string>& stems) {
  std::vector<std::string> words;
  for (const std::string& word : common::words_of(goal)) {
    const std::set<std::string> stem = common::content_stems(word);
    const bool shared = !stem.empty() && stems.contains(*stem.begin());
    if (shared && std::ranges::find(words, in_quotes(word)) == words.end()) {
      words.push_back(in_quotes(word));
    }
  }
  return words;
}

std::set<std::string> labels_of(const Record& task) {
  std::set<std::string> labels;
  if (!task.project.empty()) labels.insert(common::folded(task.project));
  for (const std::string& tag : task.tags) labels.insert(common::folded(tag));
  return labels;
}

/// The reasons of a score, each as what follows "it" in a sentence.
std::vector<std::string> reasons_of(const Record& task, const DueStep* step,
                                    const std::string& goal, const std::string& habit,
                                    const common::Times& times) {
  std::vector<std::string> reasons;
  if (step != nullptr) {
    reasons.push_back("is " + (is_overdue(task, times) ? "overdue" : std::string(step->words)));
  }
  if (const std::int64_t importance = importance_of(task); importance > 0) {
    reasons.push_back("has importance " + std::to_string(importance));
  }
  if (!goal.empty()) reasons.push_back(goal);
  if (!habit.empty())
    reasons.push_back("is of " + in_quotes(habit) + ", which usually comes first");
  return reasons;
}

std::string name_of(const Ranked& ranked) {
  return ranked.task.untrusted ? mcp::fields::marked(one_line(ranked.task.title))
                               : in_quotes(ranked.task.title);
}

}  // namespace

/// With what is compared, worked out once for all tasks.
struct Ranking::Goal {
  std::string given{};
  std::string plain{};
  std::set<std::string> stems{};
};

Ranking::Ranking(const Leanings& leanings, const common::Times& times, std::size_t limit)
    : times_(times), limit_(limit) {
  for (const std::string& goal : leanings.goals) {
    if (common::words_of(goal).empty()) continue;
    goals_.push_back({goal, common::folded(goal), common::content_stems(goal)});
  }
  for (const std::string& label : leanings.first) first_.insert(common::folded(label));
}

Ranking::~Ranking() = default;

/// Which goal the task serves and how one sees it; empty if it serves none.
std::string Ranking::goal_reason(const Record& task) const {
  if (goals_.empty()) return "";
  const std::string plain = common::folded(text_of(task));
  const std::set<std::string> stems = common::content_stems(plain);
  for (const Goal& goal : goals_) {
    if (plain.find(goal.plain) != std::string::npos)
      return "names the goal " + in_quotes(goal.given);
    const auto shared = std::ranges::count_if(
        goal.stems, [&](const std::string& stem) { return stems.contains(stem); });
    if (static_cast<std::size_t>(shared) >= kSharedStems) {
      return "shares " + listed(shared_words(goal.given, stems)) + " with the goal " +
             in_quotes(goal.given);
    }
  }
  return "";
}

/// `label` gets the project or tag that usually comes first.
std::int64_t Ranking::habit_of(const Record& task, std::string* label) const {
  if (first_.empty()) return 0;
  const std::set<std::string> labels = labels_of(task);
  const auto usual =
      std::ranges::find_if(labels, [&](const std::string& each) { return first_.contains(each); });
  if (usual == labels.end()) return 0;
  if (label != nullptr) *label = *usual;
  return kHabit;
}

Ranked Ranking::ranked(const Record& task) const {
  const DueStep* step = due_step(task, times_);
  const std::string goal = goal_reason(task);
  std::string habit;
  const std::int64_t habit_points = habit_of(task, &habit);
  const ScoredBreakdown breakdown{.due = step == nullptr ? 0 : step->points,
                                  .importance = importance_of(task) * kPerImportance,
                                  .goal = goal.empty() ? 0 : kGoal,
                                  .habit = habit_points};
  const std::int64_t sum = breakdown.due + breakdown.importance + breakdown.goal + breakdown.habit;
  const std::vector<std::string> reasons = reasons_of(task, step, goal, habit, times_);
  Scored row{.id = id_of(task),
             .title = task.title,
             .untrusted = task.untrusted,
             .due = task.due,
             .estimate_minutes = task.estimate_minutes,
             .score = std::min(kScoreMax, sum),
             .breakdown = breakdown,
             .why = reasons.empty() ? "" : "it " + listed(reasons)};
  if (task.due) row.weekday = common::weekday_of(*task.due);
  return {
      .task = task,
      .row = std::move(row),
      .foremost = reasons.empty() ? "is the oldest of those that nothing raises" : reasons.front()};
}

Ranking::Order Ranking::order_of(const Record& task, std::int64_t score) const {
  return {-score, task.due ? times_.begin_of(*task.due) : std::chrono::sys_seconds::max(),
          task.number};
}

void Ranking::add(const Record& brief, const std::function<Record()>& whole) {
  ++count_;
  const auto order = [&](const Ranked& one) { return order_of(one.task, one.row.score); };
  const auto is_late = [&](const Order& place) {
    return best_.size() == limit_ && place >= order(best_.front());
  };
  const DueStep* step = due_step(brief, times_);
  const std::int64_t at_most = (step == nullptr ? 0 : step->points) +
                               importance_of(brief) * kPerImportance + habit_of(brief) +
                               (goals_.empty() ? 0 : kGoal);
  if (is_late(order_of(brief, std::min(kScoreMax, at_most)))) return;
  Ranked task = ranked(whole());
  if (is_late(order(task))) return;
  if (best_.size() == limit_) {
    std::ranges::pop_heap(best_, {}, order);
    best_.pop_back();
  }
  best_.push_back(std::move(task));
  std::ranges::push_heap(best_, {}, order);
}

std::vector<Ranked> Ranking::foremost() && {
  std::ranges::sort_heap(best_, {},
                         [&](const Ranked& one) { return order_of(one.task, one.row.score); });
  return std::move(best_);
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

std::string recommendation(const std::vector<Ranked>& focus) {
  if (focus.empty()) return "Nothing is left to do.";
  std::vector<std::string> then;
  std::vector<std::string> unknown;
  std::int64_t minutes = 0;
  for (const Ranked& one : focus) {
    if (&one != &focus.front()) then.push_back(name_of(one));
    if (!one.task.estimate_minutes) unknown.push_back(name_of(one));
    minutes += one.task.estimate_minutes.value_or(0);
  }
  std::string text = "Begin with " + name_of(focus.front()) + ", which " + focus.front().foremost;
  if (!then.empty()) text += "; then " + listed(then);
  if (minutes == 0) return text + ". No estimate says how long that takes.";
  text += ". That takes " + std::to_string(minutes) + (minutes == 1 ? " minute" : " minutes");
  if (!unknown.empty()) {
    text += ", without " + listed(unknown) + ", which " + (unknown.size() == 1 ? "has" : "have") +
            " no estimate";
  }
  return text + ".";
}

}  // namespace tasks
