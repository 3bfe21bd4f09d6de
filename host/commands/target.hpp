#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "host/commands/options.hpp"
#include "host/commands/session.hpp"
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

/// The options of a session that keeps nothing in the user's folder, with the user's configuration.
Options apart(const Options& options, const std::filesystem::path& data);

/// How the server `name` is started for a test that brings its own data: one of our own gets
/// nothing of the configuration, and its `--data` is the caller's to replace. Throws as find_target
/// does.
ServerSpec find_bare_spec(const Session& session, const std::string& name);

/// A server that is given as a program and its arguments.
ServerSpec spec_of_command(const std::vector<std::string>& command);

}  // namespace host
