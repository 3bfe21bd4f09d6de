#include <memory>

#include "schemas/calendar/tools.hpp"
#include "servers/calendar/context.hpp"
#include "servers/common/run.hpp"

int main(int argc, char** argv) {
  return common::run({.name = "calendar",
                      .title = "Calendar",
                      .description = "MCP server for the calendars of one person.",
                      .tools = calendar::tools(),
                      .make_context =
                          [](const common::Surroundings& around) {
                            return std::make_shared<calendar::Context>(around);
                          }},
                     argc, argv);
}
