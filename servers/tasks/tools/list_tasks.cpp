#include "schemas/tasks/list_tasks.hpp"

#include <algorithm>
#include <string>

#include "servers/common/page.hpp"
#include "servers/tasks/context.hpp"

namespace tasks {
namespace {

std::string padded(std::int64_t number) {
  constexpr std::size_t kDigits = 12;
  const std::string digits = std::to_string(number);
  return std::string(kDigits - std::min(kDigits, digits.size()), '0') + digits;
}

/// Sorts as text does; tasks without a due time come last.
std::string due_key(const Record& task, const common::Times& times) {
  constexpr std::int64_t kYearOne = 62'135'596'800;  // seconds from there to 1970
  if (!task.due) return "none";
  return padded(times.begin_of(*task.due).time_since_epoch().count() + kYearOne);
}

/// What a page continues after: the order's value, then the task.
std::string key_of(const Record& task, ListTasksSort sort, const common::Times& times) {
  const std::string id = padded(task.number);
  if (sort == ListTasksSort::Created) return id;
  const std::string due = due_key(task, times) + "-" + id;
  if (sort == ListTasksSort::Due) return due;
  const int rank = static_cast<int>(Priority::High) - static_cast<int>(task.priority);
  return std::to_string(rank) + "-" + due;
}

common::Range due_of(const ListTasksArgs& args, const common::Times& times) {
  common::Range range = times.range(args.due_from, std::nullopt, {.start = "/due_from"});
  if (args.due_before) {
    range.to = times.begin_of(times.point(*args.due_before, {.pointer = "/due_before"}));
  }
  return range;
}

}  // namespace

ListTasksResult list_tasks(Context& context, const ListTasksArgs& args, mcp::Call& call) {
  const std::vector<Record> found = context.store.list({.query = args.query,
                                                        .status = args.status,
                                                        .project = args.project,
                                                        .assignee = args.assignee,
                                                        .tags = args.tags,
                                                        .due = due_of(args, context.times),
                                                        .overdue = args.overdue});
  std::vector<std::pair<std::string, const Record*>> sorted;
  for (const Record& task : found) {
    sorted.emplace_back(key_of(task, args.sort, context.times), &task);
  }
  std::ranges::sort(sorted);

  common::Page<Task> page(call, {.limit = args.limit, .cursor = args.cursor});
  for (const auto& [key, task] : sorted) {
    if (!page.offer(key, row_of(*task, context.times))) break;
  }
  return {.tasks = page.rows(),
          .total = static_cast<std::int64_t>(found.size()),
          .next_cursor = page.next_cursor()};
}

}  // namespace tasks
