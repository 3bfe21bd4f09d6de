#include <memory>

#include "schemas/memory/tools.hpp"
#include "servers/common/run.hpp"
#include "servers/memory/context.hpp"

int main(int argc, char** argv) {
  return common::run({.name = "memory",
                      .title = "Memory",
                      .description = "MCP server for what is known of one person and their days.",
                      .tools = memory::tools(),
                      .make_context =
                          [](const common::Surroundings& around) {
                            return std::make_shared<memory::Context>(around);
                          }},
                     argc, argv);
}
