#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "host/agent/agent.hpp"
#include "host/commands/clock_file.hpp"
#include "host/commands/options.hpp"
#include "host/config/config.hpp"
#include "host/tools/gate.hpp"
#include "host/tools/toolbox.hpp"
#include "host/trust/audit.hpp"
#include "host/trust/cards.hpp"
#include "host/trust/changes.hpp"
#include "host/trust/deeds.hpp"
#include "host/trust/lessons.hpp"
#include "host/trust/store.hpp"
#include "servers/common/times.hpp"

namespace host {

/// What every command works on: the folders, the configuration, the clock and the host's own state.
/// No server runs yet.
class Session {
 public:
  explicit Session(const Options& options);

  const Options options;
  const std::filesystem::path data;  ///< The suite's folder.
  const std::filesystem::path config_path;
  Config config;
  ClockFile clock_file;
  const std::unique_ptr<common::Clock> clock;
  const common::Times times;
  AuditLog audit;
  Store store;
  Cards cards{store};
  Deeds deeds{store};
  Lessons lessons{store};
  Changes changes{store};
  Levels levels;
};

/// The servers of a session, as its configuration has them when this is made, and the road to them.
class Connection {
 public:
  explicit Connection(Session& session);

  /// Every server, or the named ones, side by side.
  void start_all();
  void start(const std::vector<std::string>& names);

  Toolbox toolbox;
  Gate gate;
  Learner learner;
};

/// `--zone`, else the configuration's, else the machine's. Throws where there is no such zone.
common::Zone find_zone(const Options& options, const Config& config);

/// The name that a server has which was given as a command behind "--": the command as a shell
/// would take it, so that a card names exactly what it is about.
std::string given_server(const Options& options);

/// The server that a command line means: the one given behind "--", else the one named `name`.
/// Throws, with what to do, where there is none and where `name` is a URL.
std::string find_server(const Options& options, const Toolbox& toolbox, const std::string& name);

/// How the servers of this configuration are started: our own from the program's folder, then those
/// of others.
std::vector<ServerSpec> server_specs(const Session& session);

}  // namespace host
