#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/common/repeat.hpp"
#include "schemas/tasks/rows.hpp"
#include "servers/common/times.hpp"

namespace tasks {

/// A task as it is stored: what was said about it, and nothing that follows from the time it is.
struct Record {
  std::int64_t number{};  ///< "t12" has 12; 0 until it is stored.
  std::string title{};
  std::string notes{};
  std::string project{};
  Status status{Status::Todo};
  std::optional<common::Time> due{};
  std::optional<common::Time> scheduled{};
  Priority priority{Priority::None};
  std::optional<std::int64_t> importance{};  ///< Absent: follows the priority.
  std::vector<std::string> tags{};           ///< In order, each once.
  std::string assignee{};
  std::optional<common::Repeat> repeat{};
  std::optional<std::int64_t> estimate_minutes{};
  std::optional<common::Time> completed{};
  std::string origin{};               ///< Who or what it comes from.
  bool untrusted{};                   ///< The origin was named, so the words may be of others.
  std::vector<std::int64_t> needs{};  ///< Numbers of tasks to be finished first, ascending.
  bool blocked{};  ///< One of those is not finished; as it was when the task was read.
};

std::string id_of_number(std::int64_t number);
std::string id_of(const Record& task);
/// The number in "t12", or nothing.
std::optional<std::int64_t> number_of(std::string_view id);

bool is_finished(const Record& task);
std::int64_t importance_of(const Record& task);
bool is_overdue(const Record& task, const common::Times& times);

/// Finishing sets `completed` to `now` unless it is set; leaving the finished states clears it.
void set_status(Record& task, Status status, const common::Time& now);
/// Blanks at the ends go, those within become one space.
std::string one_line(std::string_view text);
/// Tags are words of one line; blanks around them and doubles go.
void add_tags(Record& task, const std::vector<std::string>& tags);
void remove_tags(Record& task, const std::vector<std::string>& tags);

Task row_of(const Record& task, const common::Times& times);

}  // namespace tasks
