#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "host/trust/levels.hpp"

namespace host {

/// What every subcommand takes, before or after its name.
struct Options {
  std::optional<std::filesystem::path> data{};
  std::optional<std::filesystem::path> config{};
  std::string now{};
  std::filesystem::path clock{};
  std::string zone{};
  bool json{};
  std::vector<std::string> command{};  ///< What stood behind "--": a server to be started.
  Autonomy autonomy{Autonomy::Ask};
};

}  // namespace host
