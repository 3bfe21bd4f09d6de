#pragma once

#include <memory>
#include <string>

#include "host/commands/options.hpp"
#include "host/harness/prober.hpp"
#include "host/harness/throwaway.hpp"
#include "host/tools/toolbox.hpp"

namespace host {

/// A server that a developer wants tested: how it is started, and how a call of it is written down.
/// One of our own runs on a throw-away folder, whatever the configuration gives it.
struct Target {
  ServerSpec spec{};
  harness::Paste paste{};
  std::unique_ptr<harness::Throwaway> folder{};  ///< Lives as long as the server may run.
};

/// `server` is a name of the configuration; with a command behind "--" it is not looked at. Throws,
/// with what to do, where there is no such server or it cannot be started from here.
Target find_target(const Options& options, const std::string& server);

}  // namespace host
