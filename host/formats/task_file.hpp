#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schemas/tasks/rows.hpp"
#include "servers/common/times.hpp"

/// Files of tasks of other programs, in and out. Nothing here calls a tool: what is read becomes
/// calls of the host's, through the gate.
namespace host {

/// A task as a file has it. Of `row`, `depends_on` names keys of the same file, `id` is not used,
/// and what follows from others (overdue, blocked, weekday) is not set.
struct FileTask {
  tasks::Task row{};
  std::string key{};  ///< What the file calls the task: a UUID, an id; may be empty.
  std::optional<common::Time> created{};
};

/// What was read, and what of it could not be: sentences for people.
struct TaskFile {
  std::vector<FileTask> tasks{};
  std::vector<std::string> problems{};
};

/// The importance that follows from a priority, as the tasks server has it.
std::int64_t usual_importance(tasks::Priority priority);

/// A repeat that is a frequency and an interval and nothing else: every 2 weeks is {2, 'w'}.
struct PlainRepeat {
  int interval{1};
  char unit{};  ///< d, w, m or y
};
std::optional<PlainRepeat> plain_repeat(const common::Repeat& repeat);
common::Repeat repeat_of(const PlainRepeat& plain);

/// "2026-03-16" or RFC 3339, or nothing.
std::optional<common::Time> read_time(std::string_view text);

}  // namespace host
