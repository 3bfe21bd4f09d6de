#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "host/commands/session.hpp"
#include "host/formats/task_file.hpp"

namespace host {

enum class TaskFormat { TodoTxt, Taskwarrior, AdjutantJson };

/// Every task of the tasks server, oldest first, with the key that `format` knows it by. Reads
/// through the gate.
std::vector<FileTask> all_tasks(Session& session, Gate& gate, TaskFormat format);

/// The key of a task that is ours: the UUID that it was imported with, else one made of the data
/// folder and its id, always the same.
std::string uuid_of(const tasks::Task& row, const Session& session);

struct Import {
  std::size_t added{};
  std::size_t known{};                    ///< Imported before: left as they are here.
  std::vector<std::string> change_ids{};  ///< One for each batch.
  std::vector<std::string> problems{};
  std::string failure{};  ///< Why it stopped, if it did; earlier batches stand.
};

/// Adds what a file holds, the tasks that others wait for first, by calls of add_tasks through the
/// gate. Each task's `origin` says where it comes from, so that a second import finds it.
Import import_tasks(Session& session, Connection& connection, TaskFile file, TaskFormat format,
                    bool dry_run);

}  // namespace host
