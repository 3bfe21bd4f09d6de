#include <memory>

#include "schemas/files/tools.hpp"
#include "servers/common/run.hpp"
#include "servers/files/context.hpp"

int main(int argc, char** argv) {
  return common::run({.name = "files",
                      .title = "Files",
                      .description = "MCP server for the files in the folders that are named.",
                      .tools = files::tools(),
                      .folders = true,
                      .make_context =
                          [](const common::Surroundings& around) {
                            return std::make_shared<files::Context>(around);
                          }},
                     argc, argv);
}
