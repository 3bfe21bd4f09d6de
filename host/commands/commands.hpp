#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "host/commands/options.hpp"

namespace host {

/// The statuses that `adjutant` exits with.
constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kCouldNotRun = 2;  ///< Of what tests a server: it says nothing about the server.
constexpr int kWaits = 3;        ///< A card was queued: the call waits for the user.

/// The subcommand that the command line chose; returns the exit status.
using Run = std::function<int(const Options& options)>;

/// Each adds its subcommand (or several) to `app`; parsing sets `run`.
void add_day(CLI::App& app, Run& run);
void add_brief(CLI::App& app, Run& run);
void add_cards(CLI::App& app, Run& run);
void add_undo(CLI::App& app, Run& run);
void add_audit(CLI::App& app, Run& run);
void add_tools(CLI::App& app, Run& run);
void add_call(CLI::App& app, Run& run);
void add_when(CLI::App& app, Run& run);
void add_test(CLI::App& app, Run& run);
void add_record(CLI::App& app, Run& run);
void add_bench(CLI::App& app, Run& run);
void add_doctor(CLI::App& app, Run& run);
void add_add(CLI::App& app, Run& run);
void add_ready(CLI::App& app, Run& run);
void add_transfer(CLI::App& app, Run& run);

/// A subcommand that takes the common options, too.
CLI::App* add_subcommand(CLI::App& app, const char* name, const char* description);

}  // namespace host
