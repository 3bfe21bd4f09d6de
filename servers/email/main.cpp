#include <memory>

#include "schemas/email/tools.hpp"
#include "servers/common/run.hpp"
#include "servers/email/context.hpp"

int main(int argc, char** argv) {
  return common::run({.name = "email",
                      .title = "E-mail",
                      .description = "MCP server for one person's mail in a Maildir.",
                      .tools = email::tools(),
                      .mail = true,
                      .make_context =
                          [](const common::Surroundings& around) {
                            return std::make_shared<email::Context>(around);
                          }},
                     argc, argv);
}
