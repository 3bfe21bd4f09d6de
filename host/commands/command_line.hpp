#pragma once

#include <functional>

namespace host {

/// Reads the command line and runs the subcommand that it names. Returns the exit status; what
/// cannot be done flies as an exception whose text is for the user.
int run_command_line(int argc, char** argv);

/// What `work` returns; what cannot be done is said as main says it, and becomes `status`.
int guarded(int status, const std::function<int()>& work);

}  // namespace host
