#pragma once

namespace host {

/// Reads the command line and runs the subcommand that it names. Returns the exit status; what
/// cannot be done flies as an exception whose text is for the user.
int run_command_line(int argc, char** argv);

}  // namespace host
