#pragma once

#include <string>
#include <vector>

#include "servers/common/times.hpp"
#include "servers/tasks/record.hpp"

/// Which task comes first. A score is the sum of four parts, at most 100: `due` (within one day 50,
/// overdue too, three days 30, seven days 10; a whole day counts from its midnight), `importance`
/// (ten for each degree), `goal` (20 where the task names a goal or shares two content stems with
/// one), `habit` (15 where its project or one of its tags usually comes first).
namespace tasks {

/// What raises a task apart from what it says itself.
struct Leanings {
  std::vector<std::string> goals{};
  std::vector<std::string> first{};  ///< Tags and projects that usually come first.
};

struct Ranked {
  Record task{};
  Scored row{};
  std::string foremost{};  ///< The first reason, after "which": "is overdue".
};

/// Highest score first; of equal ones the earlier due, then the older.
std::vector<Ranked> ranked(const std::vector<Record>& tasks, const Leanings& leanings,
                           const common::Times& times);

/// Tags and projects that the user's completions show to come first: of the days on which they were
/// completed beside others, they were the first thing done on at least three, and on at least half.
/// `completed` is in the order of completion.
std::vector<std::string> habits_of(const std::vector<Record>& completed,
                                   const common::Times& times);

/// The focus list in two sentences: what to begin with and why, what comes then, how long it takes.
/// It names tasks by their titles; those that are words of others stand between « and ».
std::string recommendation(const std::vector<Ranked>& focus);

}  // namespace tasks
