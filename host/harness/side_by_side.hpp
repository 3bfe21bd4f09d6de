#pragma once

#include "host/harness/prober.hpp"
#include "host/harness/tool_trial.hpp"

namespace harness {

/// Sends several calls of a read-only tool at once, and looks whether each gets the answer that it
/// gets alone.
void check_side_by_side(const ToolTrial& trial, Prober& prober);

}  // namespace harness
