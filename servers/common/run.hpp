#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "protocol/mcp/tool.hpp"
#include "servers/common/options.hpp"
#include "servers/common/roots.hpp"
#include "servers/common/settings.hpp"
#include "servers/common/times.hpp"

namespace common {

/// What a server finds around it: made once, immutable, shared by its workers' contexts, which it
/// outlives.
struct Surroundings {
  const Options& options;
  const std::filesystem::path& folder;  ///< `<data>/<server>`, not made yet.
  const Times& times;
  const Roots& roots;
  const Settings& settings;
};

struct ServerSpec {
  std::string_view name{};         ///< "tasks": the data folder, the program is adjutant-<name>.
  std::string_view title{};        ///< "Tasks"
  std::string_view description{};  ///< A sentence for --help.
  std::span<const mcp::Tool> tools{};
  bool mail{};     ///< Takes --mail.
  bool folders{};  ///< Takes folders as positional arguments.
  /// Makes what the handlers get as their Context&, for one worker.
  std::function<std::shared_ptr<void>(const Surroundings&)> make_context{};
};

/// The whole main() of a server: reads the command line, logs to stderr, offers the tools that the
/// options leave, and serves stdin and stdout until the client leaves. Returns the exit status.
///
///     int main(int argc, char** argv) {
///       return common::run({.name = "tasks", .title = "Tasks", .description = "...",
///                           .tools = tasks::tools(),
///                           .make_context = [](const common::Surroundings& around) {
///                             return std::make_shared<tasks::Context>(around);
///                           }}, argc, argv);
///     }
int run(const ServerSpec& spec, int argc, char** argv);

}  // namespace common
