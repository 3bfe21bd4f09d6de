#include "host/formats/task_json.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "schemas/tasks/rows.hpp"

namespace host {

std::string write_task_json(const std::vector<FileTask>& tasks) {
  std::string text = "[\n";
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    text += mcp::fields::encode(mcp::fields::type_of<tasks::Task>(), &tasks[i].row);
    text += i + 1 < tasks.size() ? ",\n" : "\n";
  }
  return text + "]\n";
}

TaskFile read_task_json(std::string_view text) {
  const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_array()) throw std::runtime_error("expected a JSON array of tasks");
  TaskFile file;
  for (std::size_t i = 0; i < json.size(); ++i) {
    FileTask task;
    const std::vector<std::string> complaints =
        mcp::fields::decode_answer(mcp::fields::type_of<tasks::Task>(), json[i], &task.row);
    if (!complaints.empty()) {
      throw std::runtime_error("task " + std::to_string(i + 1) + ": " + complaints.front());
    }
    task.key = std::exchange(task.row.id, "");
    file.tasks.push_back(std::move(task));
  }
  return file;
}

}  // namespace host
