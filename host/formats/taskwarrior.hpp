#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "host/formats/task_file.hpp"

/// Taskwarrior's JSON (`task export`, `task import`). What its attributes cannot say goes along in
/// attributes of our own, which Taskwarrior keeps as user-defined ones: adjutant_status,
/// _importance, _estimate, _assignee, _repeat, _tags, _due, _scheduled, _completed, _id. Notes are
/// annotations, a line each. Cancelled is "deleted", in progress has a `start`. A whole day is its
/// midnight in `zone`, and a midnight is a whole day.
namespace host {

/// The attributes that another program needs and our tasks do not have.
struct TaskwarriorFrame {
  common::Zone zone;
  std::chrono::sys_seconds now{};  ///< Of annotations, and of `start`.
};

/// A JSON array, a task a line. Every task needs a `key`, which is a UUID, as are those of
/// `depends_on`. What other programs will not understand of it is added to `problems`.
std::string write_taskwarrior(const std::vector<FileTask>& tasks, const TaskwarriorFrame& frame,
                              std::vector<std::string>& problems);

/// An array, or an object a line. A template of a recurring task and its instances become one
/// repeating task and what was done of it. Throws std::runtime_error where it is no JSON.
TaskFile read_taskwarrior(std::string_view text, const common::Zone& zone);

}  // namespace host
