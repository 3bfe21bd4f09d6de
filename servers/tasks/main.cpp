#include <memory>

#include "schemas/tasks/tools.hpp"
#include "servers/common/run.hpp"
#include "servers/tasks/context.hpp"

int main(int argc, char** argv) {
  return common::run({.name = "tasks",
                      .title = "Tasks",
                      .description = "MCP server for the tasks of one person.",
                      .tools = tasks::tools(),
                      .make_context =
                          [](const common::Surroundings& around) {
                            return std::make_shared<tasks::Context>(around);
                          }},
                     argc, argv);
}
