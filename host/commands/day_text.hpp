#pragma once

#include <string>

#include "host/agent/agent.hpp"
#include "host/commands/json_output.hpp"
#include "host/commands/terminal.hpp"

namespace host {

/// What happened in one cycle, a line each; empty if nothing did.
std::string cycle_text(const Cycle& cycle, const Terminal& terminal);

std::string left_out_text(const LeftOut& left_out, const Terminal& terminal);

OutputJson cycle_json(const Cycle& cycle);

}  // namespace host
