#pragma once

#include "host/harness/prober.hpp"
#include "host/harness/tool_trial.hpp"

namespace harness {

/// Makes the same call over and over, and looks whether the server's memory grows with every round.
/// What settles (caches, a collector's heap) is no finding.
void check_growth(const ToolTrial& trial, Prober& prober);

}  // namespace harness
