#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <tuple>
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

/// Keeps the foremost of many tasks: highest score first; of equal ones the earlier due, then the
/// older. Only of those that may be among them is all read.
class Ranking final {
 public:
  Ranking(const Leanings& leanings, const common::Times& times, std::size_t limit);
  ~Ranking();
  Ranking(const Ranking&) = delete;
  Ranking& operator=(const Ranking&) = delete;

  /// `brief` has what Store::for_each_unfinished gives.
  void add(const Record& brief, const std::function<Record()>& whole);
  /// How many were added.
  std::size_t count() const { return count_; }
  /// In order, at most `limit`. Ends the ranking.
  std::vector<Ranked> foremost() &&;

 private:
  struct Goal;
  using Order = std::tuple<std::int64_t, std::chrono::sys_seconds, std::int64_t>;

  Order order_of(const Record& task, std::int64_t score) const;
  Ranked ranked(const Record& task) const;
  std::int64_t habit_of(const Record& task, std::string* label = nullptr) const;
  std::string goal_reason(const Record& task) const;

  const common::Times& times_;
  const std::size_t limit_;
  std::vector<Goal> goals_;
  std::set<std::string> first_;
  std::vector<Ranked> best_;  ///< A heap, the last of them on top.
  std::size_t count_{};
};

/// Tags and projects that the user's completions show to come first: of the days on which they were
/// completed beside others, they were the first thing done on at least three, and on at least half.
/// `completed` is in the order of completion.
std::vector<std::string> habits_of(const std::vector<Record>& completed,
                                   const common::Times& times);

/// The focus list in two sentences: what to begin with and why, what comes then, how long it takes.
/// It names tasks by their titles; those that are words of others stand between « and ».
std::string recommendation(const std::vector<Ranked>& focus);

}  // namespace tasks
