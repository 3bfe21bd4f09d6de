#pragma once

#include <optional>

#include "servers/common/times.hpp"
#include "servers/tasks/record.hpp"

namespace tasks {

/// The task that comes after one which has just been completed (`task.completed` is set), or
/// nothing where its series ends. It is a copy that is still to do and carries the rest of the
/// repetition (COUNT goes down), with the dependencies that are not finished.
///
/// A repeat counts from the due time (else the planned start, else the day of completion) and gives
/// the first time after it that is not past when the task was completed: what was missed is not
/// made up for. One "after completion" counts from the day of completion, at the time of day that
/// the task was due. The planned start keeps its distance to the due time.
std::optional<Record> next_of(const Record& task, const common::Times& times);

}  // namespace tasks
