#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "host/formats/task_file.hpp"

namespace host {

/// All that there is of the tasks, as list_tasks gives them: a JSON array, a task a line.
std::string write_task_json(const std::vector<FileTask>& tasks);

/// The same. Throws std::runtime_error, saying what does not fit, where it is something else.
TaskFile read_task_json(std::string_view text);

}  // namespace host
