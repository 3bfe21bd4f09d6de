#pragma once

#include <string>

#include "host/commands/session.hpp"

namespace host {

/// What a command line names for the day.
struct DaySources {
  std::string mail{};
  std::string calendar{};
  std::string files{};
};

/// Writes them into the configuration, so that later commands know them, and into the session.
/// Returns what was written, in words; empty if all of it stood there already. Throws where one of
/// them does not exist.
std::string remember_sources(Session& session, const DaySources& sources);

/// Imports the configured .ics file, as the user's word. Returns what came of it, in words.
std::string import_calendar(Session& session, Connection& connection);

}  // namespace host
