#include "schemas/tasks/get_tasks.hpp"

#include <algorithm>

#include "servers/common/page.hpp"
#include "servers/tasks/context.hpp"

namespace tasks {

TaskRows get_tasks(Context& context, const GetTasksArgs& args, mcp::Call& call) {
  const std::vector<Record> found = context.store.find(args.ids);
  TaskRows result;
  common::Page<Task> page(call, {.limit = static_cast<std::int64_t>(args.ids.size())});
  for (const Record& task : found) {
    if (!page.offer(id_of(task), row_of(task, context.times)))
      result.not_shown.push_back(id_of(task));
  }
  result.tasks = std::move(page).rows();
  for (const std::string& id : args.ids) {
    if (std::ranges::find(found, id, id_of) == found.end()) result.missing.push_back(id);
  }
  return result;
}

}  // namespace tasks
