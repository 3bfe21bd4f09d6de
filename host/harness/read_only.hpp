#pragma once

#include <vector>

#include "host/harness/prober.hpp"
#include "host/harness/tool_trial.hpp"

namespace harness {

/// Calls each tool that says it is read-only, and looks through the others that say so whether
/// anything changed. What changes by itself (clocks, counters) is told apart by asking again
/// without the call in between.
void check_read_only(const std::vector<ToolTrial*>& trials, Prober& prober);

}  // namespace harness
