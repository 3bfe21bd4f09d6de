#pragma once

namespace files {

/// Called after each step of a change that a crash could come after. Does nothing; a test links a
/// definition of its own, which kills the process at one of them.
void between_steps();

}  // namespace files
